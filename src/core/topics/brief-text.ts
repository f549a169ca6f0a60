import type { Speech } from '../speech.ts';

/**
 * Characters of what is said in a few words: two text messages, less what the question of an open step takes that is told
 * below it, so that both together are three at most.
 */
export const briefly = 280;

/** Letters on both sides of a dot, which phones make a link of, or an e-mail address. */
const address = /[a-z\d]\.[a-z]{2}|@/i;
/** A site of the government or an e-mail address there, by its whole name: no name of another's looks like this. */
const official = /^(?:[a-z]{1,30}@)?(?:[a-z]{1,30}\.){1,3}go\.id(?:\/[a-z]{1,30})?/i;

/**
 * The beginning of a text, without any address in it: as many paragraphs as there is room for, of the first as many
 * sentences; and where all of it is told, when something was left out.
 */
export function briefText(paragraphs: readonly string[], speech: Speech, room: number = briefly): string {
  const clean = paragraphs.map((paragraph) => withoutAddresses(paragraph, speech)).filter((each) => each !== '');
  const all = clean.join('\n');
  if (all === paragraphs.join('\n') && all.length <= room) return all;
  const more = speech.text('short.more');
  const space = room - more.length - 1;
  const [first = '', ...others] = clean;
  let shown = first.length <= space ? first : leading(first, space);
  for (const paragraph of first.length <= space ? others : []) {
    if (`${shown}\n${paragraph}`.length > space) break;
    shown = `${shown}\n${paragraph}`;
  }
  return `${shown}${/[.?!]$/.test(shown) ? ' ' : '\n'}${more}`;
}

/** The first sentence of a text, without any address in it; null where it only leads to a list. */
export function firstSentence([first = '']: readonly string[], speech: Speech): string | null {
  const [line = ''] = withoutAddresses(first, speech).split('\n');
  const [sentence = ''] = sentencesOf(line);
  return sentence === '' || sentence.endsWith(':') ? null : sentence;
}

/** As many sentences as there is room for, one at least. */
function leading(text: string, room: number): string {
  let shown = '';
  for (const [nth, line] of text.split('\n').entries()) {
    for (const [place, sentence] of sentencesOf(line).entries()) {
      const next = `${shown}${place > 0 ? ' ' : nth > 0 ? '\n' : ''}${sentence}`;
      if (shown !== '' && next.length > room) return shown;
      shown = next;
    }
  }
  return shown;
}

/**
 * What is official is only called that; a sentence with another address goes, with the question before it that it answers,
 * and so does a line without any left.
 */
function withoutAddresses(paragraph: string, speech: Speech): string {
  if (!address.test(paragraph)) return paragraph;
  const named = (found: string) => speech.text(found.includes('@') ? 'short.mail' : 'short.site');
  return paragraph
    .split('\n')
    .map((line) =>
      sentencesOf(line)
        .map((sentence) =>
          sentence
            .split(' ')
            .map((word) => word.replace(official, named))
            .join(' '),
        )
        .filter((sentence, nth, all) => {
          const answer = sentence.endsWith('?') ? (all[nth + 1] ?? '') : '';
          return !address.test(`${sentence} ${answer}`);
        })
        .join(' '),
    )
    .filter((line) => line !== '')
    .join('\n');
}

function sentencesOf(line: string): readonly string[] {
  return line.split(/(?<=[.?!]) /);
}
