import { beforeEach, describe, expect, it } from 'vitest';
import { branded } from '../src/core/brand.ts';
import type { ConversationId, Inbound } from '../src/core/inbound.ts';
import { turnId } from '../src/core/services.ts';
import type { Backlog, EngineEvent } from '../src/engine/engine.ts';
import { type Flow, flow, sweepPatience, workPatience } from '../src/flow.ts';

const conversation = branded<ConversationId>('conversation-1');
const from = { channel: 'web', chat: 'chat', sender: 'chat' };
const inbound: Inbound = { id: '1', conversation, from, content: { kind: 'text', text: 'halo' }, private: true };
const reply = { language: 'id', text: 'Halo', choices: [], personal: false } as const;
const sent = { effect: { kind: 'reply', to: from, reply }, conversation, turn: turnId(conversation, '1') } as const;
const error = new Error('x');

const endings: readonly EngineEvent<null>[] = [
  { kind: 'committed', inbound, outcome: null, waited: 1 },
  { kind: 'turn failed', inbound, error, failures: 1 },
  { kind: 'quarantined', inbound, error },
  { kind: 'sent', ...sent, waited: 1 },
  { kind: 'not sent', ...sent, result: { sent: false, problem: 'unreachable' }, again: true },
  { kind: 'dropped', ...sent, why: 'too old' },
];
const others: readonly EngineEvent<null>[] = [
  { kind: 'accepted', inbound },
  { kind: 'duplicate', inbound },
  { kind: 'full', inbound },
  { kind: 'reclaimed', lane: 'turn', conversation },
  { kind: 'fenced', lane: 'send', conversation },
  { kind: 'store failed', error },
];

const nothing = { waiting: 0, oldest: 0 };
const idle: Backlog = { turns: nothing, sends: nothing };
const turnsFor = (oldest: number): Backlog => ({ ...idle, turns: { waiting: 1, oldest } });
const sendsFor = (oldest: number): Backlog => ({ ...idle, sends: { waiting: 1, oldest } });

describe('work flows', () => {
  let now: number;
  let watched: Flow;
  beforeEach(() => {
    now = 1_000_000;
    watched = flow({ now: () => now });
  });

  /** Sweeps go on all the time. */
  function after(ms: number): void {
    now += ms;
    watched.swept();
  }

  it('not before the store has been looked through once', () => {
    expect(watched.flows(idle)).toBe(false);
    watched.swept();
    expect(watched.flows(idle)).toBe(true);
  });

  it('until the store has not been looked through for five seconds, and again after the next time', () => {
    watched.swept();
    now += sweepPatience;
    expect(watched.flows(idle)).toBe(true);
    now += 1;
    expect(watched.flows(idle)).toBe(false);
    watched.swept();
    expect(watched.flows(idle)).toBe(true);
  });

  it.each([
    ['turns', turnsFor],
    ['sends', sendsFor],
  ])('until %s have waited for more than ten seconds while nothing got done', (_, waitingFor) => {
    after(workPatience + 1);
    expect(watched.flows(waitingFor(workPatience))).toBe(true);
    expect(watched.flows(waitingFor(workPatience + 1))).toBe(false);
  });

  it('however long nothing is done, as long as nothing waits', () => {
    after(24 * 3_600_000);
    expect(watched.flows(idle)).toBe(true);
  });

  it('in the first ten seconds, whatever was left by those before', () => {
    after(workPatience);
    expect(watched.flows(turnsFor(3_600_000))).toBe(true);
    after(1);
    expect(watched.flows(turnsFor(3_600_000))).toBe(false);
  });

  it.each(endings)('with a long queue, for ten seconds after $kind', (event) => {
    after(workPatience * 3);
    watched.watch(event);
    after(workPatience);
    expect(watched.flows(turnsFor(3_600_000))).toBe(true);
    after(1);
    expect(watched.flows(turnsFor(3_600_000))).toBe(false);
  });

  it.each(others)('no better for $kind', (event) => {
    after(workPatience * 3);
    watched.watch(event);
    expect(watched.flows(turnsFor(3_600_000))).toBe(false);
  });
});
