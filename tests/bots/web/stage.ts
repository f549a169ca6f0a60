import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import type { Intake } from '../../../src/bots/bot.ts';
import type { ChatLog } from '../../../src/bots/web/chat-log.ts';
import { memoryChatLog } from '../../../src/bots/web/memory-chat-log.ts';
import { type DemoMemberRow, type WebBot, webBot } from '../../../src/bots/web/web.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import type { Inbound } from '../../../src/core/inbound.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import type { Choice, Reply } from '../../../src/core/reply.ts';
import type { SendResult } from '../../../src/core/sending.ts';
import { type Clock, turnId } from '../../../src/core/services.ts';
import { type HttpOptions, httpServer, listen } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';

/** What the stand-in for the assistant answers to an inbound: any number of replies. */
export type Script = (inbound: Inbound) => readonly Reply[];

export interface StageOptions {
  readonly demo?: boolean;
  readonly script?: Script;
  readonly trustProxy?: boolean;
  readonly timeouts?: HttpOptions['timeouts'];
  readonly ready?: HttpOptions['ready'];
  /** What its chats show; a log of its own when not said. */
  readonly log?: ChatLog;
  /** Another process, which answers what this one takes. */
  readonly answeredBy?: Stage;
}

const demoRows: readonly DemoMemberRow[] = [
  { nik: '3273014107900001', name: 'Rekaan Satu', scenario: 'one KPJ' },
  { nik: '3273014107900002', name: 'Rekaan Dua', scenario: 'several KPJ' },
  { nik: '3273014107900003', name: '<b>Rekaan</b> Tiga', scenario: 'something new' },
];

/** The real page, bot and server, with a stand-in for the assistant that answers by a script. */
export class Stage {
  /** What came in and was taken, in order. */
  readonly taken: Inbound[] = [];
  /** What the next messages are met with instead of being taken; one that `dies` is taken, but nobody says so. */
  readonly trouble: ('full' | 'throws' | 'dies')[] = [];
  readonly logged: string[] = [];
  readonly clock: Clock & { time: number } = {
    time: Date.UTC(2026, 9, 31, 2),
    now() {
      return this.time;
    },
  };
  readonly bot: WebBot;
  readonly app: ReturnType<typeof httpServer>;
  url = '';
  readonly #script: Script;
  readonly #answering: Stage;
  #said = 0;

  private constructor({ demo, script, trustProxy, timeouts, ready, log, answeredBy }: StageOptions) {
    this.#script = script ?? echo;
    this.#answering = answeredBy ?? this;
    const keys = keysFrom('a secret for tests only');
    const intake: Intake = {
      conversationAt: (address) => conversationAt(keys, address),
      accept: (inbound) => this.#accept(inbound),
    };
    this.bot = webBot({
      intake,
      clock: this.clock,
      random: systemRandom(),
      log: log ?? memoryChatLog({ clock: this.clock, random: systemRandom() }),
      demo: demo === true ? { members: () => demoRows } : null,
    });
    this.app = httpServer({
      ready: ready ?? {},
      log: serverLog(openLog('debug', { write: (line) => void this.logged.push(line) })),
      trustProxy: trustProxy ?? false,
      ...(timeouts === undefined ? {} : { timeouts }),
    });
    this.app.register(this.bot.routes);
  }

  /** Ready for `app.inject`, with no port. */
  static async indoors(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options);
    await stage.app.ready();
    return stage;
  }

  /** On a free port of this machine, or on the one that is named. */
  static async open(options: StageOptions = {}, port = 0): Promise<Stage> {
    const stage = new Stage(options);
    stage.url = await listen(stage.app, { host: '127.0.0.1', port });
    return stage;
  }

  /** One more reply to whoever wrote last. */
  async say(answer: Reply): Promise<void> {
    const last = this.last();
    await this.send(last, answer, `more ${(this.#said += 1)}`);
  }

  /** Sends one reply to an inbound, as the outbox does. */
  send({ id, from, conversation }: Inbound, answer: Reply, place: number | string): Promise<SendResult> {
    return this.bot.send(from, answer, conversation, `${turnId(conversation, id)}/${place}`);
  }

  /** An SMS to whoever wrote last. */
  async text(text: string): Promise<void> {
    await this.bot.showSms?.({
      conversation: this.last().conversation,
      phone: phoneSchema.parse('+6281234567890'),
      text,
    });
  }

  /** What members wrote, in the order in which it was taken. */
  get words(): string[] {
    return this.taken.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  async #accept(inbound: Inbound): Promise<'taken' | 'duplicate' | 'full'> {
    const trouble = this.trouble.shift();
    if (trouble === 'throws') throw new Error(`cannot keep ${JSON.stringify(inbound.content)}`);
    if (trouble === 'full') return 'full';
    if (this.taken.some(({ id, from }) => id === inbound.id && from.chat === inbound.from.chat)) return 'duplicate';
    this.taken.push(inbound);
    // The answer may well be there before the page's request is answered.
    for (const [place, answer] of this.#script(inbound).entries()) void this.#answering.send(inbound, answer, place);
    if (trouble === 'dies') throw new Error('gone');
    return 'taken';
  }

  /** What came in last. */
  last(): Inbound {
    const last = this.taken.at(-1);
    if (last === undefined) throw new Error('Nobody has written yet');
    return last;
  }
}

/** Says again what the member says. */
const echo: Script = ({ content }) => [reply(content.kind === 'text' ? `echo ${content.text}` : content.kind)];

/** The same, and logs out whoever says "keluar". */
export const loggingOut: Script = (inbound) =>
  inbound.content.kind === 'text' && inbound.content.text === 'keluar'
    ? [{ ...reply('sampai jumpa'), forgets: true }]
    : echo(inbound);

export function reply(text: string, choices: readonly Choice[] = []): Reply {
  return { language: 'id', text, choices, personal: false };
}
