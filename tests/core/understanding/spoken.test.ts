import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageTeller } from '../../../src/core/understanding/spoken.ts';
import { readWords } from '../../../src/core/understanding/words.ts';

fc.configureGlobal({ seed: 20_261_031 });

const teller = languageTeller();
const again = languageTeller();
const tell = (text: string) => teller(readWords(text));

describe('the language of a text', () => {
  it.each([
    ['cek saldo saya', 'id'],
    ['gmn cara klaim jht min', 'id'],
    ['ga bs login min', 'id'],
    ['kartu sy ilang gmn nih', 'id'],
    ['brp sldo sy', 'id'],
    ['kulo bade cek saldo', 'id'],
    ['download jmo error terus', 'id'],
    ['kntor trdekt dmn', 'id'],
    ['saldo', 'id'],
    ['gmn', 'id'],
    ['makasih', 'id'],
    ['kantor', 'id'],
    ['jht', 'id'],
    ['perjalanannya', 'id'],
    ['SALDO 123456', 'id'],
    ['check my balance', 'en'],
    ['wher is my crad', 'en'],
    ['whre is the neerest ofice', 'en'],
    ['how do i klaim jht', 'en'],
    ['my contribusion', 'en'],
    ['thanks', 'en'],
    ['balance', 'en'],
    ['office', 'en'],
    ['friendship', 'en'],
    ['min mau check balance dong', 'mixed'],
    ['can you tolong check saldo saya please', 'mixed'],
    ['please help me cek saldo JHT', 'mixed'],
  ])('"%s" → %s', (text, language) => {
    expect(tell(text)).toBe(language);
  });

  it.each(['', '   ', '123', '3175011234560001', '12 34', '🙏', '!?', '10k'])('is not told by "%s"', (text) => {
    expect(tell(text)).toBeNull();
  });

  it('is that of one word of English among Indonesian ones: they take in many', () => {
    expect(tell('min saldo saya kok error terus ya')).toBe('id');
    expect(tell('mau update nomor hp saya min')).toBe('id');
  });

  it('does not depend on numbers and signs in the text', () => {
    const text = fc.constantFrom('cek saldo saya', 'check my balance', 'min mau check balance dong');
    const number = fc.nat().map(String);
    fc.assert(
      fc.property(
        text,
        fc.array(fc.oneof(number, fc.constantFrom('🙏', '!', '...')), { maxLength: 6 }),
        (words, others) => {
          expect(tell(`${others.join(' ')} ${words} ${others.join(' ')}`)).toBe(tell(words));
        },
      ),
    );
  });

  it('is one of three or none, and the same every time, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(['id', 'en', 'mixed', null]).toContain(tell(text));
        expect(again(readWords(text))).toBe(tell(text));
      }),
    );
  });
});
