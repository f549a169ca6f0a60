import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { RedisServer } from '../servers/redis.ts';
import type { Chance } from './chance.ts';
import type { Fleet, Worker } from './fleet.ts';
import type { Treatment } from './platform.ts';

/** How long a worker may be silent before others take its work; what freezes and blocks here lasts longer. */
const lease = 1_000;

/** What a fault can be done to. */
export interface Victims {
  readonly fleet: Fleet;
  readonly redis: RedisServer;
  readonly chance: Chance;
}

/** One way to break things. `once` breaks, and resolves when that is over; false when it would break too much now. */
export interface Fault {
  readonly name: string;
  /** How often it is picked, next to the others. */
  readonly weight: number;
  once(victims: Victims): Promise<boolean>;
}

/** A worker that can be taken away while another one goes on; null when there is none. */
function spare({ fleet, chance }: Victims): Worker | null {
  const atWork = fleet.workers.filter(({ url, frozen }) => url !== null && !frozen);
  return atWork.length > 1 ? chance.pick(atWork) : null;
}

/** The server that is in the middle of a fault of its own is left alone by others. */
const disturbed = new WeakSet<RedisServer>();

function toRedis(name: string, weight: number, disturb: (victims: Victims) => Promise<unknown>): Fault {
  return {
    name,
    weight,
    async once(victims) {
      if (disturbed.has(victims.redis)) return false;
      disturbed.add(victims.redis);
      try {
        await disturb(victims);
      } finally {
        disturbed.delete(victims.redis);
      }
      return true;
    },
  };
}

/** Says these to the server over a connection of its own, one after the other, with pauses in between where numbers stand. */
export async function say(redis: RedisServer, ...steps: readonly (readonly string[] | number)[]): Promise<void> {
  const client = new Redis(redis.url);
  client.on('error', () => undefined);
  try {
    for (const step of steps) {
      if (typeof step === 'number') await pause(step);
      else await client.call(...nameAndArguments(step));
    }
  } finally {
    client.disconnect();
  }
}

function nameAndArguments([name = '', ...rest]: readonly string[]): [string, string[]] {
  return [name, rest];
}

export const faults: readonly Fault[] = [
  {
    name: 'worker killed',
    weight: 12,
    async once(victims) {
      const worker = spare(victims);
      if (worker === null) return false;
      await worker.kill();
      await worker.start();
      return true;
    },
  },
  {
    name: 'worker frozen past its lease',
    weight: 7,
    async once(victims) {
      const worker = spare(victims);
      if (worker === null) return false;
      worker.freeze();
      await pause(2.2 * lease);
      worker.thaw();
      return true;
    },
  },
  {
    name: 'worker blocked past its lease',
    weight: 2,
    async once(victims) {
      const worker = spare(victims);
      worker?.order({ block: 1.5 * lease });
      return worker !== null;
    },
  },
  toRedis('connections cut', 4, ({ redis }) =>
    say(redis, ['CLIENT', 'KILL', 'TYPE', 'normal'], ['CLIENT', 'KILL', 'TYPE', 'pubsub']),
  ),
  toRedis('redis killed', 2, async ({ redis, chance }) => {
    await redis.crash();
    await pause(chance.between(50, 500));
    await redis.restart();
  }),
  toRedis('redis pauses', 3, ({ redis, chance }) => {
    const length = Math.round(chance.between(300, 900));
    return say(redis, ['CLIENT', 'PAUSE', String(length), 'ALL'], length);
  }),
  toRedis('redis sleeps', 2, ({ redis, chance }) =>
    say(redis, ['DEBUG', 'SLEEP', chance.between(0.5, 1.2).toFixed(2)]),
  ),
  toRedis('redis forgets scripts', 2, ({ redis }) => say(redis, ['SCRIPT', 'FLUSH', 'SYNC'])),
  toRedis('redis takes no writes', 1, ({ redis, chance }) =>
    // A replica of nobody: it is never overwritten, and comes back as it was.
    say(redis, ['REPLICAOF', '127.0.0.1', '1'], chance.between(100, 400), ['REPLICAOF', 'NO', 'ONE']),
  ),
];

/** How often the platform treats a try in this way; the rest it takes. */
export const platformFaults: readonly { readonly treatment: Treatment; readonly probability: number }[] = [
  { treatment: 'throttle', probability: 0.02 },
  { treatment: 'busy', probability: 0.02 },
  { treatment: 'break', probability: 0.005 },
  { treatment: 'take, break', probability: 0.005 },
  { treatment: 'half', probability: 0.005 },
  { treatment: 'late', probability: 0.002 },
];

/** Picks by weight. */
export function pickFault(chance: Chance): Fault {
  let left = chance.between(
    0,
    faults.reduce((sum, { weight }) => sum + weight, 0),
  );
  for (const fault of faults) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  throw new RangeError('The weights do not add up');
}

export function pickTreatment(chance: Chance): Treatment {
  let left = chance.next();
  for (const { treatment, probability } of platformFaults) {
    left -= probability;
    if (left < 0) return treatment;
  }
  return 'take';
}
