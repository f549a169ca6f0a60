import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inGsm, partsOf } from '../../../src/bots/sms/alphabet.ts';
import { gsm7Codes } from '../../fakes/sms/gsm7.ts';

/** Anything that can stand in a text, whole or broken. */
const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());

/** How many places a text takes on the operator's side; null when it cannot be written there as GSM-7. */
const placesOf = (text: string) => gsm7Codes(text)?.flat().length ?? null;

describe('the alphabet of an SMS', () => {
  it('is what anything becomes, one place for each character', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const written = inGsm(text);
        expect(placesOf(written)).toBe(written.length);
        expect(written).not.toContain('\r');
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves alone what is in it', () => {
    const basic = '@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡AZÄÖÑÜ§¿azäöñüà';
    expect(inGsm(basic)).toBe(basic);
    fc.assert(
      fc.property(anything, (text) => {
        expect(inGsm(inGsm(text))).toBe(inGsm(text));
      }),
    );
  });

  it.each([
    ['Rp1.000 – Rp2.000 — lalu', 'Rp1.000 - Rp2.000 - lalu'],
    ['−5 “ya” ‘tidak’', '-5 "ya" \'tidak\''],
    ['tunggu…', 'tunggu...'],
    ['• satu\t·dua', '- satu -dua'],
    ['3 × 5 ≥ 15 ≤ 16', '3 x 5 >= 15 <= 16'],
    ['Rp\u00a05\u202f000', 'Rp 5 000'],
    ['€5', 'EUR5'],
    ['[a] {b} c~d `e` f|g^h\\i', "(a) (b) c-d 'e' f/g/h/i"],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['garçon São ñ é', 'garcon Sao ñ é'],
    ['e\u0301 decomposed', 'é decomposed'],
    ['😀 👨‍👩‍👧 🇮🇩 👍🏽', '   '],
    ['1️⃣ Cek', '1 Cek'],
    ['ﬁle ½ ² ™ ©', 'file 1/2 2 TM (c)'],
    ['zero\u200bwidth\u2060', 'zerowidth'],
    ['日本 Ж', '?? ?'],
    ['half \ud800 pair', 'half ? pair'],
    ['a\0b\u001bc', 'abc'],
  ])('%j becomes %j', (text, written) => {
    expect(inGsm(text)).toBe(written);
  });

  it('is paid in parts of 160 characters, or of 153 where there are more', () => {
    const lengths = [0, 1, 160, 161, 306, 307, 459, 460];
    expect(lengths.map((length) => partsOf('x'.repeat(length)))).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
  });
});
