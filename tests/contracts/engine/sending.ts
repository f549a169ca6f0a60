import { describe, expect, it } from 'vitest';
import { codeLifetime } from '../../../src/core/conversation/limits.ts';
import type { SendProblem, SendResult } from '../../../src/core/sending.ts';
import { hour, minute, second } from '../../../src/core/time.ts';
import type { Script } from './ledger.ts';
import { answer, said, sms } from './ledger.ts';
import type { OpenEngine } from './world.ts';
import { world } from './world.ts';

const failed = (problem: SendProblem, retryAfter?: number): SendResult => ({
  sent: false,
  problem,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** A turn that answers with a code by SMS before its reply. */
const codeTurn: NonNullable<Script['turn']> = (session, inbound) => {
  const turn = answer(session, inbound);
  return { ...turn, effects: [sms(inbound, `code ${inbound.id}`), ...turn.effects] };
};

/** A send that fails in this way for texts that begin so, and succeeds for all others. */
const failing =
  (start: string, result: () => SendResult): NonNullable<Script['send']> =>
  (text) =>
    text.startsWith(start) ? result() : { sent: true };

const thrown = (): SendResult => {
  throw new Error('fault');
};

export function sendingContract(name: string, open: OpenEngine): void {
  describe(`${name}: sending replies`, () => {
    it('sends the effects of a turn in their order, each under a key of its own that stays the same', async () => {
      const { engine, ledger, settled } = await world(open, {
        turn: (session, inbound) => answer(session, inbound, `${inbound.id} first`, `${inbound.id} second`),
        send: (text, nth) => (text === '1 first' && nth === 1 ? failed('unreachable') : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await settled();
      expect(ledger.tries).toEqual(['1 first', '1 first', '1 second', '2 first', '2 second']);
      expect(ledger.keys).toEqual(['a/1/0', 'a/1/0', 'a/1/1', 'a/2/0', 'a/2/1']);
    });

    it.each(['unreachable', 'uncertain', 'throttled'] as const)(
      'tries an %s reply again, and what follows it only after it was sent',
      async (problem) => {
        const { engine, ledger, settled } = await world(open, {
          send: (text, nth) => (text === '1' && nth < 3 ? failed(problem) : { sent: true }),
        });
        for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
        await settled();
        expect(ledger.tries).toEqual(['1', '1', '1', '2', '3']);
        expect(ledger.of('not sent').map(({ again }) => again)).toEqual([true, true]);
      },
    );

    it('takes a send that throws for an uncertain one, and tries the reply again', async () => {
      const { engine, ledger, settled } = await world(open, {
        send: (_, nth) => (nth === 1 ? thrown() : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await settled();
      expect(ledger.tries).toEqual(['1', '1']);
      expect(ledger.of('not sent').map(({ result }) => result.problem)).toEqual(['uncertain']);
    });

    it('waits as long as the platform says when it is throttled', async () => {
      const { engine, ledger, advance } = await world(open, {
        send: (_, nth) => (nth === 1 ? failed('throttled', 40 * second) : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await ledger.until(() => ledger.of('not sent').length === 1);
      await advance(30 * second);
      await engine.idle();
      expect(ledger.tries).toEqual(['1']);
      await advance(15 * second);
      await ledger.until(() => ledger.sent().length === 1);
      expect(ledger.tries).toEqual(['1', '1']);
    });

    it.each(['blocked', 'refused', 'unauthorised'] as const)(
      'gives a reply that is %s up at once, and sends what follows',
      async (problem) => {
        const { engine, ledger, settled } = await world(open, { send: failing('1', () => failed(problem)) });
        await engine.accept(said('a', '1'));
        await engine.accept(said('a', '2'));
        await settled();
        expect(ledger.tries).toEqual(['1', '2']);
        expect(ledger.of('not sent').map(({ again }) => again)).toEqual([false]);
      },
    );

    it('gives a reply up that stays out of reach, sends what follows, and keeps the session', async () => {
      const { engine, ledger, settled, advance } = await world(open, {
        send: failing('1', () => failed('unreachable')),
      });
      await engine.accept(said('a', '1'));
      await ledger.until(() => ledger.of('not sent').length === 1);
      await advance(10 * minute);
      await engine.accept(said('a', '2'));
      await settled();
      expect(ledger.of('not sent').at(-1)?.again).toBe(false);
      expect(ledger.sent()).toEqual(['2']);
      expect(ledger.turns.at(-1)?.session).toBe('1;');
    });

    it('sends a reply whose fate stays uncertain a few times at most', async () => {
      const { engine, ledger, settled } = await world(open, { send: failing('1', () => failed('uncertain')) });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await settled();
      expect(ledger.tries).toEqual(['1', '1', '1', '2']);
    });

    it('holds up no other conversation when the replies of one do not get out', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger, settled } = await world(open, {
        send: (text) => (text === '1' ? gate.promise : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('b', '2'));
      await ledger.until(() => ledger.sent().includes('2'));
      gate.resolve({ sent: true });
      await settled();
      expect(ledger.sent()).toEqual(['2', '1']);
    });
  });

  describe(`${name}: sending codes`, () => {
    it.each([
      ['is uncertain', (): SendResult => failed('uncertain')],
      ['throws', thrown],
    ])('never sends a code twice when its sending %s', async (_, result) => {
      const { engine, ledger, settled, advance } = await world(open, {
        turn: codeTurn,
        send: failing('code 1', result),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await settled();
      await advance(hour);
      await engine.idle();
      expect(ledger.tries.filter((text) => text.startsWith('code'))).toEqual(['code 1', 'code 2']);
      expect(ledger.of('not sent').map(({ again }) => again)).toEqual([false]);
    });

    it('never sends a code again that was sent', async () => {
      const { engine, ledger, settled, advance } = await world(open, { turn: codeTurn });
      await engine.accept(said('a', '1'));
      await settled();
      await engine.accept(said('a', '1'));
      await advance(hour);
      await engine.idle();
      expect(ledger.tries.toSorted()).toEqual(['1', 'code 1']);
    });

    it.each(['unreachable', 'throttled'] as const)(
      'tries a code again that was surely not delivered (%s), but never after it has expired',
      async (problem) => {
        const { engine, ledger, advance } = await world(open, {
          turn: codeTurn,
          send: failing('code', () => failed(problem)),
        });
        await engine.accept(said('a', '1'));
        await ledger.until(() => ledger.of('not sent').length === 1);
        await advance(codeLifetime);
        await engine.idle();
        const tries = ledger.tries.length;
        expect(tries).toBeGreaterThan(3);
        expect(ledger.of('not sent').at(-1)?.again).toBe(false);
        await advance(hour);
        await engine.idle();
        expect(ledger.tries).toHaveLength(tries);
      },
    );

    it('never sends a code whose time ran out while it waited for the one before', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger, settled, advance } = await world(open, {
        turn: codeTurn,
        send: (text) => (text === 'code 1' ? gate.promise : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await ledger.until(() => ledger.sent().length === 2);
      await advance(codeLifetime);
      gate.resolve({ sent: true });
      await settled();
      expect(ledger.sent()).toEqual(['1', '2', 'code 1']);
      expect(ledger.of('dropped').map(({ why }) => why)).toEqual(['too old']);
    });

    it('lets no slow SMS gateway delay a reply', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger, settled } = await world(open, {
        turn: codeTurn,
        send: (text) => (text.startsWith('code') ? gate.promise : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await ledger.until(() => ledger.sent().length === 2);
      expect(ledger.sent()).toEqual(['1', '2']);
      gate.resolve({ sent: true });
      await settled();
      expect(ledger.sent()).toEqual(['1', '2', 'code 1', 'code 2']);
    });

    it('lets no slow platform delay a code', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger, settled } = await world(open, {
        turn: codeTurn,
        send: (text) => (text.startsWith('code') ? { sent: true } : gate.promise),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await ledger.until(() => ledger.sent().length === 2);
      expect(ledger.sent()).toEqual(['code 1', 'code 2']);
      gate.resolve({ sent: true });
      await settled();
      expect(ledger.sent()).toEqual(['code 1', 'code 2', '1', '2']);
    });
  });
}
