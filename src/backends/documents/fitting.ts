import type { Measure } from './picture.ts';

/** A text in lines, and the size of letter in which they fit. */
export interface Fitted {
  readonly lines: readonly string[];
  readonly size: number;
}

interface Room {
  readonly width: number;
  readonly lines: number;
  /** The sizes to try, largest first. */
  readonly sizes: readonly number[];
  readonly bold: boolean;
}

/**
 * Finds the largest letters in which a text fits into its room; what does not fit even in the smallest is cut off, with
 * `…` to show it.
 */
export function fitted(text: string, room: Room, measure: Measure): Fitted {
  const words = text.split(/\s+/).filter((word) => word !== '');
  for (const size of room.sizes) {
    const lines = broken(words, (line) => measure(line, room.bold) * size <= room.width);
    if (lines !== null && lines.length <= room.lines) return { lines, size };
  }
  const size = room.sizes.at(-1) ?? 0;
  const fits = (line: string) => measure(`${line}…`, room.bold) * size <= room.width;
  const pieces = words.flatMap((word) => cut(word, fits));
  const lines = broken(pieces, fits) ?? [];
  const kept = lines.slice(0, room.lines);
  const last = kept.pop();
  return { lines: last === undefined ? [] : [...kept, lines.length > room.lines ? `${last}…` : last], size };
}

/** Words in as few lines as they fit into; null when one word alone is too wide. */
function broken(words: readonly string[], fits: (line: string) => boolean): string[] | null {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else if (fits(word)) lines.push(word);
    else return null;
  }
  return lines;
}

/** A word in pieces that each fit into a line. */
function cut(word: string, fits: (piece: string) => boolean): string[] {
  const pieces = [''];
  for (const letter of word) {
    const longer = `${pieces.at(-1)}${letter}`;
    if (fits(longer)) pieces[pieces.length - 1] = longer;
    else pieces.push(letter);
  }
  return pieces;
}
