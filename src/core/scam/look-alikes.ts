import unhomoglyph from 'unhomoglyph';
import type { Reason } from './judgement.ts';
import names from './names.json' with { type: 'json' };

/** Small capitals and the like, which the table of confusables keeps apart from the letters that they look like. */
const alsoAlike: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzƅbĸkɩiıiɛeɑaɡgɗdɓbƙkɳnŋn'].reduce<[string, string][]>(
    (pairs, letter, index, all) => (index % 2 === 0 ? [...pairs, [letter, all[index + 1] ?? letter]] : pairs),
    [],
  ),
);
const figures: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 8: 'b' };

/**
 * How a word looks: what can be taken for the same has the same skeleton. Letters of other scripts, accents and figures
 * become plain letters; `rn` and `m` are one.
 */
export function skeleton(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase();
  return [...unhomoglyph(plain).toLowerCase()]
    .map((letter) => alsoAlike[letter] ?? figures[letter] ?? letter)
    .join('')
    .replaceAll('m', 'rn');
}

const skeletons = (words: readonly string[]) => words.map(skeleton);
const anywhere = skeletons(names.anywhere);
const whole = skeletons(names.whole);
const close = skeletons(names.close);
const companions = new Set(skeletons(names.companions));

/**
 * In which way a label of a host, or the name of an account, uses a name of ours; null when it does not. Whether it may
 * is for the caller to know. Short names count only where they stand by themselves or with a word of the trade ("cekbsu").
 */
export function borrowing(label: string): Reason | null {
  const parts = label.split(/[-._]/).filter((part) => part !== '');
  const seen = skeleton(label.replace(/[-._]/g, ''));
  const plain = label.toLowerCase().replace(/[-._]/g, '');
  if (names.anywhere.some((name) => plain.includes(name))) return near(label) ?? near(plain) ?? 'borrowed_name';
  if (anywhere.some((name) => seen.includes(name))) return 'homoglyph';
  const short = parts.find((part) => standsOut(part));
  if (short !== undefined) return /^[\u0020-\u007E]+$/.test(short) ? 'borrowed_name' : 'homoglyph';
  return [...parts, label.replace(/[-._]/g, '')].map((part) => near(part)).find((reason) => reason !== null) ?? null;
}

/** The reason for a word that is almost one of the long names; null for one that is exactly it, or far from all. */
function near(word: string): Reason | null {
  const seen = skeleton(word);
  if (close.includes(seen)) return null;
  const isNear = close.some((name) => distance(seen, name) <= (name.length > 8 ? 2 : 1));
  return isNear ? 'misspelt' : null;
}

function standsOut(part: string): boolean {
  const word = skeleton(part.replace(/\d/g, ''));
  return whole.some((name) => {
    if (word === name) return true;
    if (word.startsWith(name)) return companions.has(word.slice(name.length));
    return word.endsWith(name) && companions.has(word.slice(0, -name.length));
  });
}

/** Letters to put in, take out or change to make one word of the other; 3 stands for all that is more than 2. */
export function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(3, row[other.length] ?? 3);
}
