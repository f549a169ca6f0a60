import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, type OwnedDatabase, onServer, openOwned } from './places.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const denied = { code: '42501' };

/** All that the bot's role may call: each for one member or one NIK, which it must name, or for what is long past or nobody's. The audit log names nobody. */
const callable = [
  'access_blocked(member text, since timestamp with time zone)',
  'account(ref text)',
  'append_audit(after_seq bigint, after_hash text, entries jsonb)',
  'audit_page(after_seq bigint, most integer)',
  'block_access(member text, at timestamp with time zone)',
  'clear_code_failures(nik text)',
  'code_standing(nik text)',
  'contributions(ref text, most integer)',
  'count_code_failure(nik text, turn text, at timestamp with time zone, steps jsonb)',
  'erase_chat(conversation text)',
  'floors(ref text)',
  'held_of_chat(conversation text, at timestamp with time zone, most integer)',
  'holder(ref text)',
  'lift_block(member text, at timestamp with time zone)',
  'link_chat(conversation text, member text, nik text, at timestamp with time zone, until timestamp with time zone)',
  'linked_chat(conversation text, at timestamp with time zone)',
  'member_by_kpj(kpj text)',
  'member_by_nik(nik text)',
  'member_by_ref(ref text)',
  'newest_audit(before_seq bigint, since double precision, until double precision, act text, member text, most integer)',
  'note_login(conversation text, member text, turn text, at timestamp with time zone)',
  'note_miss(text text, language text, at timestamp with time zone)',
  'recent_misses(most integer)',
  'record_consent(turn text, conversation text, channel text, notice text, language text, text_digest text, given boolean, at timestamp with time zone)',
  'set_alarm(alarm text, member text, until timestamp with time zone)',
  'sound_alarm(alarm text, turn text, at timestamp with time zone)',
  'sweep_chats(most integer)',
  'sweep_code_failures(most integer)',
  'sweep_misses(most integer)',
  'unlink_chat(conversation text)',
  'years(ref text)',
];

for (const { name, place } of kinds) {
  describe(`${name}: what the bot's role may do`, () => {
    let database: OwnedDatabase;
    beforeAll(async () => {
      database = await openOwned(await place(server));
    });
    afterAll(() => database.close());

    it('reads no table, and changes none', async () => {
      const tables = await database.asOwner(`select format('registry.%I', tablename) as name from pg_tables
        where schemaname = 'registry' order by 1`);
      expect(tables).toHaveLength(16);
      for (const { name } of tables) {
        await expect(database.pool.query(`select * from ${String(name)}`)).rejects.toMatchObject(denied);
        await expect(database.pool.query(`select count(*) from ${String(name)}`)).rejects.toMatchObject(denied);
        await expect(database.pool.query(`delete from ${String(name)}`)).rejects.toMatchObject(denied);
        await expect(database.pool.query(`insert into ${String(name)} default values`)).rejects.toMatchObject(denied);
      }
    });

    it('cannot change a balance', async () => {
      for (const change of [
        'update registry.contributions set amount = amount * 2',
        'update registry.growth set amount = 1000000000',
        'delete from registry.payouts',
        'update registry.wage_floors set amount = 1',
        'update registry.memberships set member = $$x$$',
      ]) {
        await expect(database.pool.query(change)).rejects.toMatchObject(denied);
      }
    });

    it('may call what takes one member, and nothing else', async () => {
      const functions = await database.asOwner(`
        select p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in ('bot', 'registry') and has_function_privilege('jamsostek_bot', p.oid, 'execute')
        order by 1`);
      expect(functions.map(({ name }) => name)).toEqual(callable);
      const [own] = await database.asOwner(`
        select
          (select count(*)::int from pg_class where relowner = 'jamsostek_bot'::regrole) as owned,
          (select count(*)::int from information_schema.role_table_grants
            where table_schema in ('bot', 'registry') and grantee in ('jamsostek_bot', 'PUBLIC')) as granted`);
      expect(own).toEqual({ owned: 0, granted: 0 });
    });

    it('makes nothing of its own where functions look names up', async () => {
      await expect(database.pool.query('create table bot.members (nik text)')).rejects.toMatchObject(denied);
      await expect(database.pool.query('create table registry.more (nik text)')).rejects.toMatchObject(denied);
    });

    it('leaves consents as they are, even for the owner', async () => {
      await database.pool.query(`select bot.record_consent('t', 'c', 'web', 'n', 'id', 'd', true, now())`);
      for (const change of [
        'update registry.consents set given = false',
        'delete from registry.consents',
        'truncate registry.consents',
      ]) {
        await expect(database.asOwner(change)).rejects.toThrow('of consents is not allowed');
      }
      expect(await database.asOwner('select given from registry.consents')).toEqual([{ given: true }]);
    });
  });
}

describe('a login that has the role of the bot and nothing more', () => {
  it('reaches one member at a time and no table', async () => {
    const url = await server.createDatabase();
    const database = await openOwned({ kind: 'server', url });
    await database.close();
    await onServer(url, 'create role bot_login login in role jamsostek_bot');
    const login = new Client({ connectionString: url.replace('postgres@', 'bot_login@') });
    await login.connect();
    try {
      await expect(login.query('select nik from registry.members')).rejects.toMatchObject(denied);
      await expect(login.query('set role postgres')).rejects.toMatchObject(denied);
      const { rows } = await login.query(`select deceased from bot.member_by_nik('3273065703949275')`);
      expect(rows).toEqual([{ deceased: false }]);
    } finally {
      await login.end();
    }
  });
});
