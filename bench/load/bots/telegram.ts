import type { IncomingMessage, ServerResponse } from 'node:http';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Bot, Intake } from '../../../src/bots/bot.ts';
import { botToken, webhookSecret } from '../dialogue.ts';
import { bodyOf } from './bot-process.ts';

const updateSchema = z.object({
  update_id: z.number(),
  message: z.object({
    from: z.object({ id: z.number(), language_code: z.string().optional() }),
    chat: z.object({ id: z.number(), type: z.string() }),
    date: z.number(),
    text: z.string(),
  }),
});

/** As much of a Telegram bot as the load asks for: texts in, texts with buttons out. */
export function leanTelegram(api: string): Bot & {
  webhook(intake: Intake): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
} {
  const channel = 'telegram';
  const pool = new Pool(api, { connections: 64 });
  return {
    channel,
    webhook: (intake) => async (request, response) => {
      if (request.headers['x-telegram-bot-api-secret-token'] !== webhookSecret) {
        response.statusCode = 401;
        response.end();
        return;
      }
      const { update_id, message } = updateSchema.parse(JSON.parse(await bodyOf(request)));
      const from = { channel, chat: String(message.chat.id), sender: String(message.from.id) };
      const acceptance = await intake.accept({
        id: String(update_id),
        conversation: intake.conversationAt(from),
        from,
        content: { kind: 'text', text: message.text },
        writtenAt: message.date * 1_000,
        private: message.chat.type === 'private',
        languageHint: message.from.language_code === 'en' ? 'en' : 'id',
      });
      response.statusCode = acceptance === 'full' ? 503 : 200;
      response.end();
    },
    async send(to, { text, choices, personal }) {
      const status = await post(
        pool,
        `/bot${botToken}/sendMessage`,
        JSON.stringify({
          chat_id: Number(to.chat),
          text,
          protect_content: personal,
          reply_markup: { inline_keyboard: choices.map(({ id, label }) => [{ text: label, callback_data: id }]) },
        }),
      );
      return status === 200 ? { sent: true } : { sent: false, problem: 'refused' };
    },
  };
}

/** Resolves to the answer's status once all of it is there. By `dispatch`: `request` takes half as much time again. */
function post(pool: Pool, path: string, body: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let status = 0;
  pool.dispatch(
    { method: 'POST', path, headers: { 'content-type': 'application/json' }, body },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_, code) => {
        status = code;
      },
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(status),
      onResponseError: (_, error) => reject(error),
    },
  );
  return promise;
}
