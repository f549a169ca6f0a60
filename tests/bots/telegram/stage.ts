import { onTestFinished } from 'vitest';
import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import type { Acceptance, Intake } from '../../../src/bots/bot.ts';
import type { ChannelEvent, OpenChannel, World } from '../../../src/bots/channel.ts';
import type { Owning } from '../../../src/bots/owning.ts';
import { telegram } from '../../../src/bots/telegram/channel.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import type { Inbound } from '../../../src/core/inbound.ts';
import type { Reply } from '../../../src/core/reply.ts';
import type { SendResult } from '../../../src/core/sending.ts';
import { turnId } from '../../../src/core/services.ts';
import { httpServer, listen } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import { eventually } from '../../eventually.ts';
import type { FakeBot } from '../../fakes/telegram/fake-bot.ts';
import { FakeTelegram } from '../../fakes/telegram/fake-telegram.ts';
import type { FakePerson } from '../../fakes/telegram/person.ts';
import { freePort } from '../../servers/process.ts';
import { alwaysOwning } from './always-owning.ts';
import { environmentOf } from './environment.ts';

export const token = '123456789:AAabcdefghijklmnopqrstuvwxyz-_12345';

/** What the stand-in for the assistant answers to an inbound: any number of replies. */
export type Script = (inbound: Inbound) => readonly Reply[];

export interface StageOptions {
  /** The same words when not said. */
  readonly script?: Script;
  readonly owning?: Owning;
  readonly works?: boolean;
  /** Serves the webhook, and has Telegram deliver there. */
  readonly webhook?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Another process for the same bot: it shares platform, time, and what was taken. */
  readonly beside?: Stage;
  /** False leaves it to the test to start the channel. */
  readonly starts?: boolean;
  /** What happens on the platform before the channel is there. */
  readonly before?: (bot: FakeBot) => void;
}

/** The stand-in for the rest of the program: keeps what comes in, and answers by a script. */
class Desk implements Intake {
  readonly taken: Inbound[];
  readonly trouble: ('full' | 'throws' | 'dies')[] = [];
  readonly results: SendResult[] = [];
  channel: OpenChannel | null = null;
  readonly #script: Script;
  readonly #keys = keysFrom('a secret for tests only');
  #answers: Promise<unknown> = Promise.resolve();

  constructor(script: Script, taken: Inbound[]) {
    this.#script = script;
    this.taken = taken;
  }

  conversationAt(address: Inbound['from']) {
    return conversationAt(this.#keys, address);
  }

  async accept(inbound: Inbound): Promise<Acceptance> {
    const trouble = this.trouble.shift();
    if (trouble === 'throws') throw new Error('It cannot be kept');
    if (trouble === 'full') return 'full';
    const known = ({ id, conversation }: Inbound) => id === inbound.id && conversation === inbound.conversation;
    if (this.taken.some(known)) return 'duplicate';
    this.taken.push(inbound);
    for (const [place, reply] of this.#script(inbound).entries()) {
      this.#answers = this.#answers.then(async () => this.results.push(await this.answer(inbound, reply, place)));
    }
    if (trouble === 'dies') throw new Error('It is gone');
    return 'taken';
  }

  answer({ id, from, conversation }: Inbound, reply: Reply, place: number): Promise<SendResult> {
    if (this.channel === null) throw new Error('There is no channel yet');
    return this.channel.send(from, reply, conversation, `${turnId(conversation, id)}/${place}`);
  }
}

/** The real channel against the platform on loopback, with a stand-in for the assistant. */
export interface Stage {
  readonly platform: FakeTelegram;
  readonly bot: FakeBot;
  readonly time: ManualTime;
  readonly channel: OpenChannel;
  /** Where Telegram delivers; empty without a webhook. */
  readonly url: string;
  /** What came in and was taken, in order, by this process and those beside it. */
  readonly taken: Inbound[];
  /** What the next inbounds are met with instead of being taken; one that `dies` is taken, but nobody says so. */
  readonly trouble: ('full' | 'throws' | 'dies')[];
  /** What the channel has reported. */
  readonly events: readonly ChannelEvent[];
  /** What became of the replies of the script. */
  readonly results: readonly SendResult[];
  /** What members wrote, in the order in which it was taken. */
  readonly words: () => string[];
  /** Sends one more reply to an inbound, as the outbox does. */
  readonly answer: (inbound: Inbound, reply: Reply, place?: number) => Promise<SendResult>;
}

/** Ready when this resolves; everything is closed when the test has finished. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { beside } = options;
  const time = beside?.time ?? new ManualTime();
  const platform = beside?.platform ?? (await FakeTelegram.start({ now: () => time.now(), webhookSecond: 5 }));
  const bot = beside?.bot ?? platform.bot(token, { username: 'jamsostek_test_bot' });
  options.before?.(bot);
  const desk = new Desk(options.script ?? echo, beside?.taken ?? []);
  const events: ChannelEvent[] = [];
  const world: World = {
    intake: desk,
    clock: time,
    timer: time,
    random: systemRandom(),
    owning: options.owning ?? alwaysOwning(),
    admissions: memoryAdmissions(),
    progress: memoryProgress(),
    works: options.works ?? true,
    secret: (purpose) => `made-for-${purpose.replaceAll(' ', '-')}`,
    report: (event) => void events.push(event),
    show: () => undefined,
  };
  const port = await freePort();
  const url = options.webhook === true ? `http://127.0.0.1:${port}/telegram/webhook` : '';
  const open = telegram.configure(
    environmentOf({
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: platform.apiRoot,
      TELEGRAM_WEBHOOK_URL: url,
      ...options.settings,
    }),
  );
  if (open === null) throw new Error('The channel is off');
  const channel = await open(world);
  desk.channel = channel;
  const app = httpServer({ ready: {}, log: serverLog(openLog('silent')), trustProxy: false });
  if (channel.routes) await app.register(channel.routes);
  if (url !== '') await listen(app, { host: '127.0.0.1', port });
  onTestFinished(async () => {
    await channel.stop();
    await app.close();
    await channel.close();
    if (beside === undefined) await platform.close();
  });
  if (options.starts !== false) channel.start?.();
  return {
    platform,
    bot,
    time,
    channel,
    url,
    taken: desk.taken,
    trouble: desk.trouble,
    events,
    results: desk.results,
    words: () => desk.taken.map(({ content }) => (content.kind === 'text' ? content.text : content.kind)),
    answer: (inbound, reply, place = 1) => desk.answer(inbound, reply, place),
  };
}

/** Says again what the member says. */
const echo: Script = ({ content }) => [replyOf(content.kind === 'text' ? content.text : content.kind)];

/** Answers nothing by itself. */
export const silence: Script = () => [];

export function replyOf(text: string, more: Partial<Reply> = {}): Reply {
  return { language: 'id', text, choices: [], personal: false, ...more };
}

/** The inbound of a member's first message, on a stage that is silent by itself. */
export async function firstInbound(stage: Stage, person: FakePerson, text = 'halo'): Promise<Inbound> {
  const before = stage.taken.length;
  person.say(text);
  await eventually(() => {
    if (stage.taken.length === before) throw new Error('It has not come in');
  });
  const inbound = stage.taken.at(-1);
  if (inbound === undefined) throw new Error('Nothing came in');
  return inbound;
}
