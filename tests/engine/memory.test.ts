import { describe, expect, it } from 'vitest';
import { hour } from '../../src/core/time.ts';
import { dedupeWindow, sessionHorizon } from '../../src/engine/engine.ts';
import { memoryEngine } from '../../src/engine/memory.ts';
import type { Script } from '../contracts/engine/ledger.ts';
import { answer, Ledger, said } from '../contracts/engine/ledger.ts';
import { engineContract } from '../contracts/engine.ts';
import { ManualTime } from './manual-time.ts';

engineContract(
  'memory engine',
  async (work) => {
    const time = new ManualTime();
    const engine = memoryEngine(work, { clock: time, timer: time });
    return { engine, advance: (ms) => time.advance(ms), close: async () => undefined };
  },
  400,
);

function start(script: Script = {}) {
  const time = new ManualTime();
  const ledger = new Ledger(script);
  return { time, ledger, engine: memoryEngine(ledger, { clock: time, timer: time }) };
}

describe('memory engine', () => {
  it('tries a turn that throws again at once, then after growing pauses', async () => {
    const { engine, time, ledger } = start({
      turn: () => {
        throw new Error('fault');
      },
    });
    await engine.accept(said('a', '1'));
    await time.advance(hour);
    expect(ledger.turns).toHaveLength(5);
    expect(time.asked).toEqual([100, 500, 2_000]);
  });

  it('asks for no pause when nothing fails', async () => {
    const { engine, time } = start();
    for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
    await engine.idle();
    expect(time.asked).toEqual([]);
  });

  it('forgets a conversation that has been silent for longer than every window, and no other', async () => {
    const { engine, time, ledger } = start();
    await engine.accept(said('a', '1'));
    await engine.accept(said('b', '1'));
    await engine.idle();
    await time.advance(sessionHorizon - 1);
    await engine.accept(said('a', '2'));
    await engine.idle();
    await time.advance(1);
    await engine.accept(said('a', '3'));
    await engine.accept(said('b', '3'));
    await engine.idle();
    expect(ledger.turns.slice(-3).map(({ session }) => session)).toEqual(['1;', '1;2;', null]);
  });

  it('never forgets a conversation that is at work, however long it takes', async () => {
    const gate = Promise.withResolvers<void>();
    const { engine, time, ledger } = start({
      turn: async (session, inbound) => {
        await gate.promise;
        return answer(session, inbound);
      },
    });
    await engine.accept(said('a', '1'));
    await time.advance(sessionHorizon);
    await engine.accept(said('a', '2'));
    expect(ledger.turns).toHaveLength(1);
    gate.resolve();
    await engine.idle();
    expect(ledger.turns.map(({ session }) => session)).toEqual([null, '1;']);
  });

  it('forgets an id after eight days', async () => {
    const { engine, time } = start();
    await engine.accept(said('a', '1'));
    await time.advance(dedupeWindow - 1);
    expect(await engine.accept(said('a', '1'))).toBe('duplicate');
    await time.advance(1);
    expect(await engine.accept(said('a', '1'))).toBe('taken');
  });

  it('answers all that it has taken before it stops, without pauses', async () => {
    const { engine, time, ledger } = start({
      turn: async (session, inbound, nth) => {
        await Promise.resolve();
        if (inbound.id === '2' && nth < 4) throw new Error('fault');
        return answer(session, inbound);
      },
    });
    for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
    const before = time.now();
    await engine.stop();
    expect(ledger.sent()).toEqual(['1', '2', '3']);
    expect(time.now()).toBe(before);
  });

  it('drops what waits for another try when it stops, and says so before it has stopped', async () => {
    const { engine, ledger } = start({ send: () => ({ sent: false, problem: 'unreachable' }) });
    for (const id of ['1', '2', '3']) await engine.accept(said('a', id));
    await engine.accept(said('b', '1'));
    await engine.idle();
    await engine.stop();
    expect(ledger.tries).toEqual(['1', '1']);
    expect(ledger.of('dropped').map(({ conversation, why }) => [conversation, why])).toEqual([
      ['a', 'stopped'],
      ['a', 'stopped'],
      ['a', 'stopped'],
      ['b', 'stopped'],
    ]);
  });
});
