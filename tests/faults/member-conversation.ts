import { auditLog } from '../../src/backends/audit/log.ts';
import { directDocuments } from '../../src/backends/documents/direct.ts';
import { auditTable } from '../../src/backends/postgres/audit.ts';
import { postgresBlocks } from '../../src/backends/postgres/blocks.ts';
import { postgresChats } from '../../src/backends/postgres/chats.ts';
import { postgresConsents } from '../../src/backends/postgres/consents.ts';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../src/backends/postgres/registry.ts';
import { redisAdmissions } from '../../src/backends/redis/admissions.ts';
import { redisBreaker } from '../../src/backends/redis/breaker.ts';
import type { ServerClock } from '../../src/backends/redis/clock.ts';
import { redisLogins } from '../../src/backends/redis/logins.ts';
import type { Store } from '../../src/backends/redis/store.ts';
import { shippedOffices } from '../../src/commands/offices.ts';
import { understanding } from '../../src/commands/open.ts';
import { conversation, type Outcome } from '../../src/core/conversation/converse.ts';
import { type Keys, noMisses, type Random } from '../../src/core/services.ts';
import type { Work } from '../../src/engine/engine.ts';

interface World {
  readonly clock: ServerClock;
  readonly random: Random;
  readonly keys: Keys;
  readonly store: Store;
  /** Told whenever a code is compared. */
  told(): void;
}

/** The real conversation, with the members of the database at this address. */
export async function memberConversation(
  url: string,
  { clock, random, keys, store, ...world }: World,
): Promise<Pick<Work<Outcome>, 'turn' | 'giveUp'>> {
  const database = await openDatabase({ kind: 'server', url });
  const services = {
    clock,
    random,
    keys: {
      mac: (...asked: Parameters<Keys['mac']>) => keys.mac(...asked),
      same: (...asked: Parameters<Keys['same']>) => {
        world.told();
        return keys.same(...asked);
      },
    },
    registry: postgresRegistry(database),
    failures: postgresCodeFailures(database),
    consents: postgresConsents(database),
    audit: auditLog({ table: auditTable(database), keys }),
    chats: postgresChats(database),
    blocks: postgresBlocks(database),
    misses: noMisses,
    offices: shippedOffices(),
    documents: directDocuments,
    verification: { addressOf: () => null },
    admissions: redisAdmissions(store),
    breaker: redisBreaker(store),
    logins: redisLogins(store),
  };
  return conversation(services, understanding());
}
