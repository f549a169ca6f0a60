import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { call, stage } from './stage.ts';

describe('who calls', () => {
  it('is refused with a token that nobody has', async () => {
    const { telegram } = await stage();
    const answer = await call(`${telegram.apiRoot}/bot1:wrong/getMe`, {});
    expect(answer).toEqual({ status: 401, ok: false, error_code: 401, description: 'Unauthorized' });
  });

  it('is told of a method that there is not', async () => {
    const answer = await (await stage()).call('sendTelegram');
    expect(answer).toMatchObject({ status: 404, description: 'Not Found: method not found' });
  });

  it('may write a method in any letters, and send parameters in the address', async () => {
    const { telegram, bot } = await stage();
    const siti = bot.person();
    await fetch(`${telegram.apiRoot}/bot${bot.token}/SENDMESSAGE?chat_id=${siti.id}&text=halo&protect_content=true`);
    expect(await siti.next()).toMatchObject({ text: 'halo', protected: true });
    expect(bot.calls).toMatchObject([{ method: 'sendMessage', outcome: 200, parameters: { text: 'halo' } }]);
  });

  it('is told of a chat that there is not', async () => {
    const { api } = await stage();
    await expect(api.sendMessage(7, 'halo')).rejects.toThrow('400: Bad Request: chat not found');
  });
});

describe('a call that is planned to fail', () => {
  it('is refused as often as planned, in its chat, with what Telegram adds', async () => {
    const { bot, api } = await stage();
    const [siti, budi] = [bot.person(), bot.person()];
    const description = 'Too Many Requests: retry after 3';
    bot.fail({ method: 'sendMessage', chat: siti.id }, { code: 429, description, parameters: { retry_after: 3 } }, 2);
    await api.sendMessage(budi.id, 'lain');
    for (let times = 0; times < 2; times += 1) {
      const error: unknown = await api.sendMessage(siti.id, 'halo').catch((error: unknown) => error);
      expect(error).toBeInstanceOf(GrammyError);
      expect(error).toMatchObject({ error_code: 429, description, parameters: { retry_after: 3 } });
    }
    await api.sendMessage(siti.id, 'akhirnya');
    expect(siti.read().map(({ text }) => text)).toEqual(['akhirnya']);
    expect(bot.calls.map(({ outcome }) => outcome)).toEqual([200, 429, 429, 200]);
  });

  it('is cut before it takes effect, or after', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    bot.fail({ method: 'sendMessage' }, 'cut');
    bot.fail({ method: 'sendMessage' }, 'cut after');
    await expect(api.sendMessage(siti.id, 'satu')).rejects.toBeInstanceOf(HttpError);
    await expect(api.sendMessage(siti.id, 'dua')).rejects.toBeInstanceOf(HttpError);
    expect(siti.read().map(({ text }) => text)).toEqual(['dua']);
    expect(bot.calls.map(({ outcome }) => outcome)).toEqual(['cut', 'cut']);
  });

  it('is answered by something that is no Bot API', async () => {
    const { bot, api } = await stage();
    bot.fail({}, 'not json');
    await expect(api.getMe()).rejects.toBeInstanceOf(HttpError);
    expect((await api.getMe()).id).toBe(bot.me.id);
  });

  it('is no poll, unless polls are named', async () => {
    const { bot, api } = await stage();
    bot.fail({}, { code: 500, description: 'Internal Server Error' });
    expect(await api.getUpdates()).toEqual([]);
    bot.fail({ method: 'getUpdates' }, { code: 502, description: 'Bad Gateway' });
    await expect(api.getUpdates()).rejects.toThrow('502: Bad Gateway');
  });
});

describe('a call that is held', () => {
  it('takes effect, and is answered when it is released', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const held = bot.hold({ method: 'sendMessage' });
    const call = api.sendMessage(siti.id, 'lambat');
    await held.reached();
    expect(siti.read()).toHaveLength(1);
    expect([held.waiting, bot.calls[0]?.outcome]).toEqual([1, 'open']);
    // Other calls go on.
    await api.sendChatAction(siti.id, 'typing');
    held.release();
    expect((await call).text).toBe('lambat');
    expect((await api.sendMessage(siti.id, 'cepat')).text).toBe('cepat');
  });
});

describe('a person who waits for a message', () => {
  it('is told what the bot called instead', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendChatAction(siti.id, 'typing');
    await expect(siti.next({ within: 20 })).rejects.toThrow(
      `No message of the bot in chat ${siti.id} within 20 ms; its last calls: sendChatAction (200).`,
    );
    expect(siti.typing).toBe(1);
  });

  it('takes messages in order, without those that are gone', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    const waits = siti.next();
    await api.sendMessage(siti.id, 'satu');
    const { message_id: second } = await api.sendMessage(siti.id, 'dua');
    await api.sendMessage(siti.id, 'tiga');
    await api.deleteMessage(siti.id, second);
    expect([(await waits).text, (await siti.next()).text]).toEqual(['satu', 'tiga']);
  });
});
