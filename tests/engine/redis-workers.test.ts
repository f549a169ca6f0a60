import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore, type Store } from '../../src/backends/redis/store.ts';
import { minute } from '../../src/core/time.ts';
import { maxTurnFailures } from '../../src/engine/engine.ts';
import { lease, partitionOf } from '../../src/engine/lane-store.ts';
import { codeLane } from '../../src/engine/sends.ts';
import { answer, Ledger, type Script, said, sms } from '../contracts/engine/ledger.ts';
import { findRedis, type RedisServer, startRedis } from '../servers/redis.ts';
import { type Does, engineOn } from './redis-world.ts';

const never = new Promise<never>(() => undefined);
const silent: Script = { turn: () => never };

describe.skipIf(findRedis() === null)('workers on one Redis', () => {
  let server: RedisServer;
  let shared: Store;
  let worlds = 0;

  beforeAll(async () => {
    server = await startRedis();
    shared = openStore({ url: server.url });
  });
  afterAll(async () => {
    await shared.close();
    await server.stop();
  });

  /** An empty store, and workers on it: each with a world and a time of its own, which stands still until advanced. */
  function oneStore() {
    worlds += 1;
    const store = { ...shared, prefix: `workers${worlds}` };
    const worker = async (script: Script = {}, does: Does = {}) => {
      const ledger = new Ledger(script);
      const { engine, time } = await engineOn(store, ledger, does);
      onTestFinished(() => void engine.stop());
      return { engine, ledger, time, advance: (ms: number) => time.advance(ms) };
    };
    return { store, worker };
  }

  it('lets another worker answer what a process that only accepts has taken, without waiting for a tick', async () => {
    const { store, worker } = oneStore();
    const back = await worker();
    const front = await worker({}, { turns: false, sends: [] });
    // Who is not listening yet would have to wait for a tick.
    const channel = `${store.prefix}:{${partitionOf(said('a', '1').conversation)}}:wake`;
    while ((await store.client.pubsub('NUMSUB', channel))[1] !== 2);
    for (const id of ['1', '2', '3']) expect(await front.engine.accept(said('a', id))).toBe('taken');
    await back.ledger.until(() => back.ledger.sent().length === 3);
    expect(back.ledger.sent()).toEqual(['1', '2', '3']);
    expect(front.ledger.turns).toEqual([]);
  });

  it('leaves what goes out on a channel to the process that serves it', async () => {
    const { worker } = oneStore();
    const channel = await worker({}, { turns: false, sends: ['test'] });
    const back = await worker({}, { sends: [codeLane] });
    await back.engine.accept(said('a', '1'));
    await back.engine.idle();
    await channel.engine.idle();
    expect(back.ledger.tries).toEqual([]);
    expect(channel.ledger.sent()).toEqual(['1']);
  });

  it('sends on a channel while it can, and leaves it to others while it cannot', async () => {
    const { worker } = oneStore();
    let owner = 'one';
    const one = await worker({ canSend: (channel) => channel === 'test' && owner === 'one' }, { sends: ['test'] });
    const two = await worker({ canSend: (channel) => channel === 'test' && owner === 'two' }, { sends: ['test'] });
    const say = async (id: string) => {
      await one.engine.accept(said('a', id));
      await one.engine.idle();
      await two.engine.idle();
    };
    await say('1');
    owner = 'nobody';
    await say('2');
    expect([one.ledger.sent(), two.ledger.sent()]).toEqual([['1'], []]);
    owner = 'two';
    await say('3');
    expect([one.ledger.sent(), two.ledger.sent()]).toEqual([['1'], ['2', '3']]);
  });

  it('goes on with the work of one that fell silent once its lease has ended, and not before', async () => {
    const { worker } = oneStore();
    const dead = await worker(silent);
    const other = await worker();
    await dead.engine.accept(said('a', '1'));
    await dead.engine.accept(said('a', '2'));
    await other.advance(lease / 2);
    expect(other.ledger.turns).toEqual([]);
    await other.advance(lease);
    await other.engine.idle();
    expect(other.ledger.sent()).toEqual(['1', '2']);
    expect(other.ledger.of('reclaimed')).toEqual([{ kind: 'reclaimed', lane: 'turn', conversation: 'a' }]);
  });

  it('keeps what is still at work for as long as it takes', async () => {
    const { worker } = oneStore();
    const gate = Promise.withResolvers<void>();
    const slow = await worker({
      turn: async (session, inbound) => {
        await gate.promise;
        return answer(session, inbound);
      },
    });
    const other = await worker();
    await slow.engine.accept(said('a', '1'));
    for (let passed = 0; passed < 10 * lease; passed += lease / 2) {
      await slow.advance(lease / 2);
      await other.advance(lease / 2);
    }
    gate.resolve();
    await slow.ledger.until(() => slow.ledger.sent().length === 1);
    expect(other.ledger.turns).toEqual([]);
  });

  it('throws the late result of a worker away that was only slow', async () => {
    const { worker } = oneStore();
    const gate = Promise.withResolvers<void>();
    const slow = await worker({
      turn: async (session, inbound) => {
        await gate.promise;
        return answer(session, inbound, 'late');
      },
    });
    const other = await worker();
    await slow.engine.accept(said('a', '1'));
    await other.advance(2 * lease);
    await other.engine.idle();
    gate.resolve();
    await slow.ledger.until(() => slow.ledger.of('fenced').length === 1);
    await other.engine.accept(said('a', '2'));
    await other.engine.idle();
    expect(slow.ledger.tries).toEqual([]);
    expect(other.ledger.sent()).toEqual(['1', '2']);
    expect(other.ledger.turns.map(({ session }) => session)).toEqual([null, '1;']);
  });

  it('quarantines an inbound that everybody who begins it dies of, tells the member, and goes on', async () => {
    const { worker } = oneStore();
    const first = await worker(silent);
    await first.engine.accept(said('a', 'poison'));
    await first.engine.accept(said('a', '2'));
    for (let begun = 1; begun < maxTurnFailures; begun += 1) {
      const next = await worker(silent);
      await next.advance((begun + 1) * 2 * lease);
      expect(next.ledger.turns).toHaveLength(1);
    }
    const last = await worker();
    await last.advance((maxTurnFailures + 1) * 2 * lease);
    await last.engine.idle();
    expect(last.ledger.of('quarantined').map(({ inbound }) => inbound.id)).toEqual(['poison']);
    expect(last.ledger.sent()).toEqual(['sorry poison', '2']);
  });

  it('sends a reply again whose sender fell silent, and a code never', async () => {
    const { worker } = oneStore();
    const turn: Script['turn'] = (session, inbound) => {
      const { effects, ...rest } = answer(session, inbound);
      return { ...rest, effects: [sms(inbound, 'code'), ...effects] };
    };
    const dead = await worker({ turn, send: () => never });
    const other = await worker();
    await dead.engine.accept(said('a', '1'));
    await dead.ledger.until(() => dead.ledger.tries.length === 2);
    await other.advance(2 * lease);
    await other.engine.idle();
    expect(other.ledger.tries).toEqual(['1']);
    expect(other.ledger.of('not sent').map(({ effect, result }) => [effect.kind, result.problem])).toEqual([
      ['sms', 'uncertain'],
    ]);
  });

  it('leaves what waits to the next engine when it stops', async () => {
    const { worker } = oneStore();
    const gate = Promise.withResolvers<void>();
    const first = await worker({
      turn: async (session, inbound) => {
        await gate.promise;
        return answer(session, inbound);
      },
    });
    for (const id of ['1', '2', '3']) await first.engine.accept(said('a', id));
    const stopped = first.engine.stop();
    gate.resolve();
    await stopped;
    expect(first.ledger.sent()).toEqual(['1']);
    const next = await worker();
    await next.engine.idle();
    expect(next.ledger.sent()).toEqual(['2', '3']);
    expect(next.ledger.of('reclaimed')).toEqual([]);
  });

  it('hands a session that cannot be opened to the turn as an unreadable one', async () => {
    const { worker } = oneStore();
    const before = await worker();
    await before.engine.accept(said('a', '1'));
    await before.engine.idle();
    const after = await worker({}, { key: 8 });
    await after.engine.accept(said('a', '2'));
    await after.engine.idle();
    expect(after.ledger.turns.map(({ session }) => session)).toEqual(['']);
  });

  it('waits for the key of an inbound that it cannot open, then answers it', async () => {
    const { worker } = oneStore();
    const front = await worker({}, { turns: false, sends: [] });
    await front.engine.accept(said('a', '1'));
    const keyless = await worker({}, { key: 8 });
    await keyless.engine.idle();
    await keyless.engine.stop();
    expect(keyless.ledger.of('store failed')).toHaveLength(1);
    const other = await worker();
    await other.advance(minute);
    await other.engine.idle();
    expect(other.ledger.sent()).toEqual(['1']);
  });

  it('drops an inbound in the end that nobody can open, and answers those behind it', async () => {
    const { worker } = oneStore();
    const front = await worker({}, { turns: false, sends: [] });
    await front.engine.accept(said('a', 'unreadable'));
    const keyless = await worker({}, { key: 8 });
    await keyless.engine.accept(said('a', '2'));
    await keyless.advance(10 * minute);
    await keyless.engine.idle();
    expect(keyless.ledger.of('store failed')).toHaveLength(maxTurnFailures);
    expect(keyless.ledger.sent()).toEqual(['2']);
  });

  it('tells what waits for a worker, and for how long, but not what it leaves to others', async () => {
    const { worker } = oneStore();
    const front = await worker({}, { turns: false, sends: [] });
    await front.engine.accept(said('a', '1'));
    await front.engine.accept(said('b', '1'));
    const nothing = { waiting: 0, oldest: 0 };
    expect(await front.engine.backlog()).toEqual({ turns: nothing, sends: nothing });
    const back = await worker();
    back.time.ahead = 5_000;
    const { turns, sends } = await back.engine.backlog();
    expect(turns.waiting).toBe(2);
    expect(turns.oldest).toBeGreaterThanOrEqual(5_000);
    expect(sends).toEqual(nothing);
  });

  it('keeps nothing for ever, and nothing in clear', async () => {
    const { store, worker } = oneStore();
    const front = await worker({}, { turns: false, sends: [] });
    await front.engine.accept(said('waiting', '1'));
    const back = await worker({ send: () => ({ sent: false, problem: 'unreachable' }) });
    await back.engine.accept(said('sending', '1'));
    await back.engine.idle();
    const keys = await store.client.keys(`${store.prefix}*`);
    const kinds = keys.map((key) => key.replace(/.*\}:(\w+).*/, '$1'));
    expect(new Set(kinds)).toEqual(new Set(['due', 'lane', 'queue', 'seen', 'session']));
    for (const key of keys) {
      // What is due is emptied by the work itself.
      if (!key.includes(':due:')) expect(await store.client.pttl(key), key).toBeGreaterThan(0);
      const value = await store.client.dump(key);
      expect(value, key).not.toContain('message 1');
    }
  });
});
