import { describe, expect, it } from 'vitest';
import { branded } from '../../src/core/brand.ts';
import type { Outcome } from '../../src/core/conversation/converse.ts';
import type { ConversationId, Inbound } from '../../src/core/inbound.ts';
import { phoneSchema } from '../../src/core/jamsostek/phone.ts';
import { turnId } from '../../src/core/services.ts';
import type { Backlog, EngineEvent } from '../../src/engine/engine.ts';
import { mostValues } from '../../src/metrics/labelled.ts';
import { type Metrics, type MetricsOptions, metrics } from '../../src/metrics/metrics.ts';

const conversation = branded<ConversationId>('abcdefghijklmnopqrstuv');
const outcome: Outcome = { state: 'code', intent: 'nik', language: 'id' };
const error = new Error('x');
const turn = turnId(conversation, '1');

function inboundOn(channel: string): Inbound {
  const from = { channel, chat: 'chat', sender: 'chat' };
  return { id: '1', conversation, from, content: { kind: 'text', text: 'halo' }, private: true };
}

const inbound = inboundOn('web');
const reply = { language: 'id', text: 'Halo', choices: [], personal: false } as const;
const answer = { effect: { kind: 'reply', to: inbound.from, reply }, conversation, turn } as const;
const phone = phoneSchema.parse('+6281234567890');
const code = { effect: { kind: 'sms', to: phone, text: 'Kode', conversation }, conversation, turn } as const;

function metricsOf(options: Partial<MetricsOptions> = {}): Metrics {
  return metrics({ channels: ['web'], backlog: async () => null, links: () => ({}), ...options });
}

/** The figures of ours that are not those of a histogram's buckets, as they are shown. */
async function shownBy(figures: Metrics): Promise<string[]> {
  const lines = (await figures.text()).split('\n');
  return lines.filter((line) => line.startsWith('jamsostek_') && !line.includes('_bucket{'));
}

/** What an event changes: the lines that were not there before. */
async function changedBy(...events: readonly EngineEvent<Outcome>[]): Promise<string[]> {
  const figures = metricsOf();
  const before = new Set(await shownBy(figures));
  for (const event of events) figures.watch(event);
  return (await shownBy(figures)).filter((line) => !before.has(line));
}

describe('an event leads to its figure', () => {
  it.each(['accepted', 'duplicate', 'full'] as const)('%s', async (kind) => {
    expect(await changedBy({ kind, inbound }, { kind, inbound })).toEqual([
      `jamsostek_inbounds_total{channel="web",result="${kind}"} 2`,
    ]);
  });

  it('committed', async () => {
    expect(await changedBy({ kind: 'committed', inbound, outcome, waited: 250 })).toEqual([
      'jamsostek_turns_total{channel="web",state="code"} 1',
      'jamsostek_intents_total{intent="nik"} 1',
      'jamsostek_commit_latency_seconds_sum{channel="web"} 0.25',
      'jamsostek_commit_latency_seconds_count{channel="web"} 1',
    ]);
  });

  it.each(['sent', 'unsendable', 'right', 'wrong'] as const)('a code that is %s', async (code) => {
    expect(await changedBy({ kind: 'committed', inbound, outcome: { ...outcome, code }, waited: 1 })).toContain(
      `jamsostek_codes_total{event="${code}"} 1`,
    );
  });

  it.each(['wrong', 'sent', 'unused', 'operator'] as const)('a code held back: %s', async (held) => {
    expect(await changedBy({ kind: 'committed', inbound, outcome: { ...outcome, held }, waited: 1 })).toContain(
      `jamsostek_codes_held_total{why="${held}"} 1`,
    );
  });

  it('a turn that failed, and one that was quarantined', async () => {
    expect(await changedBy({ kind: 'turn failed', inbound, error, failures: 1 })).toEqual([
      'jamsostek_turns_failed_total{channel="web"} 1',
    ]);
    expect(await changedBy({ kind: 'quarantined', inbound, error })).toEqual([
      'jamsostek_turns_quarantined_total{channel="web"} 1',
    ]);
  });

  it('sent, replies under their channel and codes under a channel of their own', async () => {
    expect(await changedBy({ kind: 'sent', ...answer, waited: 1_500 })).toEqual([
      'jamsostek_answer_latency_seconds_sum{channel="web"} 1.5',
      'jamsostek_answer_latency_seconds_count{channel="web"} 1',
      'jamsostek_sends_total{channel="web",result="sent"} 1',
    ]);
    expect(await changedBy({ kind: 'sent', ...code, waited: 2_000 })).toEqual([
      'jamsostek_answer_latency_seconds_sum{channel="code"} 2',
      'jamsostek_answer_latency_seconds_count{channel="code"} 1',
      'jamsostek_sends_total{channel="code",result="sent"} 1',
    ]);
  });

  it('a wait that two clocks make negative counts as none', async () => {
    expect(await changedBy({ kind: 'sent', ...answer, waited: -40 })).not.toContainEqual(expect.stringContaining('-'));
  });

  it('not sent, and given up only with the last try', async () => {
    const failed = { kind: 'not sent', ...answer, result: { sent: false, problem: 'throttled' } } as const;
    expect(await changedBy({ ...failed, again: true })).toEqual([
      'jamsostek_sends_total{channel="web",result="throttled"} 1',
    ]);
    expect(await changedBy({ ...failed, again: false })).toEqual([
      'jamsostek_sends_total{channel="web",result="throttled"} 1',
      'jamsostek_unsent_total{channel="web",why="given up"} 1',
    ]);
  });

  it.each(['too old', 'stopped'] as const)('dropped because it was %s', async (why) => {
    expect(await changedBy({ kind: 'dropped', ...code, why })).toEqual([
      `jamsostek_unsent_total{channel="code",why="${why}"} 1`,
    ]);
  });

  it.each(['reclaimed', 'fenced'] as const)('%s', async (kind) => {
    expect(await changedBy({ kind, lane: 'send', conversation })).toEqual([`jamsostek_${kind}_total{lane="send"} 1`]);
  });

  it('a store that failed', async () => {
    expect(await changedBy({ kind: 'store failed', error })).toEqual(['jamsostek_store_failures_total 1']);
  });
});

