import type { MessageEntity } from 'grammy/types';
import { badRequest } from './api-error.ts';
import { byteOffset, type Formatted, inOrder } from './entities.ts';

/** Kinds of entities as MarkdownV2 opens and closes them, and as Telegram's errors call them. */
const kinds = {
  bold: { mark: '*', called: 'Bold' },
  italic: { mark: '_', called: 'Italic' },
  underline: { mark: '__', called: 'Underline' },
  strikethrough: { mark: '~', called: 'Strikethrough' },
  spoiler: { mark: '||', called: 'Spoiler' },
  code: { mark: '`', called: 'Code' },
  pre: { mark: '```', called: 'Pre' },
  text_link: { mark: ']', called: 'TextUrl' },
  blockquote: { mark: '\n', called: 'BlockQuote' },
} as const;
type Kind = keyof typeof kinds;

/** Longer marks first: `__` is not twice `_`. */
const opening: readonly (readonly [string, Kind])[] = [
  ['```', 'pre'],
  ['__', 'underline'],
  ['||', 'spoiler'],
  ['*', 'bold'],
  ['_', 'italic'],
  ['~', 'strikethrough'],
  ['`', 'code'],
  ['[', 'text_link'],
];

const reserved = '_*[]()~`>#+-=|{}.!';

interface Open {
  readonly kind: Kind;
  readonly offset: number;
  /** Where its mark stands in the source. */
  readonly at: number;
}

/** Reads `parse_mode: MarkdownV2`; throws the 400 of Telegram at the first character that it would not take. */
export function parseMarkdownV2(source: string): Formatted {
  return new MarkdownReader(source).read();
}

class MarkdownReader {
  readonly #source: string;
  readonly #open: Open[] = [];
  readonly #entities: MessageEntity[] = [];
  #at = 0;
  #text = '';

  constructor(source: string) {
    this.#source = source;
  }

  read(): Formatted {
    while (this.#at < this.#source.length) this.#step();
    if (this.#open.at(-1)?.kind === 'blockquote') this.#close();
    const left = this.#open.at(-1);
    if (left !== undefined) throw this.#endless(left);
    return { text: this.#text, entities: inOrder(this.#entities) };
  }

  #step(): void {
    const here = this.#source.slice(this.#at, this.#at + 3);
    const [character = ''] = here;
    const last = this.#open.at(-1);
    const verbatim = last?.kind === 'code' || last?.kind === 'pre';
    if (character === '\\' && isEscapable(here.charCodeAt(1))) {
      this.#text += here[1] ?? '';
      this.#at += 2;
    } else if (last !== undefined && this.#isEnd(last.kind, here)) {
      this.#at += kinds[last.kind].mark.length;
      this.#close();
    } else if (character === '\n' && !verbatim) this.#line();
    else if (verbatim || !reserved.includes(character)) {
      this.#text += character;
      this.#at += 1;
    } else if (character === '>' && this.#at === 0) this.#begin('blockquote', 1);
    else this.#mark();
  }

  #isEnd(kind: Kind, here: string): boolean {
    // Two of `_` are always an underline, so one of them ends no italic.
    if (kind === 'italic') return here.startsWith('_') && !here.startsWith('__');
    return kind !== 'blockquote' && here.startsWith(kinds[kind].mark);
  }

  #mark(): void {
    const found = opening.find(([mark]) => this.#source.startsWith(mark, this.#at));
    if (found === undefined) {
      const character = this.#source[this.#at] ?? '';
      throw unreadable(`Character '${character}' is reserved and must be escaped with the preceding '\\'`);
    }
    const [mark, kind] = found;
    this.#begin(kind, mark.length);
  }

  #begin(kind: Kind, length: number): void {
    this.#open.push({ kind, offset: this.#text.length, at: this.#at });
    this.#at += length;
    if (kind !== 'pre') return;
    const language = /^[^\s`]*\n/.exec(this.#source.slice(this.#at))?.[0] ?? '';
    this.#at += language.length;
  }

  #line(): void {
    const quotes = this.#source[this.#at + 1] === '>';
    const inQuote = this.#open.some(({ kind }) => kind === 'blockquote');
    const last = this.#open.at(-1);
    if (inQuote && !quotes) {
      if (last !== undefined && last.kind !== 'blockquote') throw this.#endless(last);
      this.#close();
    }
    this.#text += '\n';
    this.#at += quotes ? 2 : 1;
    if (quotes && !inQuote) this.#open.push({ kind: 'blockquote', offset: this.#text.length, at: this.#at - 1 });
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    const { kind, offset } = closed;
    const place = { offset, length: this.#text.length - offset };
    const url = kind === 'text_link' ? this.#url(offset) : '';
    if (place.length === 0) return;
    if (kind !== 'text_link') this.#entities.push({ type: kind, ...place });
    else if (URL.canParse(url)) this.#entities.push({ type: kind, ...place, url });
  }

  /** What stands in the brackets after a link's text; without brackets, the text itself. */
  #url(from: number): string {
    if (this.#source[this.#at] !== '(') return this.#text.slice(from);
    const found = /^\(((?:\\.|[^)\\])*)\)/s.exec(this.#source.slice(this.#at));
    if (found === null) {
      throw unreadable(`Can't find end of a URL at byte offset ${byteOffset(this.#source, this.#at + 1)}`);
    }
    this.#at += found[0].length;
    return (found[1] ?? '').replaceAll(/\\(.)/gs, '$1');
  }

  #endless({ kind, at }: Open): Error {
    const where = byteOffset(this.#source, at);
    return unreadable(`Can't find end of ${kinds[kind].called} entity at byte offset ${where}`);
  }
}

/** Marks and all else of ASCII; not a number where the text ends. */
const isEscapable = (code: number) => code > 0 && code <= 126;

const unreadable = (why: string) => badRequest(`can't parse entities: ${why}`);
