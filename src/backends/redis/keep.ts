import type { Cluster, Redis } from 'ioredis';
import { KeptIsUnreadable, NoLongerOwner } from '../../bots/owning.ts';
import { anewAtOnce, inOrder, type KeptSeals, type SealedKeep } from '../kept-seals.ts';
import { answered } from './asking.ts';

/** Where one owner keeps its things. */
export interface RedisKeepServices {
  readonly client: Redis | Cluster;
  /** What every key begins with. */
  readonly base: string;
  readonly seals: KeptSeals;
  /** Runs the script that changes what is kept; resolves to false when it was not ours any more. */
  readonly change: (number: number, todo: 'write' | 'clear', changes: string, mark: string) => Promise<boolean>;
}

/**
 * What an owner keeps on Redis: a hash for each table, sealed text by the key's digest. A change is one script that looks whether
 * its owner still is one. Changes go one after another, each under a number, so that none that is still under way when
 * it was given up comes after a later one. Whoever reads sees all changes that were asked for before.
 *
 * Under another secret every digest is another, and everything would look as if it had never been there. So the mark of
 * the secret that was used stands beside the tables, and where it is not ours nothing can be read until it is cleared.
 */
export function redisKeep({ client, base, seals, change }: RedisKeepServices): SealedKeep {
  const keyOf = (table: string) => `${base}:kept:${table}`;
  let number = 0;
  let before: Promise<unknown> = Promise.resolve();

  const inTurn = (todo: 'write' | 'clear', changes: string): Promise<void> => {
    const earlier = before;
    number += 1;
    const mine = number;
    const done = (async () => {
      await earlier;
      if (!(await change(mine, todo, changes, seals.mark))) throw new NoLongerOwner('Another process owns it by now');
    })();
    before = done.catch(() => undefined);
    return done;
  };

  /** What is found, once all earlier changes are done. */
  const look = async <Found>(find: () => Promise<Found>): Promise<Found> => {
    await before;
    const [mark, found] = await answered('owning', Promise.all([client.get(`${base}:mark`), find()]));
    if (mark !== null && mark !== seals.mark) throw new KeptIsUnreadable('It is kept under another secret');
    return found;
  };

  return {
    async read(table, keys) {
      if (keys.length === 0) return [];
      const digests = keys.map((key) => seals.digestOf(table, key));
      const found = await look(() => client.hmget(keyOf(table), ...digests));
      return digests.map((digest, nth) => {
        const sealed = found[nth] ?? null;
        return sealed === null ? null : seals.open(table, digest, sealed)[1];
      });
    },
    async all(table) {
      const found = await look(() => client.hgetall(keyOf(table)));
      return inOrder(Object.entries(found).map(([digest, sealed]) => seals.open(table, digest, sealed)));
    },
    async write(changes) {
      const sealed = changes.map(({ table, key, value }) => [
        table,
        seals.digestOf(table, key),
        value === null ? '' : seals.seal(table, key, value),
      ]);
      await inTurn('write', JSON.stringify(sealed));
    },
    async sealAnew() {
      for (const table of await answered('owning', client.smembers(`${base}:tables`))) {
        let cursor = '0';
        do {
          const scanned = client.hscan(keyOf(table), cursor, 'COUNT', anewAtOnce);
          const [next, found] = await answered('owning', scanned);
          const changes = pairs(found).flatMap(([digest, sealed]) => {
            const anew = seals.anew(table, digest, sealed);
            return anew === null ? [] : [[table, digest, anew, sealed]];
          });
          if (changes.length > 0) await inTurn('write', JSON.stringify(changes));
          cursor = next;
        } while (cursor !== '0');
      }
    },
    async clear() {
      await inTurn('clear', '');
    },
  };
}

/** Fields and values, as a scan gives them: one after the other. */
function pairs(found: readonly string[]): readonly (readonly [field: string, value: string])[] {
  const values = found.filter((_, nth) => nth % 2 === 1);
  return values.map((value, nth) => [found[2 * nth] ?? '', value]);
}
