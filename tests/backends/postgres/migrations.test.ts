import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { demoSeed } from '../../../src/backends/demo/seed.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { type Migration, migrate, readMigrations } from '../../../src/backends/postgres/migrations.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { registryDay } from '../../contracts/registry.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { onServer, ownerOf } from './places.ts';

const demo = demoMembers(registryDay).length;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe('migrations', () => {
  it('are applied once when many processes start at the same time', async () => {
    const url = await server.createDatabase();
    const all = Array.from({ length: 5 }, () => openDatabase({ kind: 'server', url }, { seed: demoSeed(registryDay) }));
    for (const database of await Promise.all(all)) await database.close();
    const [{ applied, members } = {}] = await onServer(
      url,
      `select (select count(*)::int from registry.migrations) as applied,
        (select count(*)::int from registry.members) as members`,
    );
    expect({ applied, members }).toEqual({ applied: readMigrations().length, members: demo });
  });

  it('refuse one that was changed after it had been applied, in one line that names it', async () => {
    const url = await server.createDatabase();
    await ownerOf(url, (owner) => migrate(owner));
    const [first, ...rest] = readMigrations();
    const changed = { name: first?.name ?? '', sql: 'select 1', checksum: 'other' };
    await expect(ownerOf(url, (owner) => migrate(owner, [changed, ...rest]))).rejects.toThrow(
      /^Migration 0001-registry\.sql was changed after it had been applied: add a new one instead\.$/,
    );
  });

  it('are applied all or not at all', async () => {
    const url = await server.createDatabase();
    await ownerOf(url, (owner) => migrate(owner));
    const more: readonly Migration[] = [
      { name: '9998.sql', sql: 'create table registry.more ()', checksum: 'a' },
      { name: '9999.sql', sql: 'create table registry.more ()', checksum: 'b' },
    ];
    await expect(ownerOf(url, (owner) => migrate(owner, [...readMigrations(), ...more]))).rejects.toThrow(
      'already exists',
    );
    expect(await onServer(url, `select to_regclass('registry.more') as made`)).toEqual([{ made: null }]);
    await ownerOf(url, (owner) => migrate(owner, [...readMigrations(), ...more.slice(0, 1)]));
    expect(await onServer(url, 'select count(*)::int as rows from registry.more')).toEqual([{ rows: 0 }]);
  });
});

describe('demo members on a server', () => {
  it('move along with the months, and leave everybody else alone', async () => {
    const url = await server.createDatabase();
    const open = async (today: string) => {
      const seed = demoSeed(daySchema.parse(today));
      const database = await openDatabase({ kind: 'server', url }, { seed });
      await database.close();
    };
    await open('2026-11-22');
    await onServer(
      url,
      `insert into registry.members values
        ('b1946ac9-2492-4d23-a0e6-0e2f0a4b1c11', '1111111111111111', 'Someone Else', null, false, false, '2026-01-31')`,
    );
    await onServer(url, `insert into registry.wage_floors values ('327306', 2026, 4700000)`);
    await open('2027-02-03');
    const days = await onServer(
      url,
      `select to_char(as_of, 'YYYY-MM-DD') as day, count(*)::int as members from registry.members group by 1 order by 1`,
    );
    expect(days).toEqual([
      { day: '2026-01-31', members: 1 },
      { day: '2027-01-31', members: demo },
    ]);
    const floors = await onServer(
      url,
      `select region, count(*)::int as years, max(year)::int as newest from registry.wage_floors group by 1 order by 1`,
    );
    const years = { years: 26, newest: 2027 };
    expect(floors).toEqual([
      { region: '327306', years: 1, newest: 2026 },
      { region: 'demo high', ...years },
      { region: 'demo low', ...years },
      { region: 'demo middle', ...years },
    ]);
  });
});