describe('what is asked at each scrape', () => {
  const backlog: Backlog = { turns: { waiting: 3, oldest: 1_200 }, sends: { waiting: 0, oldest: 0 } };

  it('is what waits for a worker', async () => {
    expect(await shownBy(metricsOf({ backlog: async () => backlog }))).toEqual(
      expect.arrayContaining([
        'jamsostek_waiting_lanes{lane="turn"} 3',
        'jamsostek_waiting_lanes{lane="send"} 0',
        'jamsostek_longest_wait_seconds{lane="turn"} 1.2',
        'jamsostek_longest_wait_seconds{lane="send"} 0',
      ]),
    );
  });

  it('is not shown when it is not known: neither the last figure nor a zero', async () => {
    let known = true;
    const figures = metricsOf({
      backlog: async () => {
        if (!known) throw new Error('the store is away');
        return backlog;
      },
    });
    const asked = async () => (await shownBy(figures)).filter((line) => /waiting|wait_/.test(line));
    expect(await asked()).toHaveLength(4);
    known = false;
    expect(await asked()).toEqual([]);
  });
});

it('every figure has a help text that says more than its name', async () => {
  const text = await metricsOf().text();
  const helps = [...text.matchAll(/^# HELP (jamsostek_\w+) (.*)$/gm)].map(([, name, help]) => [name, help ?? '']);
  expect(helps.length).toBeGreaterThan(15);
  for (const [name, help] of helps) expect(help, name).toMatch(/^[A-Z].{40,}\.$/);
});

it('the figures of known channels are there, as 0, before anything has come', async () => {
  const shown = await shownBy(metricsOf({ channels: ['web', 'telegram'] }));
  for (const channel of ['web', 'telegram', 'code']) {
    expect(shown).toContain(`jamsostek_unsent_total{channel="${channel}",why="given up"} 0`);
    expect(shown).toContain(`jamsostek_sends_total{channel="${channel}",result="unauthorised"} 0`);
  }
  expect(shown).toContain('jamsostek_turns_quarantined_total{channel="telegram"} 0');
  expect(shown).toContain('jamsostek_fenced_total{lane="turn"} 0');
});

it('labels are bounded: what comes after the first values of a label counts as other', async () => {
  const figures = metricsOf();
  for (let number = 0; number < 1_000; number += 1) {
    const strange = inboundOn(`channel-${number}`);
    figures.watch({ kind: 'accepted', inbound: strange });
    figures.watch({ kind: 'committed', inbound: strange, outcome: { ...outcome, intent: `i-${number}` }, waited: 1 });
    figures.watch({
      kind: 'sent',
      ...answer,
      effect: { ...answer.effect, to: strange.from },
      waited: 1,
    });
  }
  const shown = await shownBy(figures);
  const valuesOf = (name: string) => shown.filter((line) => line.startsWith(name));
  expect(valuesOf('jamsostek_intents_total')).toHaveLength(mostValues + 1);
  expect(valuesOf('jamsostek_answer_latency_seconds_count')).toHaveLength(mostValues + 1);
  expect(shown).toContain(`jamsostek_intents_total{intent="other"} ${1_000 - mostValues}`);
});

it('shows how channels stand with their platforms, and counts what they set aside', async () => {
  const shown = metricsOf({ links: () => ({ telegram: 'up' }) });
  shown.report({ kind: 'set aside', channel: 'telegram', why: 'unreadable' });
  shown.report({ kind: 'link', channel: 'telegram', state: 'up' });
  const text = await shown.text();
  expect(text).toContain('jamsostek_channel_link{channel="telegram",state="up"} 1');
  expect(text).toContain('jamsostek_channel_link{channel="telegram",state="stopped"} 0');
  expect(text).toContain('jamsostek_set_aside_total{channel="telegram"} 1');
});
