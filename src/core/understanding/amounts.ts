import { names } from '../../locales/index.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';
import { matchCap } from './text.ts';

const numerals = valuesOf(names.numerals);
const scales = valuesOf(names.scales);
/** "sejuta" is "satu juta". */
const ones = new Map([...scales].map(([word, scale]) => [`se${word}`, scale]));
const thousand = 1_000;
/** Above this somebody counts something else than their own money. */
const most = 1e13;

/**
 * The amounts of money in a text with plain digits, in whole rupiah, in their order: "5jt", "5,5 juta", "Rp 5.000.000",
 * "dua juta tiga ratus ribu", "sejuta setengah". A bare number is none, but for one of seven to ten digits that ends in
 * three zeros: it takes a word of scale, "Rp", or groups of three.
 */
export function amountsIn(text: string): Rupiah[] {
  const found: Rupiah[] = [];
  let sum = 0;
  let group: number | null = null;
  let lastScale = 0;
  let marked = false;
  const end = () => {
    if (marked && group !== null) sum += group;
    if (sum >= thousand && sum <= most) found.push(rupiah(Math.round(sum)));
    [sum, group, lastScale, marked] = [0, null, 0, false];
  };
  /** Adds so much of a scale; one that is not below the last begins another amount: "3 juta 4 juta". */
  const add = (count: number, scale: number) => {
    group = null;
    if (lastScale > 0 && scale >= lastScale) end();
    sum += count * scale;
    lastScale = scale;
  };
  for (const token of tokensOf(text)) {
    const scale = scales.get(token);
    const one = ones.get(token);
    const numeral = numerals.get(token);
    if (token === 'rp' || token === 'idr') {
      end();
      marked = true;
    } else if (/^\d/.test(token)) {
      if (group !== null) end();
      const grouped = /^\d{1,3}([.,]\d{3})+([.,]\d{1,2})?$/.test(token);
      const value = grouped ? wholeOf(token) : Number(token.replace(',', '.'));
      group = Number.isNaN(value) ? null : value;
      // Two groups at least: "1.500" is a thousand and a half to some, and one and a half to others.
      if ((grouped && /[.,]\d{3}[.,]\d{3}/.test(token)) || /^[1-9]\d{3,6}000$/.test(token)) marked = true;
    } else if (numeral !== undefined) {
      group = (group ?? 0) + numeral;
      // "dua belas ribu lima ratus": the last words count ones.
      if (lastScale === thousand) marked = true;
    } else if (one !== undefined && one >= thousand) {
      add(1, one);
    } else if (token === 'belas' && group !== null) {
      group += 10;
    } else if (token === 'and' && group !== null) {
      // "One hundred and fifty thousand" is one number.
    } else if (token === 'setengah' && lastScale > 0 && group === null) {
      sum += lastScale / 2;
    } else if (scale !== undefined && scale < thousand && group !== null) {
      // "tiga ratus dua puluh": only what stands after the hundreds is in tens.
      const above: number = group >= 100 && scale === 10 ? group - (group % 100) : 0;
      group = above + (group - above) * scale;
    } else if (scale !== undefined && scale >= thousand && group !== null) {
      add(group, scale);
    } else {
      end();
    }
  }
  end();
  return found;
}

function tokensOf(text: string): string[] {
  return (
    text
      .slice(0, matchCap)
      .toLowerCase()
      .match(/\d+(?:[.,]\d+)*|\p{L}+/gu) ?? []
  );
}

/** `5.000.000,00` in whole rupiah: cents are not rupiah. */
function wholeOf(grouped: string): number {
  return Number(grouped.replace(/[.,]\d{1,2}$/, '').replace(/[.,]/g, ''));
}

function valuesOf(words: Record<string, readonly string[]>): Map<string, number> {
  return new Map(Object.entries(words).flatMap(([value, all]) => all.map((word) => [word, Number(value)])));
}
