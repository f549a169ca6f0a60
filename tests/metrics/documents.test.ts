import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { metrics } from '../../src/metrics/metrics.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const operations = readFileSync(join(docs, 'operations.md'), 'utf8');

const dashboard = z
  .object({
    templating: z.object({
      list: z.array(z.object({ name: z.string(), type: z.string(), query: z.unknown() })),
    }),
    panels: z.array(
      z.object({
        id: z.number(),
        type: z.string(),
        title: z.string(),
        datasource: z.object({ uid: z.string() }).optional(),
        targets: z
          .array(z.object({ expr: z.string(), datasource: z.object({ type: z.string(), uid: z.string() }) }))
          .default([]),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(docs, 'grafana.json'), 'utf8')));

const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

/** The labels of every series by its name, and the figures they belong to, as a process shows them. */
const series = new Map<string, Set<string>>();
const figures: string[] = [];

beforeAll(async () => {
  const backlog = { turns: { waiting: 0, oldest: 0 }, sends: { waiting: 0, oldest: 0 } };
  const shown = metrics({ channels: ['web'], backlog: async () => backlog, links: () => ({ web: 'up' }) });
  const from = { channel: 'web', chat: 'chat', sender: 'chat' };
  const conversation = z.custom<never>().parse('conversation');
  shown.watch({
    kind: 'committed',
    inbound: { id: '1', conversation, from, content: { kind: 'text', text: '' }, private: true },
    outcome: { state: 'idle', intent: 'menu', language: 'id' },
    waited: 1,
  });
  const text = await shown.text();
  for (const [, name = ''] of text.matchAll(/^# HELP (\w+)/gm)) {
    if (name.startsWith('jamsostek_')) figures.push(name);
    series.set(name, new Set());
  }
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = series.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    series.set(name, known);
  }
  series.set('nodejs_gc_duration_seconds_sum', new Set(['kind']));
});

/** Prometheus itself gives every series these two. */
const everywhere = ['job', 'instance'];

/** Holds the names of series and their labels in an expression against what a process shows. */
function check(expression: string): void {
  const named = [...expression.matchAll(/\b((?:jamsostek|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  expect(named, expression).not.toEqual([]);
  for (const [, name = '', matchers = ''] of named) {
    expect([...series.keys()], expression).toContain(name);
    for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=~|!=|=)"/g)) {
      expect([...(series.get(name) ?? []), ...everywhere], expression).toContain(label);
    }
  }
  for (const label of /(?:sum|max) by \(([^)]*)\)/.exec(expression)?.[1]?.split(',') ?? []) {
    const known = named.flatMap(([, name = '']) => Array.from(series.get(name) ?? []));
    expect([...known, ...everywhere], expression).toContain(label.trim());
  }
}

describe('the dashboard', () => {
  it('asks for nothing but figures and labels that there are', () => {
    expect(expressions.length).toBeGreaterThan(20);
    for (const expression of expressions) check(expression);
  });

  it('shows every figure of ours', () => {
    expect(figures.length).toBeGreaterThan(10);
    for (const figure of figures) expect(expressions.join('\n')).toMatch(new RegExp(`${figure}(_bucket)?\\{`));
  });

  it('takes its data source from a variable, and gives every panel an id of its own', () => {
    expect(dashboard.templating.list).toContainEqual({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    for (const { targets, datasource, type } of dashboard.panels) {
      if (type !== 'row') expect(datasource?.uid).toBe('${datasource}');
      for (const target of targets) expect(target.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('has a row for the members, one for delivery, one for codes and one for the process', () => {
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual(['Members', 'Delivery', 'Codes', 'Process']);
  });
});

describe('docs/operations.md', () => {
  it('lists every figure of ours with its labels', () => {
    const listed = [...operations.matchAll(/^\| `(jamsostek_\w+)` \|([^|]*)\|/gm)].map(
      ([, name = '', by = '']) => `${name} ${by.replaceAll('`', '').trim()}`,
    );
    const known = figures.map((name) => {
      const labels = series.get(`${name}_count`) ?? series.get(name) ?? new Set();
      return `${name} ${Array.from(labels).join(', ')}`;
    });
    expect(new Set(listed)).toEqual(new Set(known));
  });

  it('sets alarms on figures and labels that there are', () => {
    const [, section = ''] = operations.split('### Alarms\n');
    const alarms = (section.split('\n## ')[0] ?? '')
      .split('`')
      .filter((text, place) => place % 2 === 1 && /jamsostek_|nodejs_/.test(text));
    expect(alarms.length).toBeGreaterThan(15);
    for (const alarm of alarms) check(alarm.replaceAll('\\|', '|'));
  });
});
