import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { type Language, languages } from '../../../src/core/language.ts';
import { articleAnswer } from '../../../src/core/topics/article.ts';
import { callCenter } from '../../../src/core/topics/call-center.ts';
import { askedIn } from './asked.ts';

const morning = Date.parse('2026-11-30T09:00+07:00');
const night = Date.parse('2026-11-30T23:00+07:00');

/** By somebody whom nobody may ask who they are. */
const asked = (text: string | null, now: number, language: Language) =>
  askedIn(language, now, text, {
    intent: 'call_center',
    member: () => Promise.reject(new Error('asked who it is')),
  });
const asks = async (text: string | null, now = morning, language: Language = 'id') =>
  callCenter.answer(asked(text, now, language));
const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');

describe('the call center', () => {
  it.each([
    ['in the morning', '2026-11-30T09:00+07:00', 'Sekarang buka sampai 22.00 WIB.', 'Open now, until 22.00 WIB.'],
    ['on the last minute', '2026-11-30T21:59+07:00', 'Sekarang buka sampai 22.00 WIB.', 'Open now, until 22.00 WIB.'],
    [
      'at night',
      '2026-11-30T22:00+07:00',
      'Sekarang tutup. Buka lagi Selasa, 1 Desember pukul 06.00 WIB.',
      'Closed now. Opens again Tuesday 1 December at 06.00 WIB.',
    ],
    [
      'before dawn',
      '2026-12-01T05:59+07:00',
      'Sekarang tutup. Buka lagi Selasa, 1 Desember pukul 06.00 WIB.',
      'Closed now. Opens again Tuesday 1 December at 06.00 WIB.',
    ],
    ['on a Sunday', '2026-11-29T12:00+07:00', 'Sekarang buka sampai 22.00 WIB.', 'Open now, until 22.00 WIB.'],
    ['at Christmas', '2026-12-25T12:00+07:00', 'Sekarang buka sampai 22.00 WIB.', 'Open now, until 22.00 WIB.'],
  ])('says whether it answers now: %s', async (_when, at, id, en) => {
    expect(textOf(await asks(null, Date.parse(at)))).toContain(id);
    expect(textOf(await asks(null, Date.parse(at), 'en'))).toContain(en);
  });

  it.each(languages)('gives its number and its address at once, in %s', async (language) => {
    const answer = await asks(null, morning, language);
    expect(answer.paragraphs[0]).toContain('175');
    expect(answer.paragraphs[0]).toContain('care@bpjsketenagakerjaan.go.id');
    expect(answer.offers).toContain('office');
  });

  it.each([null, 'call center', 'nomor wa resmi', 'email bpjs tk', '175 nik saya 3201010101900001', 'hubungi siapa'])(
    'asks for nothing, and nobody who they are: %s',
    async (text) => {
      for (const language of languages) {
        const answer = await asks(text, morning, language);
        expect(answer).toMatchObject({ personal: false });
        expect([answer.asks, answer.asksLocation, answer.file]).toEqual([undefined, undefined, undefined]);
        expect(textOf(answer)).not.toMatch(/(kirim|ketik|tulis|balas)[^.]{0,30} (NIK|KTP)|(send|type)[^.]{0,30} NIK/i);
      }
    },
  );

  it.each([
    ['nomor whatsapp resmi', 'id', 'contact-whatsapp'],
    ['akun instagram resmi apa', 'id', 'contact-social'],
    ['what is the official whatsapp number', 'en', 'contact-whatsapp'],
    ['May I have a contact number that can be reached from overseas', 'en', 'contact-abroad'],
  ] as const)('answers what is asked exactly by its article: %s', async (text, language, name) => {
    const id = articleIds.find((each) => each === name);
    const article = id && articleAnswer(id, asked(text, morning, language));
    expect(article?.paragraphs[0]).toBeDefined();
    expect(textOf(await asks(text, morning, language))).toContain(article?.paragraphs[0]);
  });

  it('says whether it answers now to whoever asks for it in words', async () => {
    for (const text of ['call center nya nomor brp', 'call center masih buka?', 'nomor cs']) {
      expect(textOf(await asks(text, morning)), text).toContain('Sekarang buka sampai 22.00 WIB.');
      expect(textOf(await asks(text, night)), text).toContain('Sekarang tutup.');
    }
    for (const text of ['call center number', 'is the call center open now']) {
      expect(textOf(await asks(text, night, 'en')), text).toContain('Closed now.');
    }
  });

  // The article about calling from abroad goes before: "hubungi bpjs tk".
  it('gives its number first to whoever asks how to reach it', async () => {
    for (const text of ['hubungi siapa', 'hubungi bpjs tk', 'telp bpjs berapa']) {
      const [first = '', second = ''] = (await asks(text)).paragraphs;
      expect(first + second, text).toContain('175');
    }
    const [first] = (await asks('phone number', morning, 'en')).paragraphs;
    expect(first).toContain('175');
  });
});
