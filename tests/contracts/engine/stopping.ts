import { describe, expect, it } from 'vitest';
import type { SendResult } from '../../../src/core/sending.ts';
import { hour } from '../../../src/core/time.ts';
import { answer, said } from './ledger.ts';
import type { OpenEngine } from './world.ts';
import { world } from './world.ts';

export function stoppingContract(name: string, open: OpenEngine): void {
  describe(`${name}: resting and stopping`, () => {
    it('is idle when all is done, and not before', async () => {
      const gate = Promise.withResolvers<SendResult>();
      const { engine, ledger } = await world(open, { send: () => gate.promise });
      await engine.idle();
      await engine.accept(said('a', '1'));
      const idle = engine.idle().then(() => ledger.sent());
      await ledger.until(() => ledger.tries.length === 1);
      gate.resolve({ sent: true });
      expect(await idle).toEqual(['1']);
    });

    it('is idle while a reply waits for its next try', async () => {
      const { engine, ledger, settled } = await world(open, {
        send: (_, nth) => (nth === 1 ? { sent: false, problem: 'unreachable' } : { sent: true }),
      });
      await engine.accept(said('a', '1'));
      await engine.idle();
      expect(ledger.of('not sent')).toHaveLength(1);
      expect(ledger.sent()).toEqual([]);
      await settled();
      expect(ledger.sent()).toEqual(['1']);
    });

    it('finishes the turn that runs when it is stopped, and its send that is under way', async () => {
      const turn = Promise.withResolvers<void>();
      const send = Promise.withResolvers<SendResult>();
      const { engine, ledger } = await world(open, {
        turn: async (session, inbound) => {
          await turn.promise;
          return answer(session, inbound);
        },
        send: () => send.promise,
      });
      await engine.accept(said('a', '1'));
      await ledger.until(() => ledger.turns.length === 1);
      const stopped = engine.stop().then(() => ledger.events.map(({ kind }) => kind));
      turn.resolve();
      await ledger.until(() => ledger.tries.length === 1);
      send.resolve({ sent: true });
      expect(await stopped).toEqual(['accepted', 'committed', 'sent']);
    });

    it('takes nothing more once it is stopped, and does nothing more', async () => {
      const { engine, ledger, advance } = await world(open, {
        send: () => ({ sent: false, problem: 'unreachable' }),
      });
      await engine.accept(said('a', '1'));
      await engine.idle();
      await engine.stop();
      const before = ledger.events.length;
      await expect(engine.accept(said('a', '2'))).rejects.toThrow('stopped');
      await advance(hour);
      expect(ledger.turns).toHaveLength(1);
      expect(ledger.tries).toHaveLength(1);
      expect(ledger.events).toHaveLength(before);
    });

    it('can be stopped twice', async () => {
      const { engine, ledger } = await world(open);
      await engine.accept(said('a', '1'));
      await Promise.all([engine.stop(), engine.stop()]);
      await engine.stop();
      expect(ledger.of('turn failed')).toEqual([]);
      expect(ledger.of('accepted')).toHaveLength(1);
    });
  });
}
