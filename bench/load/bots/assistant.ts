/** The product, complete, behind a webhook. */
import { auditLog } from '../../../src/backends/audit/log.ts';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { memoryLogins } from '../../../src/backends/memory/logins.ts';
import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { auditTable } from '../../../src/backends/postgres/audit.ts';
import { postgresBlocks } from '../../../src/backends/postgres/blocks.ts';
import { postgresChats } from '../../../src/backends/postgres/chats.ts';
import { postgresConsents } from '../../../src/backends/postgres/consents.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { redisAdmissions } from '../../../src/backends/redis/admissions.ts';
import { redisBreaker } from '../../../src/backends/redis/breaker.ts';
import { serverClock, syncClock } from '../../../src/backends/redis/clock.ts';
import { redisLogins } from '../../../src/backends/redis/logins.ts';
import { openStore } from '../../../src/backends/redis/store.ts';
import { systemClock } from '../../../src/backends/system/clock.ts';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom, sealingKeyFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import type { Intake } from '../../../src/bots/bot.ts';
import { codesThrough } from '../../../src/bots/sms/codes.ts';
import { templateGateway } from '../../../src/bots/sms/gateways/template.ts';
import { openTelegram } from '../../../src/bots/telegram/telegram.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import { understanding } from '../../../src/commands/open.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import { watchInto } from '../../../src/commands/watch.ts';
import { conversation, type Outcome } from '../../../src/core/conversation/converse.ts';
import { type Clock, noMisses, type Services } from '../../../src/core/services.ts';
import type { Engine, Work } from '../../../src/engine/engine.ts';
import { memoryEngine } from '../../../src/engine/memory.ts';
import { redisEngine } from '../../../src/engine/redis.ts';
import { codeLane, noticeLane } from '../../../src/engine/sends.ts';
import { httpServer } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';
import { metrics } from '../../../src/metrics/metrics.ts';
import { botToken, webhookSecret } from '../dialogue.ts';
import { serveBot, settings } from './bot-process.ts';
import { registryInMemory } from './registry.ts';

const secret = 'a secret of the benchmark, as long as one has to be';
const keys = keysFrom(secret);
const timer = systemTimer();
const random = systemRandom();
const intake: Intake = {
  conversationAt: (address) => conversationAt(keys, address),
  accept: (inbound) => engine.accept(inbound),
};
const telegram = openTelegram(
  {
    token: botToken,
    root: settings.api,
    webhook: { url: 'https://bot.example/telegram/webhook', secret: webhookSecret },
  },
  {
    intake,
    clock: systemClock(),
    timer,
    random,
    owning: { own: () => ({ isOwner: () => false, stop: async () => undefined }) },
    admissions: memoryAdmissions(),
    progress: memoryProgress(),
    works: true,
    secret: () => webhookSecret,
    report: () => undefined,
    show: () => undefined,
  },
);
const sms = codesThrough(templateGateway({ url: `${settings.api}/sms?to={to}&text={text}` }));

const members =
  settings.database === undefined ? registryInMemory(settings.members) : await membersInPostgres(settings.database);

async function membersInPostgres(
  url: string,
): Promise<Pick<Services, 'registry' | 'failures' | 'consents' | 'audit' | 'chats' | 'blocks'>> {
  const database = await openDatabase({ kind: 'server', url });
  return {
    registry: postgresRegistry(database),
    failures: postgresCodeFailures(database),
    consents: postgresConsents(database),
    audit: auditLog({ table: auditTable(database), keys }),
    chats: postgresChats(database),
    blocks: postgresBlocks(database),
  };
}

function work(clock: Clock, limits: Pick<Services, 'admissions' | 'breaker' | 'logins'>): Work<Outcome> {
  const services: Services = {
    clock,
    random,
    keys,
    ...members,
    ...limits,
    misses: noMisses,
    offices: shippedOffices(),
    documents: directDocuments,
    verification: { addressOf: () => null },
  };
  const logged = watchInto(openLog('info'), clock);
  const counted = metrics({ channels: [telegram.channel], backlog: async () => null, links: () => ({}) });
  return {
    ...conversation(services, understanding()),
    send: async (effect, key, conversation) =>
      effect.kind === 'sms'
        ? sms(effect.to, effect.text, effect.conversation, key)
        : telegram.send(effect.to, effect.reply, conversation, key),
    watch: (event) => {
      logged(event);
      counted.watch(event);
    },
  };
}

async function engineOnRedis(): Promise<Engine> {
  const ring = [sealingKeyFrom(secret)];
  const store = openStore({ url: settings.redis });
  const clock = serverClock();
  await syncClock(store, clock);
  // As the operator can: so many codes at once would open the breaker.
  await store.client.set(`${store.prefix}:{limits}:breaker:held`, 'closed');
  const limits = { admissions: redisAdmissions(store), breaker: redisBreaker(store), logins: redisLogins(store) };
  return redisEngine(work(clock, limits), {
    store,
    clock,
    timer,
    random,
    sealing: sealing(() => ring),
    turns: true,
    sends: [telegram.channel, codeLane, noticeLane],
  });
}

function engineInMemory(): Engine {
  const clock = systemClock();
  const standing = async () => ({ is: 'closed' }) as const;
  const breaker = { standing, count: async () => undefined };
  return memoryEngine(work(clock, { admissions: memoryAdmissions(), breaker, logins: memoryLogins() }), {
    clock,
    timer,
  });
}

const engine = settings.engine === 'redis' ? await engineOnRedis() : engineInMemory();

const app = httpServer({ ready: {}, log: serverLog(openLog('info')), trustProxy: false });
if (telegram.routes) await app.register(telegram.routes);
await app.ready();
serveBot((request, response) => app.routing(request, response));
