import { afterAll, beforeAll } from 'vitest';
import { postgresBlocks } from '../../../src/backends/postgres/blocks.ts';
import { postgresChats } from '../../../src/backends/postgres/chats.ts';
import { postgresConsents } from '../../../src/backends/postgres/consents.ts';
import { postgresCodeFailures } from '../../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { chatsContract } from '../../contracts/chats.ts';
import { consentsContract, keptConsent } from '../../contracts/consents.ts';
import { codeFailuresContract } from '../../contracts/failures.ts';
import { registryContract } from '../../contracts/registry.ts';
import { type PostgresServer, startPostgres } from '../../servers/postgres.ts';
import { kinds, openOwned } from './places.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const keptConsents = `
  select conversation, channel, notice, language, text_digest as "textDigest", given,
    (extract(epoch from at) * 1000)::float8 as at
  from registry.consents order by at`;

for (const { name, place } of kinds) {
  registryContract(name, async () => {
    const database = await openOwned(await place(server));
    return { registry: postgresRegistry(database), close: () => database.close() };
  });

  codeFailuresContract(name, async () => {
    const database = await openOwned(await place(server));
    return { failures: postgresCodeFailures(database), close: () => database.close() };
  });

  chatsContract(name, async () => {
    const database = await openOwned(await place(server));
    return {
      chats: postgresChats(database),
      blocks: postgresBlocks(database),
      consents: postgresConsents(database),
      setPhone: async (member, phone) =>
        void (await database.asOwner(`update registry.members set phone = '${phone}' where ref = '${member}'`)),
      close: () => database.close(),
    };
  });

  consentsContract(name, async () => {
    const database = await openOwned(await place(server));
    return {
      consents: postgresConsents(database),
      kept: async () => keptConsent.array().parse(await database.asOwner(keptConsents)),
      close: () => database.close(),
    };
  });
}
