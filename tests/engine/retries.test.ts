import { describe, expect, it } from 'vitest';
import { codeLifetime } from '../../src/core/conversation/limits.ts';
import type { Effect } from '../../src/core/reply.ts';
import type { SendProblem } from '../../src/core/sending.ts';
import { hour, minute, second } from '../../src/core/time.ts';
import { maxTurnFailures } from '../../src/engine/engine.ts';
import type { Sending } from '../../src/engine/retries.ts';
import { isTooOld, pauseBeforeSend, pauseBeforeTurn } from '../../src/engine/retries.ts';
import { reply, said, sms } from '../contracts/engine/ledger.ts';

const start = Date.UTC(2026, 9, 31);
const aReply = reply(said('a', '1'), 'text');
const aCode = sms(said('a', '1'), 'code');

const sending = (effect: Effect, tries = 1, uncertain = 0): Sending => ({ effect, since: start, tries, uncertain });

describe('the pause before a turn is tried again', () => {
  it('is none at first, then grows with each failure', () => {
    const pauses = Array.from({ length: maxTurnFailures - 1 }, (_, index) => pauseBeforeTurn(index + 1));
    expect(pauses).toEqual([0, 100, 500, 2_000]);
  });
});

describe('the pause before an effect is tried again', () => {
  it('doubles from a second up to a minute', () => {
    const pauses = Array.from({ length: 8 }, (_, index) =>
      pauseBeforeSend(sending(aReply, index + 1), { sent: false, problem: 'unreachable' }, start),
    );
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => seconds * second));
  });

  it('is the one that the platform names when it throttles', () => {
    const after = (retryAfter: number, tries = 1): number | null =>
      pauseBeforeSend(sending(aReply, tries), { sent: false, problem: 'throttled', retryAfter }, start);
    expect(after(7_300)).toBe(7_300);
    expect(after(7_300, 9)).toBe(7_300);
    expect(pauseBeforeSend(sending(aReply, 3), { sent: false, problem: 'throttled' }, start)).toBe(4 * second);
  });

  it('is a second at least, so that a platform that says "at once" is not hammered', () => {
    expect(pauseBeforeSend(sending(aReply), { sent: false, problem: 'throttled', retryAfter: 0 }, start)).toBe(second);
  });

  it('is none for every problem that no further try would solve', () => {
    const again = (problem: SendProblem): boolean =>
      pauseBeforeSend(sending(aReply), { sent: false, problem }, start) !== null;
    const kept = { throttled: again('throttled'), unreachable: again('unreachable'), uncertain: again('uncertain') };
    expect(kept).toEqual({ throttled: true, unreachable: true, uncertain: true });
    const never = { blocked: again('blocked'), refused: again('refused'), unauthorised: again('unauthorised') };
    expect(never).toEqual({ blocked: false, refused: false, unauthorised: false });
  });

  it('is none for an uncertain code, and for a reply that was uncertain three times', () => {
    const uncertain = { sent: false, problem: 'uncertain' } as const;
    expect(pauseBeforeSend(sending(aCode, 1, 1), uncertain, start)).toBeNull();
    expect(pauseBeforeSend(sending(aReply, 2, 2), uncertain, start)).toBe(2 * second);
    expect(pauseBeforeSend(sending(aReply, 3, 3), uncertain, start)).toBeNull();
  });

  it('never ends after the lifetime: five minutes for a code, an hour for a reply', () => {
    const after = (effect: Effect, retryAfter: number): number | null =>
      pauseBeforeSend(sending(effect), { sent: false, problem: 'throttled', retryAfter }, start + minute);
    expect(after(aCode, codeLifetime - minute - 1)).toBe(codeLifetime - minute - 1);
    expect(after(aCode, codeLifetime - minute)).toBeNull();
    expect(after(aReply, hour - minute - 1)).toBe(hour - minute - 1);
    expect(after(aReply, hour - minute)).toBeNull();
  });
});

describe('an effect in the outbox', () => {
  it('is too old from the very moment its lifetime ends', () => {
    expect(isTooOld(sending(aCode), start + codeLifetime - 1)).toBe(false);
    expect(isTooOld(sending(aCode), start + codeLifetime)).toBe(true);
    expect(isTooOld(sending(aReply), start + hour - 1)).toBe(false);
    expect(isTooOld(sending(aReply), start + hour)).toBe(true);
  });
});
