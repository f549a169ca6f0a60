import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { type Language, languages } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { articleAnswer } from '../../../src/core/topics/article.ts';
import { bringsAddress, bringsNumber, reportFraud } from '../../../src/core/topics/report-fraud.ts';
import { askedIn } from './asked.ts';

const now = Date.parse('2026-11-30T02:00:00Z');
const asked = (text: string | null, language: Language) => askedIn(language, now, text, { intent: 'report_fraud' });
const asks = async (text: string | null, language: Language = 'id') => reportFraud.answer(asked(text, language));
const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');
const opening = (name: string, language: Language) => {
  const id = articleIds.find((each) => each === name);
  return (id && articleAnswer(id, asked(null, language))?.paragraphs[0]) ?? `no article ${name}`;
};

/** What members ask, and what they forward, in words that invite a yes. */
const texts = [
  'ini asli ga min bpjsketenagakerjaan.com/bsu',
  'www.bpjsketenagakerjaan.go.id ini asli?',
  'https://www.bpjsketenagakerjaan.go.id aman atau tidak',
  'situs ini aman? jamsostek-klaim.com',
  'lapakasik.bpjsketenagakerjaan.go.id aman kan',
  'bit.ly/bsu2026 aman?',
  'xn--bpjsktenagakerjaan-lzo.go.id',
  '192.168.4.4/klaim',
  'bpjsketenagakerjaan.go.id@evil.com aman ya',
  'play.google.com/store/apps/details?id=com.bpjstku aman?',
  'email dari care@bpjsketenagakerjaan.go.id aman?',
  'instagram @bpjs.ketenagakerjaan asli?',
  'telegram @bpjstk_bot aman ga',
  'nomor 0812-3456-7890 ini resmi?',
  '0812-3456-7890',
  '0812-3456-7890 aman ga buat ditelpon balik',
  'wa 0811-9115-910 resmi ga',
  '175 nomor resmi?',
  'is the number 175 safe to call',
  'ada yg nelpon minta kode otp',
  'someone called and asked for my otp',
  'orang ngaku petugas minta foto ktp',
  'kode otp udah saya kasih',
  'apakah aman klik link ini',
  'link nya aman ga',
  'bsu cair klik link',
  'dapat hadiah 150 juta dari bpjs',
  'transfer biaya admin 500rb biar cair',
  'ada calo nawarin cairin jht, aman?',
  'jual beli kpj itu boleh?',
  'apk jmo dikirim lewat wa, aman diinstal?',
  'forward: bagikan ke 10 grup',
  'penipuan',
  'mau lapor penipuan',
  'saya ditipu',
  'i got scammed',
  'data saya bocor?',
  'is this link safe bpjs-klaim.com',
  'is www.bpjsketenagakerjaan.go.id safe',
  'safe to pay 200k to agent of jamsostek?',
];

describe('is this a scam?', () => {
  it.each([
    ['id', 'ini asli ga min bpjsketenagakerjaan.com/bsu', 'TIRUAN.'],
    ['en', 'is this real bpjsketenagakerjaan.com', 'IMITATION.'],
  ] as const)('an imitated address is named as one, in %s, and cannot be pressed', async (language, text, verdict) => {
    const answer = await asks(text, language);
    expect(answer.paragraphs[0]).toContain(verdict);
    expect(textOf(answer)).toContain(speeches[language].text('scam.conclusion.high'));
    expect(textOf(answer)).toContain('bpjsketenagakerjaan . com');
    expect(textOf(answer)).not.toContain('bpjsketenagakerjaan.com');
    expect(answer.offers.slice(0, 3)).toEqual(['fraud-report', 'fraud-code', 'call_center']);
  });

  it.each(languages)(
    'an official address is known, and whoever sends it still not trusted, in %s',
    async (language) => {
      const answer = await asks('www.bpjsketenagakerjaan.go.id ini asli?', language);
      expect(answer.paragraphs[0]).toContain(speeches[language].text('scam.verdict.official'));
      expect(textOf(answer)).toContain(speeches[language].text('scam.conclusion.none_found'));
    },
  );

  it.each([
    ['id', 'ada yg nelpon minta kode otp'],
    ['id', 'petugas nelpon minta otp'],
    ['en', 'someone called and asked for my otp'],
  ] as const)('who was asked for a code is told that it is fraud, in %s: %s', async (language, text) => {
    expect(textOf(await asks(text, language))).toContain(opening('fraud-otp', language));
  });

  it.each(languages)('a number alone is judged, in %s', async (language) => {
    const answer = await asks('0812-3456-7890', language);
    expect(answer.paragraphs[0]).toContain(`0812-3456-7890: ${speeches[language].text('scam.verdict.unknown')}`);
    expect(textOf(answer)).toContain(speeches[language].text('scam.conclusion.unclear'));
  });

  it.each(languages)('who only wants to report is told how, in %s', async (language) => {
    for (const text of [null, language === 'id' ? 'mau lapor penipuan' : 'I want to report a scam']) {
      expect(textOf(await asks(text, language))).toContain(opening('fraud-report', language));
    }
  });

  it.each(languages)(`nothing is ever called safe in any of ${texts.length} answers, in %s`, async (language) => {
    for (const text of texts) {
      const said = textOf(await asks(text, language))
        .replace(/(tidak bisa bilang (ini )?|^tidak )aman/gim, '')
        .replace(/(cannot say that (it|this) is |^not )safe/gim, '');
      expect(said, text).not.toMatch(
        /\b(ini|itu|pasti|sudah|dijamin) aman\b|\bis safe\b|\bterpercaya\b|\btrustworthy\b/i,
      );
      // Nothing else has the word, either, but advice to pay early.
      expect(said.replace('lebih aman bayar lebih awal', ''), text).not.toMatch(/\baman\b|\bsafe\b/i);
    }
  });

  it('who does not say what they mean is not told yes', async () => {
    for (const text of ['is this safe?', 'is it safe', 'can i trust this']) {
      expect(textOf(await asks(text, 'en')), text).not.toMatch(/^(This is about[^\n]*\n\n)?Yes/);
    }
  });

  it('every answer says where to report or to ask, and is one screen', async () => {
    for (const language of languages) {
      for (const text of texts) {
        const answer = await asks(text, language);
        expect(textOf(answer).length, text).toBeLessThanOrEqual(600);
        expect(
          answer.offers.some((id) => id === 'call_center' || id === 'report_fraud' || id.startsWith('fraud-')),
        ).toBe(true);
      }
    }
  });
});

describe('what somebody else has written', () => {
  it.each([
    ['bpjsketenagakerjaan.com/bsu', true, false],
    ['bit.ly/abc', true, false],
    ['@bpjstk_bot', true, false],
    ['0812-3456-7890', false, true],
    ['www.bpjsketenagakerjaan.go.id', false, false],
    ['175', false, false],
    ['cek saldo dong', false, false],
    ['jht 12.345.678', false, false],
  ])('is told from what is official: %s', (text, address, number) => {
    expect([bringsAddress(text), bringsNumber(text)]).toEqual([address, number]);
  });
});
