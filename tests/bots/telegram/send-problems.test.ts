import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { CallFailed, platformAt } from '../../../src/bots/telegram/platform.ts';
import type { SendProblem } from '../../../src/core/sending.ts';
import type { Fault } from '../../fakes/telegram/scripted-faults.ts';
import { firstInbound, openStage, replyOf, silence, token } from './stage.ts';

/** A silent stage with a member who has written. */
async function seated() {
  const stage = await openStage({ script: silence });
  const siti = stage.bot.person();
  const inbound = await firstInbound(stage, siti);
  return { ...stage, siti, inbound };
}

const refusal = (code: number, description: string) => ({ code, description });

interface Case {
  readonly why: string;
  readonly fault: Fault;
  readonly problem: SendProblem;
}

const throttled: Fault = { ...refusal(429, 'Too Many Requests: retry after 7'), parameters: { retry_after: 7 } };

describe('a reply that Telegram does not take', () => {
  const cases: readonly Case[] = [
    { why: 'the bot is blocked', fault: refusal(403, 'Forbidden: bot was blocked by the user'), problem: 'blocked' },
    { why: 'it was put out', fault: refusal(403, 'Forbidden: bot was kicked from the group chat'), problem: 'blocked' },
    { why: 'there is no such chat', fault: refusal(400, 'Bad Request: chat not found'), problem: 'blocked' },
    { why: 'the account is gone', fault: refusal(400, 'Bad Request: user is deactivated'), problem: 'blocked' },
    {
      why: 'the group is another now',
      fault: refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat'),
      problem: 'blocked',
    },
    { why: 'of a wrong token', fault: refusal(401, 'Unauthorized'), problem: 'unauthorised' },
    { why: 'of a wrong address', fault: refusal(404, 'Not Found'), problem: 'unauthorised' },
    { why: 'of a failure there', fault: refusal(500, 'Internal Server Error'), problem: 'uncertain' },
    { why: 'of a failure on the way', fault: refusal(502, 'Bad Gateway'), problem: 'uncertain' },
    { why: 'a proxy answers instead', fault: 'not json', problem: 'uncertain' },
    { why: 'the connection breaks', fault: 'cut', problem: 'uncertain' },
    { why: 'of something unheard of', fault: refusal(418, 'Teapot'), problem: 'refused' },
  ];

  it.each(cases)('because $why is $problem', async ({ fault, problem }) => {
    const { answer, inbound, bot } = await seated();
    bot.fail({ method: 'sendMessage' }, fault, 2);
    expect(await answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem });
  });

  it('because there are too many waits as long as Telegram says', async () => {
    const { answer, inbound, bot } = await seated();
    bot.fail({ method: 'sendMessage' }, throttled);
    expect(await answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem: 'throttled', retryAfter: 7_000 });
  });

  it('because the member has blocked the bot is not tried in another form', async () => {
    const { answer, inbound, siti, bot } = await seated();
    siti.block();
    expect(await answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem: 'blocked' });
    expect(bot.callsOf('sendMessage')).toHaveLength(1);
  });

  it.each([
    "Bad Request: can't parse entities: Unsupported start tag",
    'Bad Request: BUTTON_DATA_INVALID',
    'Bad Request: message is too long',
    'Bad Request: strings must be encoded in UTF-8',
  ])('as it is (%s) goes out as mere text, with its choices by number', async (description) => {
    const { answer, inbound, siti, bot, events } = await seated();
    bot.fail({ method: 'sendMessage' }, refusal(400, description));
    const choices = [
      { id: 'a', label: 'Setuju' },
      { id: 'b', label: 'Tidak setuju' },
    ];
    expect(await answer(inbound, replyOf('Pilih', { choices, personal: true }))).toEqual({ sent: true });
    expect(await siti.next()).toMatchObject({
      text: 'Pilih\n\n1. Setuju\n2. Tidak setuju',
      buttons: [],
      protected: true,
      linkPreview: { is_disabled: true },
    });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'send text' }));
  });

  it('because of a button that carries too much goes out with its choices by number', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('Pilih', { choices: [{ id: 'x'.repeat(65), label: 'Setuju' }] }));
    expect((await siti.next()).text).toBe('Pilih\n\n1. Setuju');
  });

  it('keeps the choices when its text is cut', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('y'.repeat(5_000), { choices: [{ id: 'x'.repeat(65), label: 'Setuju' }] }));
    const { text } = await siti.next();
    expect([text.length, text.endsWith('y…\n\n1. Setuju')]).toEqual([4_096, true]);
  });

  it('in any form is refused, after two tries', async () => {
    const { answer, inbound, bot } = await seated();
    expect(await answer(inbound, replyOf(''))).toEqual({ sent: false, problem: 'refused' });
    expect(bot.callsOf('sendMessage')).toHaveLength(2);
  });

  it('because nobody is there has surely not left', async () => {
    const { inbound } = await seated();
    const away = await openStage({
      script: silence,
      works: false,
      settings: { TELEGRAM_API_ROOT: 'http://127.0.0.1:9' },
    });
    expect(await away.answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem: 'unreachable' });
  });

  it('because there is no such host has surely not left', async () => {
    const { inbound } = await seated();
    const away = await openStage({
      script: silence,
      works: false,
      settings: { TELEGRAM_API_ROOT: 'http://nobody.invalid' },
    });
    expect(await away.answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem: 'unreachable' });
  });

  it('may have arrived when the connection breaks after it left', async () => {
    const { answer, inbound, siti, bot } = await seated();
    bot.fail({ method: 'sendMessage' }, 'cut after');
    expect(await answer(inbound, replyOf('Ini'))).toEqual({ sent: false, problem: 'uncertain' });
    expect((await siti.next()).text).toBe('Ini');
  });
});

