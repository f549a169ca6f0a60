import type { Language } from '../../core/language.ts';
import { a4, type Page, type Style } from './page.ts';

/** Where forms to sign are written, from the left edge of the page. */
export const margin = 62;
export const width = a4.width - 2 * margin;
export const plain: Style = { size: 11 };
export const small: Style = { size: 9, grey: true };
/** The English words, under the Indonesian ones: the office reads Indonesian. */
export const english: Style = { size: 8.5, grey: true, lang: 'en' };
/** How high a signature and what belongs to it are, with a name of two lines. */
export const signingHeight = 148;

/** Writes a text, with its English under it where that is wanted, and gives the y under both. */
export type Put = (text: string, translated: string, y: number, style: Style, x?: number, wide?: number) => number;

/** How texts are written for who reads `language`. */
export function putting(page: Page, language: Language): Put {
  return (text, translated, y, style, x = margin, wide = width) => {
    const end = text === '' ? y : page.write('P', text, { x, y, width: wide }, style);
    if (language === 'id' || translated === '') return end;
    return page.write('P', translated, { x, y: end, width: wide }, english);
  };
}

/** The whole width, at this height. */
export function full(y: number) {
  return { x: margin, y, width };
}

/** Long names in smaller letters, so that they take one line, or two low ones. */
export function fitting(text: string): Style {
  return { size: Math.max(7, Math.min(plain.size, 330 / text.length)), lines: 2 };
}

/** What stands around a signature, in Indonesian and in English. */
export interface Signing {
  readonly signed: string;
  readonly signature: string;
}

/** Lines for the place, with the day, and for the signature of the named one. Gives the y under them. */
export function signing(
  page: Page,
  put: Put,
  top: number,
  own: Signing,
  translated: Signing,
  day: string,
  name: string | null,
): number {
  const x = margin + width / 2;
  page.line({ x, y: top + 12, width: 105 });
  page.write('P', `, ${day}`, { x: x + 106, y: top, width: width / 2 - 106 }, plain);
  let y = put(own.signed, translated.signed, top + 24, plain, x, width / 2) + 50;
  page.line({ x, y, width: width / 2 });
  y += 4;
  if (name !== null) y = page.write('P', name, { x, y, width: width / 2 }, fitting(name));
  return put(own.signature, translated.signature, y, small, x, width / 2);
}

/** Notes in Indonesian, then in English where that is wanted, at the foot of the page. Gives the y over them. */
export function notes(page: Page, language: Language, own: readonly string[], translated: readonly string[]): number {
  const written = [
    ...own.map((note) => ({ note, style: small })),
    ...(language === 'id' ? [] : translated.map((note) => ({ note, style: english }))),
  ];
  const top = a4.height - 38 - written.length * 14;
  page.line(full(top));
  let y = top + 8;
  for (const { note, style } of written) y = page.write('P', note, full(y), style) + 2;
  return top;
}
