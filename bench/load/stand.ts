import { Redis } from 'ioredis';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { type PostgresServer, startPostgres } from '../../tests/servers/postgres.ts';
import { type RedisServer, startRedis } from '../../tests/servers/redis.ts';
import { type Contender, type Keeping, keepings } from './contenders.ts';
import type { Script } from './dialogue.ts';
import { playedSchema, usageSchema } from './figures.ts';
import { membersSeed } from './members-seed.ts';
import { Child } from './processes.ts';
import type { Measured } from './table.ts';

/** Chats that talk at a time. */
const atOnce = 64;

/** Chats before those that are measured, so that the code is compiled and all connections are open. */
export const warmUp = 1_000;

/** Chats whose memory is counted. */
const sizedChats = 1_000;

interface MeasureOptions {
  /** Folder for a profile of the bot's processor time. */
  readonly profile?: string | undefined;
  /** Complete processes of the bot, which the platform posts to in rotation. */
  readonly processes?: number;
}

/** Where the load is played: a platform and Redis servers, for one bot at a time. */
export class Stand {
  readonly #chats: number;
  readonly #platform: Child;
  readonly #servers: ReadonlyMap<Keeping, RedisServer>;
  #postgres: PostgresServer | undefined;

  private constructor(chats: number, platform: Child, servers: ReadonlyMap<Keeping, RedisServer>) {
    this.#chats = chats;
    this.#platform = platform;
    this.#servers = servers;
  }

  /** `chats` is how many talk in each measurement. */
  static async open(chats: number): Promise<Stand> {
    const servers = new Map<Keeping, RedisServer>();
    for (const keeping of keepings) {
      servers.set(keeping, await startRedis(keeping === 'nothing' ? {} : { appendfsync: keeping }));
    }
    return new Stand(chats, await Child.start('platform.ts'), servers);
  }

  async close(): Promise<void> {
    await this.#platform.stop();
    for (const server of this.#servers.values()) await server.stop();
    await this.#postgres?.stop();
  }

  get #members(): number {
    return Math.max(warmUp + this.#chats, 2 * sizedChats);
  }

  /** All chats from their first turn to their last. */
  async measure(contender: Contender, { profile, processes = 1 }: MeasureOptions = {}): Promise<Measured> {
    return this.#with(contender, { profile, processes }, async (bots, redis) => {
      await this.#play(bots, contender.script, 0, warmUp);
      const before = await usageOf(bots, redis);
      const played = await this.#play(bots, contender.script, warmUp, this.#chats);
      const after = await usageOf(bots, redis);
      const thousands = played.turns / 1_000;
      return {
        turnsPerSecond: played.turns / played.seconds,
        p50: played.p50,
        p99: played.p99,
        cpu: (after.cpu - before.cpu) / thousands,
        redisCpu: (after.redisCpu - before.redisCpu) / thousands,
        platformCpu: played.cpu / thousands,
        rss: after.rss,
        unasked: played.unasked,
        aof: (after.aof - before.aof) / played.turns,
      };
    });
  }

  /** `each` new chats, so many times over; tells what is held after each. */
  async soak(
    contender: Contender,
    each: number,
    times: number,
    tell: (after: { turns: number; rss: number; heap: number; turnsPerSecond: number }) => void,
  ): Promise<void> {
    await this.#with(contender, {}, async (bots) => {
      let turns = 0;
      for (let time = 0; time < times; time += 1) {
        const played = await this.#play(bots, contender.script, time * each, each);
        turns += played.turns;
        for (const bot of bots) {
          const { rss, heap } = await bot.ask({}, usageSchema);
          tell({ turns, rss, heap, turnsPerSecond: played.turns / played.seconds });
        }
      }
    });
  }

  /**
   * What Redis holds for a conversation that waits for its code, in bytes, by kind of key: the keys of 1,000 such
   * conversations by MEMORY USAGE, divided; `all` is by how much its memory has grown, divided.
   */
  async sizes(contender: Contender): Promise<ReadonlyMap<string, number>> {
    const chats = sizedChats;
    return this.#with(contender, { processes: 1 }, async (bots, redis) => {
      const toTheCode = contender.script.slice(0, contender.script.findIndex(({ says }) => says === '{nik}') + 1);
      const used = async () => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
      // What is there in any case: connections, scripts, tables of keys.
      await this.#play(bots, toTheCode, 0, chats);
      const before = await used();
      const known = new Set(await redis.keys('*'));
      await this.#play(bots, toTheCode, chats, chats);
      const after = await used();
      const sizes = new Map<string, number>();
      sizes.set('all', (after - before) / chats);
      for (const key of await redis.keys('*')) {
        if (known.has(key)) continue;
        const kind = key.replace(/^jamsostek:(\{\w+\}:)?/, '').replace(/:.*/, '');
        const bytes = Number(await redis.memory('USAGE', key, 'SAMPLES', 0));
        sizes.set(kind, (sizes.get(kind) ?? 0) + bytes / chats);
      }
      return sizes;
    });
  }

  async #with<Result>(
    contender: Contender,
    { profile, processes = 1 }: MeasureOptions,
    work: (bots: readonly Child[], redis: Redis) => Promise<Result>,
  ): Promise<Result> {
    const server = this.#servers.get(contender.redis);
    if (!server) throw new Error('There is no such Redis.');
    const redis = new Redis(server.url);
    const bots: Child[] = [];
    try {
      await redis.flushall('SYNC');
      // Else the file shrinks in the middle of being measured.
      await redis.config('SET', 'auto-aof-rewrite-percentage', '0');
      const settings = {
        api: `http://127.0.0.1:${this.#platform.port}`,
        redis: server.url,
        members: this.#members,
        engine: contender.engine,
        sms: contender.sms,
        database: contender.postgres === true ? await this.#database() : undefined,
      };
      const profiled =
        profile === undefined
          ? []
          : ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${contender.name}.cpuprofile`];
      for (let nth = 0; nth < processes; nth += 1) {
        bots.push(await Child.start(contender.file, settings, ['--expose-gc', ...profiled]));
      }
      return await work(bots, redis);
    } finally {
      for (const bot of bots) await bot.stop();
      redis.disconnect();
    }
  }

  /** The address of a new database with all members in it. */
  async #database(): Promise<string> {
    this.#postgres ??= await startPostgres();
    const url = await this.#postgres.createDatabase();
    const database = await openDatabase({ kind: 'server', url }, { seed: membersSeed(this.#members) });
    await database.close();
    return url;
  }

  #play(bots: readonly Child[], script: Script, first: number, chats: number) {
    return this.#platform.ask({ bots: bots.map(({ port }) => port), script, first, chats, atOnce }, playedSchema);
  }
}

async function usageOf(bots: readonly Child[], redis: Redis) {
  const used = await Promise.all(bots.map((bot) => bot.ask({}, usageSchema)));
  const info = await redis.info('everything');
  const figure = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? 0);
  return {
    cpu: used.reduce((sum, { cpu }) => sum + cpu, 0),
    rss: Math.max(...used.map(({ rss }) => rss)),
    redisCpu: figure('used_cpu_sys') + figure('used_cpu_user'),
    aof: figure('aof_current_size'),
  };
}
