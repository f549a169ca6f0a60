import { describe, expect, it } from 'vitest';
import { minute, second } from '../../../src/core/time.ts';
import { eventually } from '../../eventually.ts';
import { openStage, type Stage, silence, token } from './stage.ts';

const secret = 'made-for-telegram-webhook';
const header = 'x-telegram-bot-api-secret-token';

/** Resolves when Telegram knows where to deliver. */
async function set({ bot, url }: Stage): Promise<void> {
  await eventually(() => expect(bot.webhook.url).toBe(url));
}

/** An update as Telegram delivers it. */
function update(text: string, id = 1): object {
  const from = { id: 7, is_bot: false, first_name: 'Siti', language_code: 'id' };
  const chat = { id: 7, type: 'private', first_name: 'Siti' };
  return { update_id: id, message: { message_id: id, from, chat, date: 1_800_000_000, text } };
}

/** What the webhook answers to somebody who delivers. */
async function deliver({ url }: Stage, body: string, headers: Record<string, string> = { [header]: secret }) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, text: await response.text() };
}

describe('the webhook', () => {
  it('answers a member who writes, without polling', async () => {
    const stage = await openStage({ webhook: true });
    const siti = stage.bot.person();
    siti.say('cek saldo');
    expect((await siti.next()).text).toBe('cek saldo');
    expect([stage.channel.standing(), stage.bot.pollers, stage.bot.webhook.secret]).toEqual(['up', 0, secret]);
  });

  it('takes what was written before it was set', async () => {
    const stage = await openStage({ webhook: true, before: (bot) => bot.person().say('satu') });
    await eventually(() => expect(stage.words()).toEqual(['satu']));
  });

  it('takes the secret that is set', async () => {
    const settings = { TELEGRAM_WEBHOOK_SECRET: 'sesame-of_tests' };
    const stage = await openStage({ webhook: true, settings });
    await set(stage);
    expect(stage.bot.webhook.secret).toBe('sesame-of_tests');
    stage.bot.person().say('satu');
    await eventually(() => expect(stage.words()).toEqual(['satu']));
  });

  it.each([
    ['none', {}],
    ['another one', { [header]: 'made-for-telegram-webhooK' }],
    ['the beginning of it', { [header]: secret.slice(0, -1) }],
    ['more than it', { [header]: `${secret}x` }],
    ['an empty one', { [header]: '' }],
  ])('refuses with 401 who shows %s as the secret, and takes nothing', async (_what, headers) => {
    const stage = await openStage({ webhook: true, script: silence });
    const { status } = await deliver(stage, JSON.stringify(update('halo')), headers);
    expect([status, stage.taken]).toEqual([401, []]);
    // Not even read: what it could not have been taken for anything is refused the same way.
    expect((await deliver(stage, '{', headers)).status).toBe(401);
    expect(stage.events.filter(({ kind }) => kind === 'set aside')).toEqual([]);
  });

  it('says 200 once an update is safe, and when it comes again', async () => {
    const stage = await openStage({ webhook: true, script: silence });
    for (const _ of ['first', 'again']) {
      expect(await deliver(stage, JSON.stringify(update('halo')))).toEqual({ status: 200, text: '' });
    }
    expect(stage.words()).toEqual(['halo']);
  });

  it('says 503 to what could not be kept, so that Telegram comes again', async () => {
    const stage = await openStage({ webhook: true });
    stage.trouble.push('throws', 'throws');
    const siti = stage.bot.person();
    siti.say('satu');
    siti.say('dua');
    expect((await siti.next()).text).toBe('satu');
    expect((await siti.next()).text).toBe('dua');
    expect(stage.bot.webhook.lastError).toContain('503');
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'accept' }));
  });

  it('takes once what was kept although nobody said so', async () => {
    const stage = await openStage({ webhook: true });
    stage.trouble.push('dies');
    const siti = stage.bot.person();
    siti.say('satu');
    await eventually(() => expect(stage.bot.pending).toBe(0));
    siti.say('dua');
    await eventually(() => expect(stage.words()).toEqual(['satu', 'dua']));
  });

  it.each([
    ['what is no JSON', '{"update_id":', 'unreadable'],
    ['what is no update', '{"hello":"rahasia"}', 'unreadable'],
    ['a message of another shape', '{"update_id":1,"message":{"text":"rahasia"}}', 'unreadable'],
    ['nothing', '', 'unreadable'],
    ['what is too long', `{"update_id":1,"x":"${'rahasia'.repeat(10_000)}"}`, 'too long'],
  ])('takes %s off Telegram’s hands, and tells only that', async (_what, body, why) => {
    const stage = await openStage({ webhook: true, script: silence });
    expect((await deliver(stage, body)).status).toBe(200);
    const told = stage.events.filter(({ kind }) => kind !== 'link');
    expect(told).toEqual([{ kind: 'set aside', channel: 'telegram', why }]);
    expect(stage.taken).toEqual([]);
  });

  it('sets aside what a conversation has no room for', async () => {
    const stage = await openStage({ webhook: true, script: silence });
    stage.trouble.push('full');
    expect((await deliver(stage, JSON.stringify(update('halo')))).status).toBe(200);
    expect(stage.events).toContainEqual({ kind: 'set aside', channel: 'telegram', why: 'full' });
  });

  it('reads an update whatever its content type says', async () => {
    const stage = await openStage({ webhook: true, script: silence });
    const headers = { [header]: secret, 'content-type': 'text/plain' };
    expect((await deliver(stage, JSON.stringify(update('halo')), headers)).status).toBe(200);
    expect(stage.words()).toEqual(['halo']);
  });

  it('passes over updates that nobody asked for', async () => {
    const stage = await openStage({ webhook: true, script: silence });
    expect((await deliver(stage, '{"update_id":1,"poll":{"id":"1"}}')).status).toBe(200);
    expect([stage.taken, stage.events.filter(({ kind }) => kind === 'set aside')]).toEqual([[], []]);
  });

  it('is served by a process that does not answer messages', async () => {
    const stage = await openStage({ webhook: true, script: silence, works: false });
    expect((await deliver(stage, JSON.stringify(update('halo')))).status).toBe(200);
    expect([stage.words(), stage.bot.calls]).toEqual([['halo'], []]);
  });

  it('is not there while the assistant polls', async () => {
    const stage = await openStage();
    expect(stage.channel.routes).toBeUndefined();
  });
});

