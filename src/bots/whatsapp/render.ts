import type { Place, Reply, ReplyFile } from '../../core/reply.ts';
import { words } from './words.ts';

/** Characters of a text: WhatsApp takes more, but nobody reads them on a phone. */
export const mostText = 4_096;
/** Characters beside an image or a document. */
export const mostCaption = 1_024;

/** One message as it goes to WhatsApp. */
export type Outgoing =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'location'; readonly place: Place }
  | { readonly kind: 'file'; readonly file: ReplyFile; readonly caption: string };

/**
 * A reply as messages. It is one message, but for two cases: a place follows as a pin on the map, because a message
 * with a pin has no text; and words that are too long to stand beside a file go before it.
 *
 * Choices are a numbered list, since buttons do not exist there for us; the number, the label or other words for it are
 * all understood. There is no bold and no other markup: words from outside could open or close it anywhere.
 */
export function render(reply: Reply): readonly Outgoing[] {
  const { file, place } = reply;
  const text = textOf(reply);
  const outgoing: Outgoing[] = [];
  if (file && text.length <= mostCaption) {
    outgoing.push({ kind: 'file', file, caption: text });
  } else {
    outgoing.push({ kind: 'text', text });
    if (file) outgoing.push({ kind: 'file', file, caption: file.words.slice(0, mostCaption) });
  }
  if (place) outgoing.push({ kind: 'location', place });
  return outgoing;
}

function textOf({ text, language, choices, asksLocation }: Reply): string {
  const list = choices.map(({ label }, nth) => `${nth + 1}. ${label}`).join('\n');
  const hint = asksLocation ? words[language].shareLocation : '';
  const after = [hint, list].filter((part) => part !== '');
  const room = mostText - after.reduce((length, part) => length + part.length + 2, 0);
  // What can be chosen is never what is cut off.
  const said = text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
  // Half a character, from wherever it came, is one that phones refuse a whole message for.
  return [said, ...after].join('\n\n').toWellFormed();
}
