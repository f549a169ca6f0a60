import { describe, expect, it } from 'vitest';
import { hour } from '../../../src/core/time.ts';
import { dedupeWindow, mailboxCap } from '../../../src/engine/engine.ts';
import { answer, reply, said } from './ledger.ts';
import type { OpenEngine } from './world.ts';
import { world } from './world.ts';

export function takingContract(name: string, open: OpenEngine): void {
  describe(`${name}: taking`, () => {
    it('hands what it has taken to a turn just as it came, and sends what the turn answers', async () => {
      const { engine, ledger, settled } = await world(open);
      const inbound = said('a', '1');
      expect(await engine.accept(inbound)).toBe('taken');
      await settled();
      expect(ledger.turns).toEqual([{ session: null, inbound }]);
      expect(ledger.sent()).toEqual(['1']);
    });

    it('tells of what it does in the order it happens', async () => {
      const { engine, ledger, settled } = await world(open);
      const inbound = said('a', '1');
      await engine.accept(inbound);
      await settled();
      await engine.accept(inbound);
      expect(ledger.events).toMatchObject([
        { kind: 'accepted', inbound },
        { kind: 'committed', inbound, outcome: '1;' },
        { kind: 'sent', effect: reply(inbound, '1'), conversation: 'a', turn: 'a/1' },
        { kind: 'duplicate', inbound },
      ]);
    });

    it('answers an inbound that comes again with duplicate, and does nothing else', async () => {
      const { engine, ledger, settled } = await world(open);
      await engine.accept(said('a', '1'));
      await settled();
      expect(await engine.accept(said('a', '1'))).toBe('duplicate');
      await engine.accept(said('a', '2'));
      await settled();
      expect(ledger.tries).toEqual(['1', '2']);
      expect(ledger.turns).toHaveLength(2);
    });

    it('answers duplicate also while the first is still running, and while it waits', async () => {
      const gate = Promise.withResolvers<void>();
      const { engine, ledger, settled } = await world(open, {
        turn: async (session, inbound) => {
          await gate.promise;
          return answer(session, inbound);
        },
      });
      await engine.accept(said('a', '1'));
      await engine.accept(said('a', '2'));
      await ledger.until(() => ledger.turns.length === 1);
      expect(await engine.accept(said('a', '1'))).toBe('duplicate');
      expect(await engine.accept(said('a', '2'))).toBe('duplicate');
      gate.resolve();
      await settled();
      expect(ledger.tries).toEqual(['1', '2']);
    });

    it('takes one of many that come at the same moment with the same id', async () => {
      const { engine, ledger, settled } = await world(open);
      const answers = await Promise.all(Array.from({ length: 10 }, () => engine.accept(said('a', '1'))));
      expect(answers.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'duplicate'), 'taken']);
      await settled();
      expect(ledger.tries).toEqual(['1']);
    });

    it('takes the same id in another conversation as another inbound', async () => {
      const { engine, ledger, settled } = await world(open);
      expect(await engine.accept(said('a', '1'))).toBe('taken');
      expect(await engine.accept(said('b', '1'))).toBe('taken');
      await settled();
      expect(ledger.sent()).toHaveLength(2);
    });

    it('remembers ids for eight days, longer than the session', async () => {
      const { engine, settled, advance } = await world(open);
      await engine.accept(said('a', '1'));
      await settled();
      await advance(dedupeWindow - hour);
      expect(await engine.accept(said('a', '1'))).toBe('duplicate');
    });

    it('refuses as full what a full mailbox cannot hold, keeps all that it took, and takes the refused one later', async () => {
      const gate = Promise.withResolvers<void>();
      const { engine, ledger, settled } = await world(open, {
        turn: async (session, inbound) => {
          await gate.promise;
          return answer(session, inbound);
        },
      });
      const ids = Array.from({ length: mailboxCap }, (_, index) => String(index));
      for (const id of ids) expect(await engine.accept(said('a', id))).toBe('taken');
      const refused = said('a', 'refused');
      expect(await engine.accept(refused)).toBe('full');
      expect(await engine.accept(refused)).toBe('full');
      expect(await engine.accept(said('b', '1'))).toBe('taken');
      gate.resolve();
      await settled();
      expect(await engine.accept(refused)).toBe('taken');
      await settled();
      expect(
        ledger
          .of('committed')
          .filter(({ inbound }) => inbound.conversation === 'a')
          .map(({ inbound }) => inbound.id),
      ).toEqual([...ids, 'refused']);
      expect(ledger.of('full')).toEqual([
        { kind: 'full', inbound: refused },
        { kind: 'full', inbound: refused },
      ]);
    });
  });
}
