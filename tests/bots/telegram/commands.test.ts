import { describe, expect, it } from 'vitest';
import { fromCommand } from '../../../src/bots/telegram/command.ts';
import { words } from '../../../src/bots/telegram/words.ts';
import { understanding } from '../../../src/commands/open.ts';
import { choiceIds } from '../../../src/core/answer.ts';
import { languages } from '../../../src/core/language.ts';
import { Heard } from '../../../src/core/understanding/commands.ts';
import { sureEnough } from '../../../src/core/understanding/understand.ts';
import { openStage } from './stage.ts';

const understand = understanding();

/** What each command is for: an order that always works, a question, or a choice. */
const meanings: Readonly<Record<string, string>> = {
  start: 'greet',
  saldo: 'balance',
  balance: 'balance',
  iuran: 'contributions',
  contributions: 'contributions',
  kartu: 'digital_card',
  card: 'digital_card',
  kantor: 'office',
  office: 'office',
  klaim: 'claim_howto',
  claim: 'claim_howto',
  bantuan: 'order help',
  help: 'order help',
  bahasa: 'language',
  language: 'language',
  privasi: 'choice privacy',
  privacy: 'choice privacy',
  data: 'choice chat_data',
  hapus: 'choice erase_chat',
  erase: 'choice erase_chat',
  keluar: 'order logout',
  logout: 'order logout',
  menu: 'order menu',
};

/** How the conversation takes these words. */
function meaningOf(text: string): string {
  const heard = new Heard(text);
  for (const order of ['help', 'logout', 'menu'] as const) if (heard.is(order)) return `order ${order}`;
  const { intent, confidence } = understand(text);
  return confidence >= sureEnough ? intent : 'nothing for sure';
}

describe.each(languages)('the commands in %s', (language) => {
  const { commands, description, shortDescription } = words[language];

  it.each(commands)('/$command is understood for what it says', ({ command, says, chooses }) => {
    expect(chooses === undefined ? meaningOf(says ?? '') : `choice ${chooses}`).toBe(meanings[command]);
    if (chooses !== undefined) expect(choiceIds).toContain(chooses);
  });

  it('fit what Telegram takes', () => {
    for (const { command, description } of commands) {
      expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
      expect(description.length).toBeLessThanOrEqual(40);
    }
    expect(new Set(commands.map(({ command }) => command)).size).toBe(commands.length);
    expect(description.length).toBeLessThanOrEqual(512);
    expect(shortDescription.length).toBeLessThanOrEqual(120);
  });

  it('cover the same in each language', () => {
    const meaning = (list: typeof commands) => list.map(({ command }) => meanings[command]);
    expect(meaning(commands)).toEqual(meaning(words.id.commands));
  });
});

describe('a command', () => {
  it.each([
    ['/saldo', 'cek saldo'],
    ['/SALDO', 'cek saldo'],
    ['/saldo@jamsostek_test_bot', 'cek saldo'],
    ['/balance', 'check my balance'],
    ['/start', 'halo'],
    ['/start from_poster-12', 'halo'],
    ['/kantor bandung', 'kantor terdekat bandung'],
    ['/kantor\nbandung', 'kantor terdekat bandung'],
    ['/kartu_hilang', 'kartu hilang'],
    ['/cek saldo dong', 'cek saldo dong'],
  ])('%o is read as %o', (text, says) => {
    expect(fromCommand(text, 'id')).toEqual({ kind: 'text', text: says });
  });

  it('that both languages have is said in the member’s', () => {
    expect(fromCommand('/start', 'en')).toEqual({ kind: 'text', text: 'hello' });
  });

  it('can stand for a choice', () => {
    expect(fromCommand('/privasi', 'en')).toEqual({ kind: 'choice', id: 'privacy' });
  });

  it.each(['saldo', '', '/', '/ saldo', 'cek /saldo', '//saldo', `/${'x'.repeat(33)}`])('is not in %o', (text) => {
    expect(fromCommand(text, 'id')).toBeNull();
  });

  it('reaches the assistant as the words it stands for', async () => {
    const { bot } = await openStage();
    const person = bot.person({ languageCode: 'en' });
    person.say('/start');
    expect((await person.next()).text).toBe('hello');
    person.say('/saldo');
    expect((await person.next()).text).toBe('cek saldo');
  });
});
