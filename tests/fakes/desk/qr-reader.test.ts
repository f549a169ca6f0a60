import fc from 'fast-check';
import { renderUnicodeCompact } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrScreen } from '../../../src/bots/whatsapp/linking.ts';
import { readQr } from './qr-reader.ts';

/** As long as those that WhatsApp's clients show. */
const linking = `2@${'kX9'.repeat(40)},${'B'.repeat(43)}=,${'c'.repeat(43)}=,${'D'.repeat(43)}=,1`;

describe('the reader of QR codes in a terminal', () => {
  it('reads what is shown to link a number, with the words around it', () => {
    expect(readQr(qrScreen(linking))).toBe(linking);
  });

  it('reads texts of any length and kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 150 }), (text) => {
        expect(readQr(renderUnicodeCompact(text))).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('reads it indented, with other ends of lines, and cut out of a screen with more on it', () => {
    const shown = renderUnicodeCompact(linking).replaceAll('\n', '\r\n    ');
    expect(readQr(`$ npm start\r\n    ${shown}\r\n{"level":"warn"}\r\n`)).toBe(linking);
  });

  it('reads the last of several, also of another size', () => {
    const screens = ['first', linking, linking.replaceAll('k', 'K'), 'the last'].map((text) => qrScreen(text));
    expect(readQr(screens.slice(0, 3).join('\n'))).toBe(linking.replaceAll('k', 'K'));
    expect(readQr(screens.join('\n'))).toBe('the last');
    expect(readQr(renderUnicodeCompact('above') + '\n' + renderUnicodeCompact(linking))).toBe(linking);
  });

  it('finds none where there is none, and none in half of one', () => {
    const lines = renderUnicodeCompact(linking).split('\n');
    expect(readQr('')).toBeNull();
    expect(readQr('Type this code there: ABCD-EFGH')).toBeNull();
    expect(readQr(lines.slice(0, lines.length / 2).join('\n'))).toBeNull();
  });
});
