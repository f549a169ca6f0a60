import type { Choice, Reply } from '../../core/reply.ts';
import { eachPart, inGsm, onePart, partsOf } from './alphabet.ts';
import { withoutAddresses } from './links.ts';
import { words } from './words.ts';

/** A reply is never more than three parts. */
const mostParts = 3;
export const mostCharacters = mostParts * eachPart;

/** So many choices have to be worth it before they may open a second part. */
const worthAPart = 3;

/**
 * A reply as one text of at most three parts, in the basic alphabet and without an address in it. Its short form where it
 * has one. Else its first paragraph and as many more as go in, with where more can be heard if something was left out,
 * and below it as many choices as the last part has room for.
 */
export function render(reply: Reply): string {
  const { more } = words[reply.language];
  const short = withoutAddresses(tidy(reply.short ?? ''));
  if (short !== '') return short.length <= mostCharacters ? short : fitting(short, more, false);
  const said = tidy(reply.text);
  const full = said === '' && reply.file ? tidy(reply.file.words) : said;
  const text = withoutAddresses(full);
  return withChoices(fitting(text, more, text !== full), reply.choices);
}

/** In the alphabet, without the spaces that emoji leave behind. */
function tidy(text: string): string {
  return inGsm(text)
    .split('\n')
    .map((line) =>
      line
        .split(' ')
        .filter((word) => word !== '')
        .join(' '),
    )
    .join('\n')
    .trim();
}

/** As many paragraphs as go in, and where there is more if that is not all. The first is always there, cut if it has to be. */
function fitting(text: string, more: string, leftOut: boolean): string {
  if (text === '') return more;
  const [first = '', ...others] = text.split(/\n\n+/);
  const room = mostCharacters - more.length - 1;
  if (others.length === 0 && !leftOut && first.length <= mostCharacters) return first;
  if (first.length > room) return `${cut(first, room)}\n${more}`;
  let shown = first;
  for (const [nth, paragraph] of others.entries()) {
    const next = `${shown}\n${paragraph}`;
    const isAll = nth === others.length - 1 && !leftOut;
    if (next.length > (isAll ? mostCharacters : room)) return `${shown}\n${more}`;
    shown = next;
  }
  return leftOut ? `${shown}\n${more}` : shown;
}

/** At most so many characters of a longer text: whole sentences where they fill half of that, or whole words and three dots. */
function cut(text: string, room: number): string {
  const ends = [...text.slice(0, room + 1).matchAll(/[.!?](?=\s)/g)];
  const sentences = (ends.at(-1)?.index ?? 0) + 1;
  if (sentences > room / 2) return text.slice(0, sentences);
  const most = room - dots.length;
  const space = text.slice(0, most + 1).search(/\s\S*$/);
  return `${text.slice(0, space > 0 ? space : most)}${dots}`;
}

const dots = '...';

/** Numbered as the assistant counts them, in what is left of the last part: only many of them are worth a second one. */
function withChoices(text: string, choices: readonly Choice[]): string {
  const lines = choices.map(({ label }, nth) => `${nth + 1} ${tidy(label)}`);
  const here = listed(text, lines, roomOf(partsOf(text)));
  if (partsOf(text) > 1 || lines.length - here.length < worthAPart) return [text, ...here].join('\n');
  return [text, ...listed(text, lines, roomOf(2))].join('\n');
}

function listed(text: string, lines: readonly string[], room: number): readonly string[] {
  let length = text.length;
  const last = lines.findIndex((line) => {
    length += line.length + 1;
    return length > room;
  });
  return last === -1 ? lines : lines.slice(0, last);
}

/** Characters that so many parts take. */
function roomOf(parts: number): number {
  return parts === 1 ? onePart : parts * eachPart;
}
