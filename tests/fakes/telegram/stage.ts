import { Api } from 'grammy';
import { afterEach } from 'vitest';
import { z } from 'zod';
import type { BotAbout, FakeBot } from './fake-bot.ts';
import { FakeTelegram, type TelegramOptions } from './fake-telegram.ts';

const token = '4242:a-token_of-tests';

/** A platform with one bot, and the bot's own way to call it: grammY's. */
export interface Stage {
  readonly telegram: FakeTelegram;
  readonly bot: FakeBot;
  readonly api: Api;
  /** Calls a method without grammY. */
  readonly call: (method: string, parameters?: object) => Promise<ApiAnswer>;
}

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().exactOptional(),
  error_code: z.number().optional(),
  description: z.string().default(''),
  parameters: z.unknown().exactOptional(),
});

/** An answer of the Bot API as it came. */
export type ApiAnswer = z.infer<typeof answerSchema> & { readonly status: number };

const opened: FakeTelegram[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((telegram) => telegram.close()));
});

/** Opens a stage, which closes with the test. */
export async function stage(options: TelegramOptions = {}, about: BotAbout = {}): Promise<Stage> {
  const telegram = await FakeTelegram.start(options);
  opened.push(telegram);
  const { apiRoot } = telegram;
  return {
    telegram,
    bot: telegram.bot(token, about),
    api: new Api(token, { apiRoot }),
    call: (method, parameters = {}) => call(`${apiRoot}/bot${token}/${method}`, parameters),
  };
}

/** Posts JSON to an address of the Bot API. */
export async function call(url: string, parameters: object): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  return { status: response.status, ...answerSchema.parse(await response.json()) };
}

/** A clock that a test moves. */
export class Clock {
  #now = Date.UTC(2026, 10, 2, 9);

  readonly now = (): number => this.#now;

  /** Moves on by so many seconds. */
  pass(seconds: number): void {
    this.#now += seconds * 1_000;
  }
}
