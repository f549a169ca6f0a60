import { describe, expect, it } from 'vitest';
import { lint, type Phrases } from '../../scripts/phrase-lint.ts';
import { classes } from '../../src/core/understanding/classes.ts';
import { phrasebook } from '../../src/locales/index.ts';

/** No phrases of anything. */
const empty: Phrases['id'] = { ...phrasebook.phrases.id, ...Object.fromEntries(classes.map((name) => [name, []])) };

/** What is wrong with a balance phrase more, said to stand beside these other ones. */
function wrongWith(phrase: string, beside: Partial<Phrases['id']> = {}, measured: readonly string[] = []): string[] {
  const book = { id: { ...empty, ...beside }, en: { ...empty, balance: [phrase] } };
  return lint(book, measured)
    .filter((finding) => finding.phrase === phrase)
    .map(({ wrong }) => wrong);
}

const findings = lint();

describe('the example phrases', () => {
  it('have nothing wrong with them: npm run phrases finds nothing', () => {
    expect(findings).toEqual([]);
  });
});

describe('the look over the phrases', () => {
  it('finds nothing wrong with a phrase like no other', () => {
    expect(wrongWith('cek saldo saya', { office: ['kantor terdekat dimana'] }, ['berapa iuran bulan lalu'])).toEqual(
      [],
    );
  });

  it('finds a phrase that is read like another, in the same intent or in another one', () => {
    expect(wrongWith('cek saldo saya', { balance: ['cek sldo sy dong'] })).toEqual([
      'is read as "cek sldo sy dong" (balance, id)',
    ]);
    expect(wrongWith('cek saldo saya', { channels: ['Cek saldo saya!'] })).toEqual([
      'is read as "Cek saldo saya!" (channels, id)',
    ]);
  });

  it('finds a phrase of the evaluation, however it is spelled', () => {
    expect(wrongWith('cek saldo saya', {}, ['CEK SALDO SY'])).toEqual(['is in the evaluation']);
  });

  it.each([
    ['nik saya 3175011234560001', 'holds what looks like a NIK'],
    ['kartu 123 4567 8901', 'holds what looks like a KPJ'],
    ['hp 0812-3456-7890', 'holds what looks like a phone number'],
    ['saldo '.repeat(43), 'is longer than the 256 characters that are read'],
    ['...', 'has no words'],
  ])('finds that "%s" %s', (phrase, wrong) => {
    expect(wrongWith(phrase)).toEqual([wrong]);
  });

  it('finds a phrase that says nearly the same as one of another intent', () => {
    const other = 'cara klaim jht kalau resign dari perusahaan lama';
    expect(wrongWith('cara klaim jht kalau resign dari perusahaan', { claim_howto: [other] })).toEqual([
      expect.stringMatching(/^is close \(0\.\d\d\) to "cara klaim jht kalau resign dari perusahaan lama"/),
    ]);
    expect(wrongWith('cara klaim jht kalau resign dari perusahaan', { balance: [other] })).toEqual([]);
  });

  it('finds an intent with too few phrases: fewer than 40, of what most members ask fewer than 60', () => {
    const some = (count: number) => Array.from({ length: count }, (_, number) => `saldo ${'x'.repeat(number + 1)}`);
    const found = lint(
      { id: { ...empty, balance: some(59), office: some(60), greet: some(39), menu: some(40) }, en: empty },
      [],
    );
    const few = found.filter(({ phrase, language }) => phrase === null && language === 'id');
    expect(few.find(({ intent }) => intent === 'balance')?.wrong).toBe('has 59 phrases, of 60');
    expect(few.find(({ intent }) => intent === 'greet')?.wrong).toBe('has 39 phrases, of 40');
    expect(few.filter(({ intent }) => intent === 'office' || intent === 'menu')).toEqual([]);
  });
});
