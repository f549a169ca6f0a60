import { phrasebook } from '../../locales/index.ts';
import { wordsOf } from './text.ts';

const slang = new Map(Object.entries(phrasebook.slang).map(([spelling, words]) => [spelling, words.split(' ')]));

/** The words of a text as the phrasebook spells them: "sy" is "saya", and "dong" is nothing, unless it stands alone. */
export function standardWords(text: string): string[] {
  const words = wordsOf(text);
  const standard = words.flatMap((word) => slang.get(word) ?? word).filter((word) => word !== '');
  return standard.length > 0 ? standard : words;
}
