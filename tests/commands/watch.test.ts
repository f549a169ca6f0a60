import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelEvent } from '../../src/bots/channel.ts';
import { watchChannels, watchInto } from '../../src/commands/watch.ts';
import { branded } from '../../src/core/brand.ts';
import type { Outcome } from '../../src/core/conversation/converse.ts';
import type { ConversationId, Inbound } from '../../src/core/inbound.ts';
import { turnId } from '../../src/core/services.ts';
import { minute } from '../../src/core/time.ts';
import type { EngineEvent } from '../../src/engine/engine.ts';
import { traceOf } from '../../src/engine/trace.ts';
import { openLog } from '../../src/log.ts';
import { ManualTime } from '../engine/manual-time.ts';

const alarmLine = z.object({ what: z.string(), times: z.number() });

const conversation = branded<ConversationId>('abcdefghijklmnopqrstuv');
const from = { channel: 'web', chat: 'chat', sender: 'chat' };
const inbound: Inbound = { id: 'e1', conversation, from, content: { kind: 'text', text: 'hunter2' }, private: true };
const reply = { language: 'id', text: 'hunter3', choices: [], personal: true } as const;
const turn = turnId(conversation, 'e1');
const effect = { effect: { kind: 'reply', to: from, reply }, conversation, turn } as const;
const error = new Error('broken');

const ofOneTurn: readonly EngineEvent<Outcome>[] = [
  { kind: 'accepted', inbound },
  { kind: 'duplicate', inbound },
  { kind: 'full', inbound },
  { kind: 'committed', inbound, outcome: { state: 'idle', intent: 'menu', language: 'id' }, waited: 12 },
  { kind: 'turn failed', inbound, error, failures: 1 },
  { kind: 'quarantined', inbound, error },
  { kind: 'sent', ...effect, waited: 34 },
  { kind: 'not sent', ...effect, result: { sent: false, problem: 'unreachable' }, again: true },
  { kind: 'dropped', ...effect, why: 'too old' },
];

const line = z.looseObject({ level: z.string(), code: z.string() });

describe('what the engine reports is logged', () => {
  let now: number;
  let lines: z.infer<typeof line>[];
  let watch: (event: EngineEvent<Outcome>) => void;
  beforeEach(() => {
    now = 1_000_000;
    lines = [];
    const log = openLog('debug', { write: (text) => void lines.push(line.parse(JSON.parse(text))) });
    watch = watchInto(log, { now: () => now });
  });

  it.each(ofOneTurn)('with the same trace from inbound to send: $kind', (event) => {
    watch(event);
    expect(lines).toMatchObject([{ trace: traceOf(turn), conversation }]);
    expect(JSON.stringify(lines)).not.toContain('hunter');
  });

  it('with how long it took', () => {
    for (const event of ofOneTurn) watch(event);
    expect(lines.filter(({ code }) => code === 'turn.committed' || code === 'effect.sent')).toMatchObject([
      { waited: 12 },
      { waited: 34 },
    ]);
  });

  it('when work changes hands', () => {
    watch({ kind: 'reclaimed', lane: 'turn', conversation });
    watch({ kind: 'fenced', lane: 'send', conversation });
    expect(lines).toMatchObject([
      { level: 'info', code: 'lane.reclaimed', lane: 'turn', conversation },
      { level: 'warn', code: 'lane.fenced', lane: 'send', conversation },
    ]);
  });

  it('once a minute at most when codes are held back from everybody, with how many', () => {
    const hold = () =>
      watch({
        kind: 'committed',
        inbound,
        outcome: { state: 'idle', intent: 'nik', language: 'id', held: 'unused' },
        waited: 1,
      });
    hold();
    now += 59_999;
    hold();
    now += 1;
    hold();
    expect(lines.filter(({ code }) => code === 'codes.held')).toMatchObject([
      { level: 'error', why: 'unused', times: 1 },
      { level: 'error', why: 'unused', times: 2 },
    ]);
  });

  it('once a second at most when the store fails, with how often it has', () => {
    const fail = () => watch({ kind: 'store failed', error });
    fail();
    fail();
    now += 999;
    fail();
    now += 1;
    fail();
    fail();
    // A clock that is set back does not silence it.
    now -= 3_600_000;
    fail();
    expect(lines).toMatchObject([
      { level: 'error', code: 'store.failed', times: 1, error: { message: 'broken' } },
      { level: 'error', code: 'store.failed', times: 3 },
      { level: 'error', code: 'store.failed', times: 2 },
    ]);
  });
});

describe('what a channel reports is logged', () => {
  const link = { kind: 'link', channel: 'whatsapp' } as const;

  it.each<[ChannelEvent, string, string]>([
    [{ ...link, state: 'connecting', why: '428' }, 'info', 'channel.link'],
    [{ ...link, state: 'up' }, 'info', 'channel.link'],
    [{ ...link, state: 'up', why: '463' }, 'warn', 'channel.link'],
    [{ ...link, state: 'unlinked' }, 'warn', 'channel.link'],
    [{ ...link, state: 'elsewhere' }, 'info', 'channel.link'],
    [{ ...link, state: 'elsewhere', why: '440' }, 'warn', 'channel.link'],
    [{ ...link, state: 'stopped', why: '401' }, 'error', 'channel.link'],
    [{ kind: 'set aside', channel: 'telegram', why: 'unreadable' }, 'warn', 'channel.aside'],
    [{ kind: 'failed', channel: 'telegram', step: 'delete', error }, 'warn', 'channel.failed'],
    [{ kind: 'reported', channel: 'sms', state: 'failed' }, 'warn', 'channel.undelivered'],
    [{ kind: 'alarm', channel: 'sms', what: 'day' }, 'error', 'channel.alarm'],
  ])('%j at level %s', (event, level, code) => {
    const lines: string[] = [];
    watchChannels(openLog('debug', { write: (text) => void lines.push(text) }), new ManualTime())(event);
    expect(lines.map((text) => line.parse(JSON.parse(text)))).toMatchObject([{ level, code, channel: event.channel }]);
  });

  it('are no news while a message goes its way', () => {
    const lines: string[] = [];
    const watch = watchChannels(openLog('debug', { write: (text) => void lines.push(text) }), new ManualTime());
    for (const state of ['queued', 'sent', 'delivered'] as const) watch({ kind: 'reported', channel: 'sms', state });
    expect(lines).toEqual([]);
  });

  it('alarm once a minute for each cap, and say how often it held something back', async () => {
    const time = new ManualTime();
    const lines: string[] = [];
    const watch = watchChannels(openLog('debug', { write: (text) => void lines.push(text) }), time);
    const alarm = (what: 'range' | 'day') => watch({ kind: 'alarm', channel: 'sms', what });
    for (const what of ['day', 'range', 'day', 'day', 'range'] as const) alarm(what);
    await time.advance(minute);
    alarm('day');
    expect(lines.map((text) => alarmLine.parse(JSON.parse(text)))).toEqual([
      { what: 'day', times: 1 },
      { what: 'range', times: 1 },
      { what: 'day', times: 3 },
    ]);
  });
});
