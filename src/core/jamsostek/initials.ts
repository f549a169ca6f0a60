import titles from './titles.json' with { type: 'json' };

/** What a paper shows of a name: more would tell more than it takes to compare it with a card. */
const most = 4;

/**
 * The initials of a name, as papers that anybody may look at show them: `Rahmawati Lestari` is `R. L.`
 *
 * At most four, each one letter of whatever script; forms of address and degrees do not count. Empty when the name has
 * no letter.
 */
export function initialsOf(name: string): string {
  return withoutTitles(wordsOf(name))
    .slice(0, most)
    .map((word) => `${initialOf(word)}.`)
    .join(' ');
}

/** `M.Rizki` is two words, `S.T.` is one. What follows a comma is a degree. */
function wordsOf(name: string): string[] {
  const [own = ''] = name.normalize('NFC').split(/[,،、]/u);
  return own
    .split(/\s/u)
    .flatMap((word) => (degrees.has(plain(word)) ? [word] : word.split(/(?<=\.)/u)))
    .filter((word) => /\p{L}/u.test(word));
}

const before: ReadonlySet<string> = new Set(titles.before);
const degrees: ReadonlySet<string> = new Set(titles.degrees);

/** A word that says all that there is of a name is no title. */
function withoutTitles(words: readonly string[]): readonly string[] {
  const [first, ...others] = words;
  if (first === undefined || others.length === 0) return words;
  if (before.has(plain(first))) return withoutTitles(others);
  // Without its dots it may as well be a name.
  const last = others.at(-1) ?? '';
  return last.includes('.') && degrees.has(plain(last)) ? withoutTitles(words.slice(0, -1)) : words;
}

function plain(word: string): string {
  return word.replaceAll('.', '').toLowerCase();
}

/** One letter, also where its capital would be two: `ß`. */
function initialOf(word: string): string {
  const [letter = ''] = /\p{L}/u.exec(word) ?? [];
  const capital = letter.toUpperCase();
  return [...capital].length === 1 ? capital : letter;
}
