import { setTimeout as pause } from 'node:timers/promises';
import type { AuditLog } from '../backends/audit/log.ts';
import { type WorkerDocuments, workerDocuments } from '../backends/documents/documents.ts';
import type { Database } from '../backends/postgres/database.ts';
import type { Schedule } from '../backends/scheduled-job.ts';
import { screenSms } from '../backends/sms/screen.ts';
import { systemClock } from '../backends/system/clock.ts';
import { conversationAt } from '../backends/system/conversation-id.ts';
import { systemRandom } from '../backends/system/random.ts';
import type { Intake, ShownSms } from '../bots/bot.ts';
import type { Channel, ChannelEvent } from '../bots/channel.ts';
import { codesThrough } from '../bots/sms/codes.ts';
import { gatewayFor } from '../bots/sms/gateways/gateways.ts';
import { webBot, webChannel } from '../bots/web/web.ts';
import type { Config } from '../config.ts';
import type { Outcome } from '../core/conversation/converse.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { httpServer, listen } from '../http.ts';
import { openLog } from '../log.ts';
import { verificationRoutes } from '../verification/routes.ts';
import { verificationAt } from '../verification/verification.ts';
import { assistant } from './assistant.ts';
import { auditOf, spoolOf } from './audit-log.ts';
import { openChannels } from './channels.ts';
import { shownMembers } from './demo.ts';
import { onFault, onLeaving } from './leaving.ts';
import { serveMetrics } from './metrics-server.ts';
import { nightlyJobs, watchJobs } from './nightly.ts';
import { officesOf } from './offices.ts';
import { configFor, databaseOf, groundOf, secretOf, secretsOf } from './open.ts';
import { serverLog } from './server-log.ts';
import { watchChannels, watchInto } from './watch.ts';

/** A start that takes longer than this says what it is doing, in milliseconds. */
const silentStart = 1_500;

type Watch = (event: EngineEvent<Outcome>) => void;

interface Running {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly documents: WorkerDocuments;
  readonly engine: Engine;
  readonly nightly: Schedule | null;
}

/** Serves the web page and these channels, answers messages, or both, as the settings say, until a signal ends it. */
export async function serve(known: readonly Channel[]): Promise<void> {
  const started = systemClock().now();
  const config = configFor({ database: 'folder', logLevel: process.stderr.isTTY ? 'warn' : 'info' }, known);
  const log = openLog(config.logLevel);
  onFault(log);
  const secret = secretOf(config);
  const secrets = secretsOf(config, secret, log);
  const { keys } = secrets;
  const channels = [webChannel, ...config.channels.map(({ name }) => name)];
  const ground = await groundOf(config, { ...secrets, channels });
  const spool = spoolOf(config, secrets.sealing);
  if (config.redis && config.durability === 'none') log.warn({ code: 'store.volatile' });
  const { clock } = ground;

  // Listening begins before the database is open, so that health is told from the start; what members write meanwhile
  // waits for it.
  const parts = Promise.withResolvers<Running>();
  let running: Running | null = null;
  const intake: Intake = {
    conversationAt: (address) => conversationAt(keys, address),
    accept: async (inbound) => (await parts.promise).engine.accept(inbound),
  };
  const demo = config.demo ? { members: () => shownMembers(clock.now()) } : null;
  const reports: ((event: ChannelEvent) => void)[] = [watchChannels(log, clock)];
  const open = await openChannels(config, {
    intake,
    ground,
    secret,
    report: (event) => {
      for (const report of reports) report(event);
    },
    show: print,
  });
  const links = () => Object.fromEntries(open.map((bot) => [bot.channel, bot.standing()]));
  const web = webBot({ intake, clock, random: systemRandom(), log: ground.chatLog, demo });
  const ready = {
    database: async () => {
      await running?.database.ready();
      return running !== null;
    },
    ...(ground.flows && { flow: ground.flows }),
  };
  const app = httpServer({
    ready,
    ...(open.length > 0 && { channels: links }),
    log: serverLog(log),
    trustProxy: config.proxies.length > 0 && config.proxies,
  });
  if (config.roles.includes('web')) {
    for (const { routes } of [web, ...open]) if (routes) await app.register(routes);
    const { admissions } = ground.limits;
    await app.register(verificationRoutes({ keys, clock, random: systemRandom(), admissions }));
  }
  const metrics = await serveMetrics({
    place: config.metrics,
    channels,
    backlog: async () => (await running?.engine.backlog?.()) ?? null,
    links,
    ready,
    log,
  });
  reports.push(metrics.report);

  onLeaving(async (signal) => {
    const since = clock.now();
    log.info({ code: 'server.stopping', signal });
    const closed = Promise.all([app.close(), metrics.close()]);
    // What channels have taken is still answered, so they let go of their platforms only after the engine has stopped.
    const stopped = Promise.all(open.map((bot) => bot.stop()));
    if (running) {
      const { engine, nightly } = running;
      const ended = stopped.then(() => Promise.all([engine.stop(), nightly?.stop()]));
      await Promise.race([ended, pause(ground.grace)]);
      await running.documents.close();
      await running.database.close();
      // What had not come through by then goes to the disk.
      await running.audit.close();
    }
    await Promise.all([closed, ...open.map((bot) => bot.close())]);
    await ground.close();
    log.info({ code: 'server.stopped', milliseconds: clock.now() - since });
  });

  // Who writes on another channel has no page with a phone beside it.
  const shownSms = async (sms: ShownSms) => {
    if (open.length > 0) print(`SMS to ${sms.phone}: ${sms.text}`);
    await web.showSms?.(sms);
  };

  const address = await listen(app, config);
  log.info({ code: 'server.listening', port: Number(new URL(address).port) });
  const notice = setTimeout(() => print('Preparing the database …'), silentStart);
  const database = await databaseOf(config, clock);
  clearTimeout(notice);
  const audit = auditOf(database, { keys, spool, log });
  const nightly = config.roles.includes('worker')
    ? await ground.schedule(nightlyJobs({ database, audit, keys, log }), watchJobs(log))
    : null;
  const documents = workerDocuments();
  running = {
    database,
    audit,
    documents,
    nightly,
    engine: assistant({
      database,
      audit,
      keys,
      ground,
      bots: [web, ...open],
      sms: config.sms === null ? screenSms(shownSms) : codesThrough(gatewayFor(config.sms)),
      keepMisses: config.keepMisses,
      offices: officesOf(config.officesFile, log),
      documents,
      verification: verificationAt(config.publicUrl, keys),
      watch: toAll([watchInto(log, clock), metrics.watch]),
    }),
  };
  parts.resolve(running);
  for (const bot of open) bot.start?.();
  log.info({ code: 'server.ready', milliseconds: systemClock().now() - started, demo: config.demo });
  welcome(address, config);
}

function toAll(watchers: readonly Watch[]): Watch {
  return (event) => {
    for (const watch of watchers) watch(event);
  };
}

function welcome(address: string, { demo, sms, roles, channels }: Config): void {
  if (!roles.includes('web')) {
    print(`Jamsostek Chat answers messages. Its health: ${address}/readyz`);
    return;
  }
  print(`Jamsostek Chat: ${address}`);
  if (demo) print('This is a demo: its members are invented. The page lists them, and so does "npm run members".');
  if (sms === null) {
    print('SMS are not sent: the page shows them on the phone beside the chat.');
    if (channels.length > 0) print('For members on other channels they are shown here.');
  }
  print('Ctrl-C stops.');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
