import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../../src/core/sending.ts';
import { maxTurnFailures } from '../../../src/engine/engine.ts';
import { answer, said } from './ledger.ts';
import type { OpenEngine } from './world.ts';
import { world } from './world.ts';

export function turnsContract(name: string, open: OpenEngine): void {
  describe(`${name}: turns`, () => {
    it('runs one turn of a conversation at a time, in the order of arrival', async () => {
      let running = 0;
      let most = 0;
      const { engine, ledger, settled } = await world(open, {
        turn: async (session, inbound) => {
          running += 1;
          most = Math.max(most, running);
          // The first takes the longest, so that whoever does not wait overtakes it.
          for (let step = Number(inbound.id); step < 20; step += 1) await Promise.resolve();
          running -= 1;
          return answer(session, inbound);
        },
      });
      const ids = Array.from({ length: 20 }, (_, index) => String(index));
      for (const id of ids) await engine.accept(said('a', id));
      await settled();
      expect(most).toBe(1);
      expect(ledger.sent()).toEqual(ids);
    });

    it.each([0, 1, 2, 3, 4, 5, 8])(
      'answers once what comes in just as the one before is committed (%i steps later)',
      async (steps) => {
        const { engine, ledger, settled } = await world(open, {
          send: async (text) => {
            for (let step = 0; step < steps; step += 1) await Promise.resolve();
            if (Number(text) < 5) await engine.accept(said('a', String(Number(text) + 1)));
            return { sent: true };
          },
        });
        await engine.accept(said('a', '1'));
        await ledger.until(() => ledger.sent().length >= 5);
        await settled();
        expect(ledger.turns.map(({ inbound }) => inbound.id)).toEqual(['1', '2', '3', '4', '5']);
        expect(ledger.sent()).toEqual(['1', '2', '3', '4', '5']);
      },
    );

    it('lets no conversation wait for another', async () => {
      const gate = Promise.withResolvers<void>();
      const { engine, ledger, settled } = await world(open, {
        turn: async (session, inbound) => {
          if (inbound.conversation === 'a') await gate.promise;
          return answer(session, inbound);
        },
      });
      await engine.accept(said('a', 'slow'));
      await engine.accept(said('b', 'quick'));
      await ledger.until(() => ledger.sent().includes('quick'));
      expect(ledger.sent()).toEqual(['quick']);
      gate.resolve();
      await settled();
      expect(ledger.sent()).toEqual(['quick', 'slow']);
    });

    it('gives each turn the session that the turn before it left, and none to the first', async () => {
      const { engine, ledger, settled } = await world(open);
      for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
      await engine.accept(said('b', '1'));
      await settled();
      const given = (conversation: string) =>
        ledger.turns.filter(({ inbound }) => inbound.conversation === conversation).map(({ session }) => session);
      expect(given('a')).toEqual([null, '1;', '1;2;']);
      expect(given('b')).toEqual([null]);
    });

    it('saves nothing when a turn throws, and keeps its inbound first', async () => {
      const { engine, ledger, settled } = await world(open, {
        turn: (session, inbound, nth) => {
          if (inbound.id === '2' && nth < 3) throw new Error('fault');
          return answer(session, inbound);
        },
      });
      for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
      await settled();
      expect(ledger.turns.map(({ session, inbound }) => [session, inbound.id])).toEqual([
        [null, '1'],
        ['1;', '2'],
        ['1;', '2'],
        ['1;', '2'],
        ['1;2;', '3'],
      ]);
      expect(ledger.tries).toEqual(['1', '2', '3']);
      expect(ledger.of('turn failed').map(({ failures }) => failures)).toEqual([1, 2]);
    });

    it('quarantines an inbound that keeps failing, tells the member, and answers those behind it', async () => {
      const fault = new Error('fault');
      const { engine, ledger, settled } = await world(open, {
        turn: (session, inbound) => {
          if (inbound.id === 'poison') throw fault;
          return answer(session, inbound);
        },
      });
      for (const id of ['1', 'poison', '3']) await engine.accept(said('a', id));
      await settled();
      expect(ledger.turns.filter(({ inbound }) => inbound.id === 'poison')).toHaveLength(maxTurnFailures);
      expect(ledger.of('quarantined')).toEqual([{ kind: 'quarantined', inbound: said('a', 'poison'), error: fault }]);
      expect(ledger.sent()).toEqual(['1', 'sorry poison', '3']);
      expect(ledger.of('committed').map(({ outcome }) => outcome)).toEqual(['1;', '1;poison;', '1;poison;3;']);
      expect(await engine.accept(said('a', 'poison'))).toBe('duplicate');
    });

    it('goes on even when giving up throws', async () => {
      const { engine, ledger, settled } = await world(open, {
        turn: (session, inbound) => {
          if (inbound.id === 'poison') throw new Error('fault');
          return answer(session, inbound);
        },
        giveUp: () => {
          throw new Error('fault');
        },
      });
      await engine.accept(said('a', 'poison'));
      await engine.accept(said('a', '2'));
      await settled();
      expect(ledger.sent()).toEqual(['2']);
    });

    it('sends nothing of a turn before the turn is committed', async () => {
      const seen: string[][] = [];
      const { engine, ledger, settled } = await world(open, {
        send: () => {
          seen.push(ledger.events.map(({ kind }) => kind));
          return { sent: true };
        },
      });
      await engine.accept(said('a', '1'));
      await settled();
      expect(seen).toEqual([['accepted', 'committed']]);
    });

    it('begins the next turn while the replies of the one before are still being sent', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger, settled } = await world(open, {
        send: (text) => (text === '1' ? gate.promise : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await ledger.until(() => ledger.of('committed').length === 2);
      expect(ledger.tries).toEqual(['1']);
      gate.resolve({ sent: true });
      await settled();
      expect(ledger.tries).toEqual(['1', '2']);
    });
  });
}
