import { stripVTControlCharacters, styleText } from 'node:util';
import { textWithFile } from '../../core/reply.ts';
import type { View } from './terminal.ts';
import { fill, type Words } from './words.ts';

/** Text wider than this is hard to read, however wide the terminal is. */
const widest = 88;
const narrowest = 20;

/** The part of a terminal that is written to. */
export interface Screen extends NodeJS.WritableStream {
  readonly columns?: number;
}

/** Colours, where the screen shows any and NO_COLOR does not forbid them. */
export function paint(screen: Screen, format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { stream: screen });
}

/** Shows replies with their choices numbered, as they can be answered, and SMS clearly apart from them. */
export function screenView(screen: Screen, words: () => Words): View {
  const line = (text: string) => screen.write(`${text}\n`);
  const width = () => Math.max(Math.min(screen.columns || widest, widest) - 4, narrowest);
  return {
    reply(reply) {
      const { choices, place } = reply;
      const bar = paint(screen, 'green', '│');
      const parts = wrap(textWithFile(reply), width());
      if (place) {
        const map = { name: place.name, latitude: String(place.latitude), longitude: String(place.longitude) };
        parts.push(...wrap(fill(words().place, map), width()));
      }
      for (const part of parts) line(`${bar} ${part}`.trimEnd());
      for (const [index, { label }] of choices.entries()) {
        line(`${bar}   ${paint(screen, 'bold', String(index + 1))}  ${paint(screen, 'cyan', plain(label))}`);
      }
      line('');
    },
    sms({ phone, text }) {
      const bar = paint(screen, 'yellow', '│');
      line(`${paint(screen, 'yellow', '╭─ 📱')} ${fill(words().phone, { phone })}`);
      for (const part of wrap(text, width())) line(`${bar} ${part}`.trimEnd());
      line(`${paint(screen, 'yellow', '╰─')}\n`);
    },
  };
}

/** Breaks text at spaces into lines of at most `width` characters; a longer word keeps a line to itself. */
export function wrap(text: string, width: number): string[] {
  return plain(text)
    .split('\n')
    .flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
          lines.push(line);
          line = word;
        } else {
          line = line === '' ? word : `${line} ${word}`;
        }
      }
      lines.push(line);
      return lines;
    });
}

const graphemes = new Intl.Segmenter();

/** In characters as people count them. */
function lengthOf(text: string): number {
  return [...graphemes.segment(text)].length;
}

/** Without control characters: what comes out of a database must not steer somebody's terminal. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/(?!\n)\p{Cc}/gu, ' ');
}
