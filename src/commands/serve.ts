import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../backends/postgres/database.ts';
import { httpSms } from '../backends/sms/http.ts';
import { screenSms } from '../backends/sms/screen.ts';
import { systemClock } from '../backends/system/clock.ts';
import { conversationAt } from '../backends/system/conversation-id.ts';
import { keysFrom } from '../backends/system/keys.ts';
import { systemRandom } from '../backends/system/random.ts';
import type { Bot, Intake } from '../bots/bot.ts';
import { type WebBot, webBot } from '../bots/web/web.ts';
import type { Config } from '../config.ts';
import type { Outcome } from '../core/conversation/converse.ts';
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { httpServer, listen } from '../http.ts';
import { type Log, openLog } from '../log.ts';
import { assistant } from './assistant.ts';
import { shownMembers } from './demo.ts';
import { onFault, onLeaving } from './leaving.ts';
import { configFor, databaseOf, secretOf } from './open.ts';
import { serverLog } from './server-log.ts';
import { watchInto } from './watch.ts';

/** Turns under way get this long to come to their end when the program stops, in milliseconds. */
const turnGrace = 700;

/** A start that takes longer than this says what it is doing, in milliseconds. */
const silentStart = 1_500;

interface Running {
  readonly database: Database;
  readonly engine: Engine;
}

/** Serves the web page until a signal ends it. */
export async function serve(): Promise<void> {
  const clock = systemClock();
  const started = clock.now();
  const config = configFor({ database: 'folder', logLevel: process.stderr.isTTY ? 'warn' : 'info' });
  const log = openLog(config.logLevel);
  onFault(log);
  const keys = keysFrom(secretOf(config));

  // Listening begins before the database is open, so that health is told from the start; what members write meanwhile
  // waits for it.
  const parts = Promise.withResolvers<Running>();
  let running: Running | null = null;
  const intake: Intake = {
    conversationAt: (address) => conversationAt(keys, address),
    accept: async (inbound) => (await parts.promise).engine.accept(inbound),
  };
  const demo = config.demo ? { members: () => shownMembers(clock.now()) } : null;
  const web = webBot({ intake, clock, random: systemRandom(), demo });
  const app = httpServer({
    ready: {
      database: async () => {
        await running?.database.ready();
        return running !== null;
      },
    },
    log: serverLog(log),
    trustProxy: config.proxies.length > 0 && config.proxies,
  });
  await app.register(web.routes);

  onLeaving(async (signal) => {
    const since = clock.now();
    log.info({ code: 'server.stopping', signal });
    const closed = app.close();
    if (running) {
      await Promise.race([running.engine.stop(), pause(turnGrace)]);
      await running.database.close();
    }
    await closed;
    log.info({ code: 'server.stopped', milliseconds: clock.now() - since });
  });

  const address = await listen(app, config);
  log.info({ code: 'server.listening', port: Number(new URL(address).port) });
  const notice = setTimeout(() => print('Preparing the database …'), silentStart);
  const database = await databaseOf(config, clock);
  clearTimeout(notice);
  running = {
    database,
    engine: assistant({
      database,
      keys,
      clock,
      bots: new Map<string, Bot>([[web.channel, web]]),
      sms: config.smsUrl === null ? screenSms((sms) => web.showSms?.(sms)) : httpSms({ url: config.smsUrl }),
      watch: watching(web, log),
    }),
  };
  parts.resolve(running);
  log.info({ code: 'server.ready', milliseconds: clock.now() - started, demo: config.demo });
  welcome(address, config);
}

/** A page whose member has logged out shows nothing of them any more, except the goodbye that follows. */
function watching(web: WebBot, log: Log): (event: EngineEvent<Outcome>) => void {
  const watch = watchInto(log);
  return (event) => {
    watch(event);
    if (event.kind === 'committed' && event.outcome.intent === 'logout' && event.inbound.from.channel === web.channel) {
      web.forget(event.inbound.from);
    }
  };
}

function welcome(address: string, { demo, smsUrl }: Config): void {
  print(`Jamsostek Chat: ${address}`);
  if (demo) print('This is a demo: its members are invented. The page lists them, and so does "npm run members".');
  if (smsUrl === null) print('SMS are not sent: the page shows them on the phone beside the chat.');
  print('Ctrl-C stops.');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
