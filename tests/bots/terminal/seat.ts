import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { auditLog } from '../../../src/backends/audit/log.ts';
import { demoSeed } from '../../../src/backends/demo/seed.ts';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { auditTable } from '../../../src/backends/postgres/audit.ts';
import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { screenSms } from '../../../src/backends/sms/screen.ts';
import { movableClock } from '../../../src/backends/system/clock.ts';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { screenView } from '../../../src/bots/terminal/screen.ts';
import { talk } from '../../../src/bots/terminal/talk.ts';
import { personAt, terminalBot } from '../../../src/bots/terminal/terminal.ts';
import { words } from '../../../src/bots/terminal/words.ts';
import { assistant } from '../../../src/commands/assistant.ts';
import { shownMembers } from '../../../src/commands/demo.ts';
import { memoryGround } from '../../../src/commands/ground.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import { dayInJakarta } from '../../../src/core/jamsostek/month.ts';
import type { Language } from '../../../src/core/language.ts';
import { verificationAt } from '../../../src/verification/verification.ts';

const now = Date.parse('2026-11-22T03:00:00Z');

/** A terminal's screen that can be read, and its colours with it. */
class ReadableScreen extends Writable {
  readonly isTTY: boolean;
  readonly columns: number;
  raw = '';

  constructor(isTTY: boolean, columns: number) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.raw += chunk.toString();
    this.emit('written');
    done();
  }
}

export interface SeatOptions {
  readonly language?: Language;
  readonly member?: string;
  readonly demo?: boolean;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A person in front of a terminal, with the real assistant behind it and a clock that stands still. */
export async function takeSeat({ language = 'en', member, demo = true, isTTY = true, columns = 80 }: SeatOptions = {}) {
  const input = new PassThrough();
  const screen = new ReadableScreen(isTTY, columns);
  const clock = movableClock({ now: () => now });
  const keys = keysFrom('a secret of the tests, long enough');
  const tongue = { now: language };
  const view = screenView(screen, () => words[tongue.now]);
  const bot = terminalBot(view);
  const database = await openDatabase(
    { kind: 'memory' },
    { seed: demoSeed(dayInJakarta(now)), templates: `${import.meta.dirname}/../../../.cache` },
  );
  const engine = assistant({
    database,
    audit: auditLog({ table: auditTable(database), keys }),
    keys,
    ground: memoryGround(clock),
    bots: [bot],
    sms: screenSms(view.sms),
    keepMisses: false,
    offices: shippedOffices(),
    documents: directDocuments,
    verification: verificationAt(null, keys),
    watch: () => undefined,
  });
  const other = {
    intake: {
      conversationAt: (address: Parameters<typeof bot.send>[0]) => conversationAt(keys, address),
      accept: engine.accept.bind(engine),
    },
    settled: async () => {
      await engine.idle();
      return { state: 'idle', intent: 'none', language } as const;
    },
    advance: (milliseconds: number) => clock.advance(milliseconds),
  };
  const members = demo ? shownMembers(now) : [];
  const leave = new AbortController();
  const left = talk({
    input,
    screen,
    assistant: other,
    person: personAt('seat', other),
    tongue,
    members,
    leave: leave.signal,
    languageHint: language,
    ...(member !== undefined && { member }),
  });

  const prompts = () => screen.raw.split(/(?:you|Anda) ›/u).length - 1;
  return {
    members,
    clock,
    /** What the screen has shown, with its colours. */
    raw: () => screen.raw,
    /** Types a line, and resolves to what came until the next prompt. */
    async says(line: string): Promise<string> {
      const from = screen.raw.length;
      const before = prompts();
      input.write(`${line}\r`);
      while (prompts() === before) await new Promise((resolve) => screen.once('written', resolve));
      return stripVTControlCharacters(screen.raw.slice(from)).replaceAll('\r', '');
    },
    /** Presses keys and resolves when the person has left. */
    async presses(keys: string): Promise<void> {
      input.write(keys);
      await left;
    },
    /** Ends the input, or leaves as a signal does. */
    async leaves(how: 'end' | 'signal' = 'end'): Promise<void> {
      if (how === 'end') input.end();
      else leave.abort();
      await left;
    },
    async clear(): Promise<void> {
      leave.abort();
      await engine.stop();
      await database.close();
    },
  };
}
