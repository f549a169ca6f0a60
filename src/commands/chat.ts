import type { AuditLog } from '../backends/audit/log.ts';
import { type WorkerDocuments, workerDocuments } from '../backends/documents/documents.ts';
import type { Database } from '../backends/postgres/database.ts';
import { screenSms } from '../backends/sms/screen.ts';
import { movableClock, systemClock } from '../backends/system/clock.ts';
import { conversationAt } from '../backends/system/conversation-id.ts';
import { keysFrom } from '../backends/system/keys.ts';
import { systemRandom } from '../backends/system/random.ts';
import { codesThrough } from '../bots/sms/codes.ts';
import { gatewayFor } from '../bots/sms/gateways/gateways.ts';
import { jsonView, playScript } from '../bots/terminal/json.ts';
import { screenView } from '../bots/terminal/screen.ts';
import { talk } from '../bots/terminal/talk.ts';
import { type Assistant, personAt, type Standing, terminalBot } from '../bots/terminal/terminal.ts';
import { words } from '../bots/terminal/words.ts';
import type { Language } from '../core/language.ts';
import type { Engine } from '../engine/engine.ts';
import { openLog } from '../log.ts';
import { verificationAt } from '../verification/verification.ts';
import { assistant } from './assistant.ts';
import { auditOf } from './audit-log.ts';
import { shownMembers } from './demo.ts';
import { memoryGround } from './ground.ts';
import { onFault, onLeaving } from './leaving.ts';
import { officesOf } from './offices.ts';
import { configFor, databaseOf, secretOf } from './open.ts';
import { watchInto } from './watch.ts';

/** How the terminal was asked for. */
export interface ChatOptions {
  /** One line of JSON for each thing done and said, for scripts. */
  readonly json: boolean;
  /** The language to begin in; the assistant still follows the member's. */
  readonly language?: Language;
  /** The NIK of a demo member whose row is shown at the start. */
  readonly member?: string;
}

/** Talks with the assistant in the terminal until the input ends, or a signal comes. */
export async function chat({ json, language, member }: ChatOptions): Promise<void> {
  const clock = movableClock(systemClock());
  const config = configFor({ database: 'memory', logLevel: 'warn' });
  const log = openLog(config.logLevel);
  onFault(log);
  const keys = keysFrom(secretOf(config));
  const hint = language === undefined ? {} : { languageHint: language };

  const { stdin, stdout } = process;
  const leave = new AbortController();
  const tongue = { now: language ?? 'id' };
  const view = json ? jsonView(stdout) : screenView(stdout, () => words[tongue.now]);
  const bot = terminalBot(view);
  let standing: Standing = { state: 'idle', intent: 'none', language: 'id' };
  const watch = watchInto(log, clock);

  // The person can begin to write while the database is still opening.
  let opened = false;
  const parts = databaseOf(config, clock).then((database) => {
    opened = true;
    const audit = auditOf(database, { keys, spool: null, log });
    const documents = workerDocuments();
    const engine = assistant({
      database,
      audit,
      keys,
      ground: memoryGround(clock),
      bots: [bot],
      sms: config.sms === null ? screenSms(view.sms) : codesThrough(gatewayFor(config.sms)),
      keepMisses: config.keepMisses,
      offices: officesOf(config.officesFile, log),
      documents,
      // The terminal serves no page that a QR code could lead to.
      verification: verificationAt(null, keys),
      watch: (event) => {
        watch(event);
        if (event.kind === 'committed') standing = event.outcome;
      },
    });
    return { database, audit, documents, engine };
  });
  const other: Assistant = {
    intake: {
      conversationAt: (address) => conversationAt(keys, address),
      accept: async (inbound) => (await parts).engine.accept(inbound),
    },
    settled: async () => {
      await (await parts).engine.idle();
      return standing;
    },
    advance: (milliseconds) => clock.advance(milliseconds),
  };
  const person = personAt(systemRandom().id(), other);

  const members = config.demo ? shownMembers(clock.now()) : [];
  const conversation = json
    ? playScript(stdin, stdout, { assistant: other, person, ...hint })
    : talk({
        input: stdin,
        screen: stdout,
        assistant: other,
        person,
        tongue,
        members,
        leave: leave.signal,
        ...hint,
        ...(member !== undefined && { member }),
      });
  const done = end(parts, conversation, leave.signal);

  // Nobody reads any more: that is the reader's way to say goodbye.
  stdout.on('error', () => process.exit(0));
  onLeaving(async () => {
    leave.abort();
    if (json) stdin.destroy();
    if (opened) await done;
  });
  await done;
}

/** Waits for the end of the conversation, then lets go of everything that it stood on. */
async function end(
  parts: Promise<{
    readonly database: Database;
    readonly audit: AuditLog;
    readonly documents: WorkerDocuments;
    readonly engine: Engine;
  }>,
  conversation: Promise<void>,
  leave: AbortSignal,
): Promise<void> {
  const talked = conversation.catch((error: unknown) => {
    // An input that is taken away in the middle complains.
    if (!leave.aborted) throw error;
  });
  const [{ database, audit, documents, engine }] = await Promise.all([parts, talked]);
  await engine.stop();
  await documents.close();
  await audit.close();
  await database.close();
}
