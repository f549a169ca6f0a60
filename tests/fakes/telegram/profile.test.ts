import { describe, expect, it } from 'vitest';
import { stage } from './stage.ts';

const saldo = { command: 'saldo', description: 'Cek saldo' };

describe('commands', () => {
  it('are kept by scope and language', async () => {
    const { bot, api } = await stage();
    await api.setMyCommands([saldo]);
    await api.setMyCommands([{ command: '/balance', description: 'Check it' }], {
      scope: { type: 'all_private_chats' },
      language_code: 'en',
    });
    expect(bot.commands.get('default')?.get('')).toEqual([saldo]);
    expect(await api.getMyCommands({ scope: { type: 'all_private_chats' }, language_code: 'en' })).toEqual([
      { command: 'balance', description: 'Check it' },
    ]);
    expect(await api.getMyCommands({ language_code: 'en' })).toEqual([]);
    await api.deleteMyCommands();
    expect(await api.getMyCommands()).toEqual([]);
  });

  it.each([
    ['capitals', [{ ...saldo, command: 'Saldo' }], 'BOT_COMMAND_INVALID'],
    ['33 letters', [{ ...saldo, command: 'a'.repeat(33) }], 'command length must not exceed 32'],
    ['no name', [{ ...saldo, command: '/' }], 'command must be non-empty'],
    ['no description', [{ ...saldo, description: ' ' }], 'command description must be non-empty'],
    ['a long one', [{ ...saldo, description: 'a'.repeat(257) }], 'command description length must not exceed 256'],
    ['101 of them', Array.from({ length: 101 }, () => saldo), 'BOT_COMMANDS_TOO_MUCH'],
  ])('are refused with %s', async (_, commands, why) => {
    const { bot, api } = await stage();
    await expect(api.setMyCommands(commands)).rejects.toThrow(`400: Bad Request: ${why}`);
    expect(bot.commands.size).toBe(0);
  });

  it('are refused in a language that there is not', async () => {
    const { call } = await stage();
    const answer = await call('setMyCommands', { commands: [saldo], language_code: 'indonesia' });
    expect(answer.description).toBe('Bad Request: invalid language code specified');
  });
});

describe('texts about the bot', () => {
  it('are kept by language, and are those for everyone where a language has none', async () => {
    const { bot, api } = await stage();
    await api.setMyDescription('Asisten peserta');
    await api.setMyDescription('Member assistant', { language_code: 'en' });
    await api.setMyShortDescription('Asisten');
    await api.setMyName('Asisten Jamsostek', { language_code: 'id' });
    expect(Object.fromEntries(bot.descriptions)).toEqual({ '': 'Asisten peserta', en: 'Member assistant' });
    expect(await api.getMyDescription({ language_code: 'id' })).toEqual({ description: 'Asisten peserta' });
    expect(bot.shortDescriptions.get('')).toBe('Asisten');
    expect(bot.names.get('id')).toBe('Asisten Jamsostek');
    await api.setMyDescription('', { language_code: 'en' });
    expect(await api.getMyDescription({ language_code: 'en' })).toEqual({ description: 'Asisten peserta' });
  });

  it('have an end', async () => {
    const { api } = await stage();
    expect(await api.setMyDescription('👍'.repeat(512))).toBe(true);
    await expect(api.setMyDescription('a'.repeat(513))).rejects.toThrow('400: Bad Request');
    await expect(api.setMyShortDescription('a'.repeat(121))).rejects.toThrow('400: Bad Request');
    await expect(api.setMyName('a'.repeat(65))).rejects.toThrow('400: Bad Request');
  });
});

it('says who the bot is, and whom a chat is with', async () => {
  const { bot, api } = await stage({}, { username: 'jamsostek_bot', canReadAllGroupMessages: true });
  expect(await api.getMe()).toMatchObject({ id: 4242, is_bot: true, username: 'jamsostek_bot' });
  const siti = bot.person({ firstName: 'Siti' });
  expect(await api.getChat(siti.id)).toMatchObject({ id: siti.id, type: 'private', first_name: 'Siti' });
  await expect(api.getChat(1)).rejects.toThrow('chat not found');
});
