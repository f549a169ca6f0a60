import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inGsm, partsOf } from '../../../src/bots/sms/alphabet.ts';
import { mostCharacters, render } from '../../../src/bots/sms/render.ts';
import type { Reply } from '../../../src/core/reply.ts';
import { replyOf } from './stage.ts';

const more = 'Lengkapnya: telp 175.';
const choicesOf = (...labels: readonly string[]) => labels.map((label, nth) => ({ id: `${nth}`, label }));
const many = choicesOf('Cek saldo', 'Riwayat iuran', 'Kartu digital', 'Kantor terdekat', 'Cara klaim', 'Bantuan');

describe('a reply by SMS', () => {
  it('is its short form where it has one, as it is', () => {
    const short = 'Saldo JHT – Rp1.000.\nBalas IURAN.';
    expect(render(replyOf('Panjang', { short, choices: many }))).toBe('Saldo JHT - Rp1.000.\nBalas IURAN.');
  });

  it('is all of its text where that goes in, a line for each paragraph', () => {
    expect(render(replyOf('Satu.\n\nDua.\n\n\nTiga.'))).toBe('Satu.\nDua.\nTiga.');
  });

  it('leaves out whole paragraphs from the end, and says where to hear more', () => {
    const [first, second, third] = ['Satu.'.repeat(40), 'Dua. '.repeat(40).trim(), 'Tiga. '.repeat(40).trim()];
    expect(render(replyOf([first, second, third].join('\n\n')))).toBe(`${first}\n${second}\n${more}`);
  });

  it('says so in the language of the reply', () => {
    const long = 'A sentence. '.repeat(60);
    expect(render(replyOf(long, { language: 'en' }))).toMatch(/A sentence\.\nFor more: call 175\.$/);
  });

  it('cuts a first paragraph that is too long behind a sentence', () => {
    const text = render(replyOf('Satu kalimat lagi. '.repeat(40)));
    expect(text).toMatch(/^(Satu kalimat lagi\. ){22}Satu kalimat lagi\.\nLengkapnya: telp 175\.$/);
  });

  it.each([
    ['words', 'kata '.repeat(200), /kata\.\.\.\nLengkapnya/],
    ['lines', 'kata\n'.repeat(200), /kata\.\.\.\nLengkapnya/],
    ['nothing but a beginning that ends', `Ini. ${'kata '.repeat(200)}`, /kata\.\.\.\nLengkapnya/],
  ])('or behind a word, when it is %s', (_what, long, expected) => {
    expect(render(replyOf(long))).toMatch(expected);
  });

  it('uses all of its three parts where it has to', () => {
    expect(render(replyOf('x'.repeat(mostCharacters)))).toBe('x'.repeat(mostCharacters));
    expect(render(replyOf('x'.repeat(1_000)))).toHaveLength(mostCharacters);
  });

  it('has a file in words only where it says nothing else', () => {
    const file: Reply['file'] = { kind: 'image', name: 'a.png', type: 'image/png', content: '', words: 'Kartu Anda.' };
    expect(render(replyOf('Ini kartu Anda.', { file }))).toBe('Ini kartu Anda.');
    expect(render(replyOf('', { file }))).toBe('Kartu Anda.');
    expect(render(replyOf(''))).toBe(more);
  });
});

describe('choices by SMS', () => {
  it('are lines with their numbers, without emoji', () => {
    const choices = choicesOf('📊 Rincian', 'Iuran 💰 saya');
    expect(render(replyOf('Saldo.', { choices }))).toBe('Saldo.\n1 Rincian\n2 Iuran saya');
  });

  it('fill what is left of the one part, and no more', () => {
    const text = render(
      replyOf('x'.repeat(120), { choices: choicesOf('Cek saldo', 'Riwayat iuran', 'Kartu', 'Kantor') }),
    );
    expect(text).toBe(`${'x'.repeat(120)}\n1 Cek saldo\n2 Riwayat iuran\n3 Kartu`);
    expect(partsOf(text)).toBe(1);
  });

  it('open a second part where three of them or more would be lost', () => {
    const text = render(replyOf('x'.repeat(120), { choices: many }));
    expect(text).toMatch(/\n6 Bantuan$/);
    expect(partsOf(text)).toBe(2);
  });

  it('fill what is left of the last of several parts', () => {
    const text = render(replyOf('x'.repeat(280), { choices: many }));
    expect(text).toBe(`${'x'.repeat(280)}\n1 Cek saldo`);
  });
});

describe('addresses in an SMS', () => {
  it.each([
    'https://jmo.bpjsketenagakerjaan.go.id/x?y=1',
    'www.bpjsketenagakerjaan.go.id',
    'bpjsketenagakerjaan.go.id',
    'lapakasik.bpjsketenagakerjaan.go.id/daftar',
    'JMO.ID',
    'care@bpjsketenagakerjaan.go.id',
    'bit.ly/abc',
    'wa.me/62811',
    '(jmo.id)',
    'klik:jmo.id',
    'jmo.id-nya',
  ])('a sentence with %s is left out', (address) => {
    expect(render(replyOf(`Satu dua. Buka ${address}, lalu pilih. Tiga empat.`))).toBe(
      `Satu dua. Tiga empat.\n${more}`,
    );
  });

  it('go alone where nothing else is said', () => {
    expect(render(replyOf('Buka www.jmo.id lalu pilih.'))).toBe(`Buka lalu pilih.\n${more}`);
    expect(render(replyOf('https://jmo.id'))).toBe(more);
  });

  it('take their line with them, and leave the others', () => {
    expect(render(replyOf('Satu:\nwww.jmo.id\nTiga.\n\njmo.id\n\nEmpat.'))).toBe(`Satu:\nTiga.\nEmpat.\n${more}`);
  });

  it.each(['Rp1.500.000', '17.00-18.00', 'No.5', 's.d. 31', 'a.n. PT.Maju', 'S.Kom.', 'KPJ/NIK', 'UU 27/2022'])(
    '%s is none',
    (text) => {
      expect(render(replyOf(`Satu ${text} dua.`))).toBe(`Satu ${text} dua.`);
    },
  );
});

describe('whatever a reply holds', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 700 }), fc.lorem({ mode: 'sentences', maxCount: 60 }));
  const paragraphs = fc.array(text, { maxLength: 6 }).map((each) => each.join('\n\n'));
  const choices = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 9 });

  it('is never more than three parts, all in the alphabet, and never nothing', () => {
    fc.assert(
      fc.property(paragraphs, choices, fc.option(paragraphs, { nil: undefined }), (said, labels, short) => {
        const written = render(replyOf(said, { choices: choicesOf(...labels), ...(short && { short }) }));
        expect(partsOf(written)).toBeLessThanOrEqual(3);
        expect(inGsm(written)).toBe(written);
        expect(written.trim()).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  it('has no part more for its choices than for its text, but one where they do not fit', () => {
    fc.assert(
      fc.property(paragraphs, choices, (said, labels) => {
        const alone = partsOf(render(replyOf(said)));
        const all = partsOf(render(replyOf(said, { choices: choicesOf(...labels) })));
        expect(all - alone).toBeLessThanOrEqual(alone === 1 && labels.length >= 3 ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });
});
