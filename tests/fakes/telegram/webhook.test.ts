import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../../eventually.ts';
import { stage } from './stage.ts';

const updateSchema = z.looseObject({
  update_id: z.number(),
  message: z.object({ text: z.string().optional(), chat: z.object({ id: z.number() }) }).optional(),
});

interface Posted {
  readonly id: number;
  readonly text: string;
  readonly secret: unknown;
  answer(status: number, headers?: Record<string, string>, body?: string): void;
  cut(): void;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A bot's webhook whose answers a test gives by hand. */
async function receiver(): Promise<{ url: string; next(): Promise<Posted>; posted: Posted[] }> {
  const posted: Posted[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const update = updateSchema.parse(await new Response(ReadableStream.from(request)).json());
    posted.push({
      id: update.update_id,
      text: update.message?.text ?? '',
      secret: request.headers['x-telegram-bot-api-secret-token'],
      answer: (status, headers = {}, body = '') => void response.writeHead(status, headers).end(body),
      cut: () => void response.destroy(),
    });
  };
  const server = createServer((request, response) => void take(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  let taken = 0;
  return {
    url: `http://127.0.0.1:${port}/telegram/webhook`,
    posted,
    next: () =>
      eventually(() => {
        const next = posted[taken];
        if (next === undefined) throw new Error('Nothing was posted.');
        taken += 1;
        return next;
      }),
  };
}

describe('a webhook', () => {
  it('gets every update with the secret, until it answers 2xx', async () => {
    const { bot, api } = await stage({ webhookSecond: 1 });
    const hook = await receiver();
    await api.setWebhook(hook.url, { secret_token: 'rahasia-123' });
    const { updateId } = bot.person().say('halo');
    const first = await hook.next();
    expect(first).toMatchObject({ id: updateId, text: 'halo', secret: 'rahasia-123' });
    first.answer(500);
    const second = await hook.next();
    expect(second.id).toBe(updateId);
    second.cut();
    (await hook.next()).answer(204);
    await eventually(() => expect(bot.pending).toBe(0));
    expect(hook.posted).toHaveLength(3);
  });

  it('says what went wrong last, and how many updates wait', async () => {
    const { bot, api } = await stage({ webhookSecond: 1 });
    const hook = await receiver();
    await api.setWebhook(hook.url);
    const siti = bot.person();
    siti.say('satu');
    siti.say('dua');
    (await hook.next()).answer(401);
    await hook.next();
    expect(await api.getWebhookInfo()).toMatchObject({
      url: hook.url,
      pending_update_count: 2,
      max_connections: 40,
      last_error_message: 'Wrong response from the webhook: 401 Unauthorized',
    });
    expect(bot.webhook).toMatchObject({ url: hook.url, secret: '', pending: 2 });
    expect(bot.webhook.lastError).toContain('401');
  });

  it('is tried again at once, and then after ever longer pauses', async () => {
    const { bot, api } = await stage({ webhookSecond: 150 });
    const hook = await receiver();
    await api.setWebhook(hook.url);
    bot.person().say('halo');
    const times: number[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      const posted = await hook.next();
      times.push(performance.now());
      posted.answer(500);
    }
    const [again = 0, second = 0, third = 0] = times.slice(1).map((time, nth) => time - (times[nth] ?? 0));
    expect(again).toBeLessThan(145);
    expect(second).toBeGreaterThan(295);
    expect(third).toBeGreaterThan(595);
  });

  it('is tried again when it asked to be', async () => {
    const { bot, api } = await stage({ webhookSecond: 30 });
    const hook = await receiver();
    await api.setWebhook(hook.url);
    bot.person().say('halo');
    const first = await hook.next();
    const began = performance.now();
    first.answer(429, { 'retry-after': '5' });
    await hook.next();
    expect(performance.now() - began).toBeGreaterThan(145);
  });

  it('gets the updates of one chat one after the other, those of others side by side', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    await api.setWebhook(hook.url);
    const siti = bot.person();
    siti.say('satu');
    siti.say('dua');
    bot.person().say('lain');
    const both = [await hook.next(), await hook.next()];
    expect(both.map(({ text }) => text).sort()).toEqual(['lain', 'satu']);
    expect(hook.posted).toHaveLength(2);
    both.find(({ text }) => text === 'satu')?.answer(200);
    expect((await hook.next()).text).toBe('dua');
  });

  it('gets a tap beside a message of the same chat that it has not answered yet', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    await api.setWebhook(hook.url);
    const siti = bot.person();
    const reply_markup = { inline_keyboard: [[{ text: 'Saldo', callback_data: 's' }]] };
    await api.sendMessage(siti.id, 'Menu', { reply_markup });
    const told = [siti.say('halo').updateId, siti.tap(await siti.next(), 'Saldo').updateId];
    expect([(await hook.next()).id, (await hook.next()).id].sort((one, other) => one - other)).toEqual(told);
  });

  it('gets no more at a time than it wants', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    await api.setWebhook(hook.url, { max_connections: 1 });
    bot.person().say('satu');
    bot.person().say('dua');
    const first = await hook.next();
    expect(hook.posted).toHaveLength(1);
    first.answer(200);
    expect((await hook.next()).text).toBe('dua');
  });

  it('may call a method in its answer', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    await api.setWebhook(hook.url);
    const siti = bot.person();
    siti.say('halo');
    const body = JSON.stringify({ method: 'sendMessage', chat_id: siti.id, text: 'halo juga' });
    (await hook.next()).answer(200, { 'content-type': 'application/json' }, body);
    expect((await siti.next()).text).toBe('halo juga');
  });

