import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { demoSeed } from '../../../src/backends/demo/seed.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { branded } from '../../../src/core/brand.ts';
import { lockSteps } from '../../../src/core/conversation/limits.ts';
import type { Mac, TurnId } from '../../../src/core/services.ts';
import { minute } from '../../../src/core/time.ts';
import { registryDay } from '../../contracts/registry.ts';
import { openOwned, templates, temporaryFolder } from './places.ts';

const [member] = demoMembers(registryDay);
if (member === undefined) throw new Error('There are no demo members.');

/** Another process that opens the folder; `said` are its lines. */
function otherProcess(path: string) {
  const script = fileURLToPath(new URL('folder-holder.ts', import.meta.url));
  const child = spawn(process.execPath, [script, path, templates], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, said: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

describe('a data folder', () => {
  it('keeps the demo members and every failure from one start to the next', async () => {
    const path = temporaryFolder();
    const nik = branded<Mac>('nik');
    const first = await openOwned({ kind: 'folder', path });
    for (let turn = 0; turn < 10; turn++) {
      await postgresCodeFailures(first).countFirst(nik, branded<TurnId>(`c/${turn}`), 0, lockSteps);
    }
    await first.close();
    const second = await openOwned({ kind: 'folder', path });
    expect(await postgresCodeFailures(second).standing(nik, 1)).toEqual({ is: 'locked', until: 30 * minute });
    expect(await postgresRegistry(second).memberByNik(member.nik)).toMatchObject({ ref: member.ref });
    await second.close();
  });

  it('is refused to a second process, with a line that names the folder and the process, until the first has let go', async () => {
    const path = temporaryFolder();
    const database = await openOwned({ kind: 'folder', path });
    const refused = await otherProcess(path).said.next();
    expect(refused.value).toBe(
      `The data folder ${path} is in use by process ${process.pid}: stop that one, or use another.`,
    );
    await expect(openOwned({ kind: 'folder', path })).rejects.toBeInstanceOf(CannotOpen);
    await database.close();
    expect((await otherProcess(path).said.next()).value).toBe('open');
  });

  it('is free as soon as its process is killed, with all that was acknowledged in it', async () => {
    const path = temporaryFolder();
    for (const round of [1, 2]) {
      const { child, said } = otherProcess(path);
      expect((await said.next()).value).toBe('open');
      let acknowledged = 0;
      while (acknowledged < round * 40) acknowledged = Number((await said.next()).value);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      for await (const line of said) acknowledged = Number(line);
      const database = await openOwned({ kind: 'folder', path });
      const [row] = await database.asOwner('select failures from registry.code_failures');
      expect(Number(row?.['failures'])).toBeGreaterThanOrEqual(acknowledged);
      await postgresCodeFailures(database).clear(branded<Mac>('nik'));
      await database.close();
    }
  });

  it('is left without a database by a start that fails half-way, and with one by the next', async () => {
    const path = temporaryFolder();
    const failing = { key: 'failing', fill: () => Promise.reject(new Error('half-way')) };
    await expect(openDatabase({ kind: 'folder', path }, { seed: failing })).rejects.toThrow('half-way');
    expect(existsSync(join(path, 'database'))).toBe(false);
    writeFileSync(join(path, 'database-left-behind'), '');
    const database = await openOwned({ kind: 'folder', path });
    await database.close();
    expect(readdirSync(path).sort()).toEqual(['database', 'lock']);
  });
});

describe('a finished database that is kept for the next start', () => {
  const seed = demoSeed(registryDay);

  it('serves many starts at the same time, and no half of it is ever seen', async () => {
    const kept = temporaryFolder();
    const databases = await Promise.all([1, 2].map(() => openDatabase({ kind: 'memory' }, { seed, templates: kept })));
    for (const database of databases) {
      await database.ready();
      await database.close();
    }
    const files = readdirSync(kept);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^database-[0-9a-f]{32}\.tar$/);
  });

  it('is built again when it is damaged', async () => {
    const kept = temporaryFolder();
    const open = () => openDatabase({ kind: 'memory' }, { seed, templates: kept });
    await (await open()).close();
    const [name = ''] = readdirSync(kept);
    const file = join(kept, name);
    const whole = readFileSync(file).length;
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    const database = await open();
    await database.ready();
    await database.close();
    expect(readFileSync(file).length).toBeGreaterThan(whole / 2);
  });

  it('is done without where it cannot be written', async () => {
    const nowhere = join(temporaryFolder(), 'file');
    writeFileSync(nowhere, '');
    const database = await openDatabase({ kind: 'memory' }, { seed, templates: nowhere });
    await database.ready();
    await database.close();
    expect(readFileSync(nowhere, 'utf8')).toBe('');
  });
});
