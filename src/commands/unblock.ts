import { text } from 'node:stream/consumers';
import { auditLog } from '../backends/audit/log.ts';
import { auditTable } from '../backends/postgres/audit.ts';
import { postgresBlocks } from '../backends/postgres/blocks.ts';
import type { Database } from '../backends/postgres/database.ts';
import { postgresRegistry } from '../backends/postgres/registry.ts';
import { systemClock } from '../backends/system/clock.ts';
import { keysFrom } from '../backends/system/keys.ts';
import { systemRandom } from '../backends/system/random.ts';
import { branded } from '../core/brand.ts';
import type { ConversationId } from '../core/inbound.ts';
import type { MemberRef } from '../core/jamsostek/member.ts';
import { type Nik, readNik } from '../core/jamsostek/nik.ts';
import { type Keys, turnId, Unavailable } from '../core/services.ts';
import { CannotStart } from './cannot-start.ts';
import { configFor, databaseOf, secretOf } from './open.ts';

/** What stands in the audit log where a channel or a chat would. */
const operator = 'operator';

/**
 * Opens the access by chat of a member again who has stopped it, once they have proven who they are. The NIK is read from
 * the input, because a command line is seen by everybody on the machine. Throws {@link CannotStart} when there is no such
 * member, or the database does not answer.
 */
export async function unblock(): Promise<void> {
  const nik = readNik(await text(process.stdin));
  if (!nik.ok) throw new CannotStart('unblock reads a NIK of 16 digits from its input, and there is none.');
  const config = configFor({ database: 'folder', logLevel: 'error' });
  const keys = keysFrom(secretOf(config));
  const database = await databaseOf(config, systemClock());
  const lifted = await liftAndClose(nik.value, database, keys);
  process.stdout.write(lifted ? 'The access by chat is open again.\n' : 'The access by chat was not stopped.\n');
}

async function liftAndClose(nik: Nik, database: Database, keys: Keys): Promise<boolean> {
  try {
    const member = await postgresRegistry(database).memberByNik(nik);
    if (!member) throw new CannotStart('There is no member with this NIK.');
    const now = systemClock().now();
    const lifted = await postgresBlocks(database).lift(member.ref, now);
    if (lifted) await recordLift(member.ref, now, database, keys);
    return lifted;
  } catch (error) {
    if (error instanceof Unavailable) throw new CannotStart('The database does not answer: try again later.');
    throw error;
  } finally {
    await database.close();
  }
}

async function recordLift(member: MemberRef, at: number, database: Database, keys: Keys): Promise<void> {
  const conversation = branded<ConversationId>(operator);
  const log = auditLog({ table: auditTable(database), keys });
  await log.record([
    {
      turn: turnId(conversation, systemRandom().id()),
      act: 'access unblocked',
      detail: '',
      member: keys.mac('audit', member),
      channel: operator,
      conversation,
      at,
    },
  ]);
  await log.close();
}