  it('gets updates twice and out of order when a test says so', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    await api.setWebhook(hook.url);
    const siti = bot.person();
    await bot.shuffle(() => {
      siti.say('satu');
      siti.say('dua');
    });
    for (const text of ['dua', 'satu']) {
      const posted = await hook.next();
      expect(posted.text).toBe(text);
      posted.answer(200);
      bot.redeliver(posted.id);
    }
    for (const text of ['dua', 'satu']) {
      const posted = await hook.next();
      expect(posted.text).toBe(text);
      posted.answer(200);
    }
    await eventually(() => expect(bot.pending).toBe(0));
  });
});

describe('setting a webhook', () => {
  it('ends polls with 409, then and later', async () => {
    const { bot, api, call } = await stage();
    const hook = await receiver();
    const poll = call('getUpdates', { timeout: 30 });
    await eventually(() => expect(bot.pollers).toBe(1));
    await api.setWebhook(hook.url);
    expect((await poll).description).toBe('Conflict: terminated by setWebhook request');
    const later = await call('getUpdates');
    expect(later.status).toBe(409);
    expect(later.description).toContain("can't use getUpdates method while webhook is active");
    expect(bot.conflicts).toBe(2);
  });

  it('keeps what waits, unless told to drop it', async () => {
    const { bot, api } = await stage();
    const hook = await receiver();
    const siti = bot.person();
    siti.say('lama');
    await api.setWebhook(hook.url, { drop_pending_updates: true });
    siti.say('baru');
    expect((await hook.next()).text).toBe('baru');
    await api.deleteWebhook();
    expect(bot.webhook.url).toBe('');
    // It was on its way and never answered: it comes a second time, by polling.
    expect((await api.getUpdates()).map(({ message }) => message?.text)).toEqual(['baru']);
    await api.deleteWebhook({ drop_pending_updates: true });
    expect(bot.pending).toBe(0);
  });

  it.each([
    ['no address', { url: 'bukan alamat' }, 'Bad Request: invalid webhook URL specified'],
    ['a secret with blanks', { secret_token: 'a b' }, 'Bad Request: secret token contains unallowed characters'],
    ['a long secret', { secret_token: 'a'.repeat(257) }, 'Bad Request: secret token is too long'],
  ])('is refused with %s', async (_, wrong, description) => {
    const { bot, call } = await stage();
    const answer = await call('setWebhook', { url: 'http://127.0.0.1:1/', ...wrong });
    expect(answer).toMatchObject({ status: 400, description });
    expect(bot.webhook.url).toBe('');
  });
});