describe('what Telegram knows of the webhook', () => {
  it('is set at every start, since its secret cannot be asked for', async () => {
    const stage = await openStage({ webhook: true, starts: false });
    const kinds = encodeURIComponent('["message","edited_message","callback_query"]');
    const old = `url=${stage.url}&max_connections=40&allowed_updates=${kinds}&secret_token=old`;
    await fetch(`${stage.platform.apiRoot}/bot${token}/setWebhook?${old}`);
    stage.channel.start?.();
    await eventually(() => expect(stage.bot.webhook.secret).toBe(secret));
    const [, call] = stage.bot.callsOf('setWebhook');
    expect(call?.parameters).toMatchObject({ url: stage.url, max_connections: 40, drop_pending_updates: false });
  });

  it('is looked at every minute, and set again only when somebody has changed it', async () => {
    const stage = await openStage({ webhook: true });
    await eventually(() => expect(stage.bot.callsOf('getWebhookInfo')).toHaveLength(1));
    await stage.time.advance(minute);
    await eventually(() => expect(stage.bot.callsOf('getWebhookInfo')).toHaveLength(2));
    expect(stage.bot.callsOf('setWebhook')).toHaveLength(1);
    await fetch(`${stage.platform.apiRoot}/bot${token}/deleteWebhook`);
    await eventually(() => expect(stage.time.asked.filter((each) => each === minute)).toHaveLength(2));
    await stage.time.advance(minute);
    await set(stage);
    expect(stage.bot.callsOf('setWebhook')).toHaveLength(2);
  });

  it('shows in the link when Telegram does not get through, and when it does again', async () => {
    const stage = await openStage({ webhook: true, script: silence });
    await eventually(() => expect(stage.channel.standing()).toBe('up'));
    stage.trouble.push(...Array.from({ length: 200 }, () => 'throws' as const));
    stage.bot.person().say('satu');
    await eventually(() => expect(stage.bot.webhook.lastError).not.toBeNull());
    await stage.time.advance(minute);
    await eventually(() => expect(stage.channel.standing()).toBe('connecting'));
    expect(stage.events).toContainEqual({
      kind: 'link',
      channel: 'telegram',
      state: 'connecting',
      why: 'not delivered',
    });
    stage.trouble.splice(0);
    await eventually(() => expect(stage.bot.pending).toBe(0));
    await stage.time.advance(minute);
    await eventually(() => expect(stage.channel.standing()).toBe('up'));
  });

  it('is set as soon as Telegram lets it be set', async () => {
    const stage = await openStage({ webhook: true, starts: false });
    stage.bot.fail({ method: 'setWebhook' }, { code: 401, description: 'Unauthorized' });
    stage.bot.fail({ method: 'setWebhook' }, { code: 500, description: 'Internal Server Error' }, 2);
    stage.channel.start?.();
    await eventually(() => expect(stage.channel.standing()).toBe('stopped'));
    for (const ms of [minute, second, 2 * second]) {
      await eventually(() => expect(stage.time.asked.at(-1)).toBe(ms));
      await stage.time.advance(ms);
    }
    await set(stage);
    await eventually(() => expect(stage.channel.standing()).toBe('up'));
  });
});