/** A server that takes connections and never says a word. */
async function mute(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return z.object({ port: z.number() }).parse(server.address()).port;
}

describe('a platform that does not answer', () => {
  it('may have taken the call when it is given up', async () => {
    const platform = platformAt({ token, root: `http://127.0.0.1:${await mute()}` }, { callLimit: 200 });
    onTestFinished(() => platform.close());
    await expect(platform.ask((api) => api.getMe())).rejects.toMatchObject({ failure: 'uncertain', status: null });
  });

  it('has surely taken nothing when there never was a safe connection', async () => {
    const platform = platformAt({ token, root: `https://127.0.0.1:${await mute()}` }, { connectLimit: 200 });
    onTestFinished(() => platform.close());
    await expect(platform.ask((api) => api.getMe())).rejects.toMatchObject({ failure: 'unreachable', status: null });
  });
});

describe('what is told of a failure', () => {
  it('is neither the token, nor the address, nor what was to be sent', async () => {
    const failures: unknown[] = [];
    const { platform: fake, bot } = await openStage({ script: silence, starts: false });
    const away = platformAt({ token, root: 'http://127.0.0.1:9' });
    const near = platformAt({ token, root: fake.apiRoot });
    onTestFinished(() => near.close());
    bot.fail({ method: 'sendMessage' }, refusal(400, `Bad Request: rahasia ${token}`));
    for (const { ask } of [away, near]) {
      await ask((api) => api.sendMessage({ chat_id: 628123456789, text: 'rahasia 482913' })).catch((error: unknown) =>
        failures.push(error),
      );
    }
    expect(failures.map((error) => error instanceof CallFailed)).toEqual([true, true]);
    for (const error of failures) {
      const told = error instanceof CallFailed ? [String(error), error.stack, JSON.stringify(error), error.cause] : [];
      expect(told.join(' ')).not.toMatch(/rahasia|482913|628123456789|AAabc|127\.0\.0\.1|sendMessage\?/);
    }
  });

  it('holds the token nowhere, whatever fails', async () => {
    const stage = await openStage({ starts: false });
    for (const method of ['deleteWebhook', 'getUpdates', 'setMyCommands', 'sendMessage', 'setMyDescription']) {
      stage.bot.fail({ method }, 'cut');
    }
    stage.channel.start?.();
    const siti = stage.bot.person();
    siti.say('halo');
    for (const ms of [1_000, 2_000]) {
      await expect.poll(() => stage.time.asked.includes(ms)).toBe(true);
      await stage.time.advance(ms);
    }
    await expect.poll(() => stage.results).toHaveLength(1);
    const told = stage.events.map((event) =>
      event.kind === 'failed' && event.error instanceof Error ? `${event.error.stack} ${event.error.message}` : '',
    );
    expect(`${JSON.stringify(stage.events)} ${told.join(' ')}`).not.toContain(token.slice(-20));
  });
});
