import { createInterface } from 'node:readline';
import type { AuditHead } from '../backends/audit/chain.ts';
import { verifyAudit } from '../backends/audit/verify.ts';
import { type AuditFilter, type AuditTable, auditTable, type FoundRow } from '../backends/postgres/audit.ts';
import type { Database } from '../backends/postgres/database.ts';
import { postgresRegistry } from '../backends/postgres/registry.ts';
import { systemClock } from '../backends/system/clock.ts';
import { keysFrom } from '../backends/system/keys.ts';
import { type Nik, readNik } from '../core/jamsostek/nik.ts';
import { type Keys, Unavailable } from '../core/services.ts';
import { hour } from '../core/time.ts';
import type { AuditOptions } from './audit-options.ts';
import { CannotStart } from './cannot-start.ts';
import { configFor, databaseOf, secretOf } from './open.ts';

/** Shows the newest entries of the audit log, or verifies all of it; ends with 1 when it does not hold. */
export async function audit(options: AuditOptions): Promise<void> {
  const nik = options.member ? await nikFrom(process.stdin) : null;
  const config = configFor({ database: 'folder', logLevel: 'error' });
  const keys = keysFrom(secretOf(config));
  const database = await databaseOf(config, systemClock());
  try {
    if (options.verify) await verify(database, keys, options.head);
    else await show(database, keys, options, nik);
  } catch (error) {
    if (error instanceof Unavailable) throw new CannotStart('The database does not answer: try again later.');
    throw error;
  } finally {
    await database.close();
  }
}

async function verify(database: Database, keys: Keys, known: AuditHead | null): Promise<void> {
  const found = await verifyAudit({ table: auditTable(database), keys, known });
  if (found.is === 'whole') {
    const { seq, hash } = found.head;
    print(
      seq === 0 ? 'The audit log is empty.' : `The audit log is whole: ${entries(seq)}. Its head is ${seq}:${hash}`,
    );
  } else if (found.is === 'broken') {
    print(`The audit log is broken at entry ${found.seq}: from there on nothing can be believed. See docs/audit.md.`);
    process.exitCode = 1;
  }
}

async function show(
  database: Database,
  keys: Keys,
  { json, most, filter }: AuditOptions,
  nik: Nik | null,
): Promise<void> {
  const member = nik === null ? null : await postgresRegistry(database).memberByNik(nik);
  if (nik !== null && member === null) throw new CannotStart('No member has this NIK.');
  const rows = await newest(
    auditTable(database),
    { ...filter, ...(member && { member: keys.mac('audit', member.ref) }) },
    most,
  );
  if (json) for (const row of rows) print(JSON.stringify(lineOf(row)));
  else if (rows.length > 0) print(tableOf(rows).join('\n'));
  if (rows.length === 0) {
    (json ? process.stderr : process.stdout).write('There is no such entry in the audit log.\n');
  }
}

/** Rows asked for by one statement. */
const pageSize = 1_000;

/** The newest first. */
async function newest(table: AuditTable, filter: AuditFilter, most: number): Promise<readonly FoundRow[]> {
  const rows: FoundRow[] = [];
  for (;;) {
    const asked = Math.min(pageSize, most - rows.length);
    const page = await table.newest(rows.at(-1)?.seq ?? null, filter, asked);
    rows.push(...page);
    if (page.length < asked || rows.length >= most) return rows;
  }
}

/** All that there is of an entry: digests lead from one to the others of the same member, chat or message. */
function lineOf({ seq, at, act, detail, member, channel, conversation, hash }: FoundRow) {
  return { seq, at: isoTime(at), act, detail, member, channel, conversation, hash };
}

/** Characters of a digest that tell a few hundred apart. */
const shown = 8;

function tableOf(rows: readonly FoundRow[]): readonly string[] {
  const table = [
    ['entry', 'time (WIB)', 'act', 'detail', 'member', 'channel', 'chat'],
    ...rows.map(({ seq, at, act, detail, member, channel, conversation }) =>
      [
        String(seq),
        inJakarta(at),
        act,
        detail,
        member?.slice(0, shown) ?? '–',
        channel,
        conversation.slice(0, shown),
      ].map(plain),
    ),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What somebody has put in may be no time at all. */
function isoTime(at: string): string {
  const time = new Date(Number(at));
  return Number.isNaN(time.getTime()) ? at : time.toISOString();
}

/** Western Indonesian Time, to the second. */
function inJakarta(at: string): string {
  const time = new Date(Number(at) + 7 * hour);
  return Number.isNaN(time.getTime()) ? at : time.toISOString().slice(0, 19).replace('T', ' ');
}

/** Whoever can change the table must not steer the terminal of who looks at it. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

/** What stands on the first line. */
async function nikFrom(input: NodeJS.ReadStream): Promise<Nik> {
  for await (const line of createInterface({ input })) {
    const nik = readNik(line);
    if (nik.ok) return nik.value;
    break;
  }
  throw new CannotStart('--member takes a NIK of 16 digits on the standard input.');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
