import { type Coding, dataCodings, textIn } from './coding.ts';
import { gsm7Codes } from './gsm7.ts';

/** How many octets go into a message (a septet is sent as one), and how many beside the header that counts parts. */
const room = { gsm7: { whole: 160, part: 153 }, ucs2: { whole: 140, part: 134 } } as const;

/** Where a part belongs: the sender's number for the whole text, which part it is, from 1, and of how many. */
export interface Place {
  readonly reference: number;
  readonly nth: number;
  readonly of: number;
}

/** A message as it goes over the air: a text or a part of one. */
export interface Part {
  readonly coding: Coding;
  /** Null for a text that is in one message. */
  readonly place: Place | null;
  readonly octets: Buffer;
}

/** A text as a telephone shows it. */
export interface Joined {
  readonly text: string;
  readonly coding: Coding;
  /** How many messages it came in. */
  readonly parts: number;
}

/** Puts a text into as few messages as it fits in, in the default alphabet where that has all of it, as telephones do. */
export function split(text: string, reference: number): (Part & { readonly coding: 'gsm7' | 'ucs2' })[] {
  const codes = gsm7Codes(text);
  const coding = codes === null ? 'ucs2' : 'gsm7';
  const { whole, part } = room[coding];
  // A character is never cut in two: not an escaped one, nor an emoji.
  const characters =
    codes?.map((code) => Buffer.from(code)) ??
    Array.from(text, (character) => Buffer.from(character, 'utf16le').swap16());
  const all = Buffer.concat(characters);
  if (all.length <= whole) return [{ coding, place: null, octets: all }];
  const packed = packs(characters, part);
  return packed.map((octets, index) => ({ coding, place: { reference, nth: index + 1, of: packed.length }, octets }));
}

function packs(characters: readonly Buffer[], size: number): Buffer[] {
  const full: Buffer[] = [];
  let pack = Buffer.alloc(0);
  for (const character of characters) {
    if (pack.length + character.length > size) {
      full.push(pack);
      pack = Buffer.alloc(0);
    }
    pack = Buffer.concat([pack, character]);
  }
  return [...full, pack];
}

/** `esm_class` of a message that begins with a header. */
const withHeader = 0x40;

/** The part in the fields of SMPP. */
export function fieldsOf({ coding, place, octets }: Part & { readonly coding: 'gsm7' | 'ucs2' }) {
  const header = place === null ? [] : [5, 0, 3, place.reference, place.of, place.nth];
  return {
    data_coding: dataCodings[coding],
    esm_class: place === null ? 0 : withHeader,
    short_message: Buffer.concat([Buffer.from(header), octets]),
  };
}

/** Takes the header off a message that has one, and reads where the message belongs. */
export function opened(message: Buffer, esmClass: number): { readonly place: Place | null; readonly octets: Buffer } {
  if ((esmClass & withHeader) === 0) return { place: null, octets: message };
  const length = message.readUInt8(0) + 1;
  return { place: placeIn(message.subarray(1, length)), octets: message.subarray(length) };
}

function placeIn(header: Buffer): Place | null {
  for (let at = 0; at + 1 < header.length; at += 2 + header.readUInt8(at + 1)) {
    const element = header.readUInt8(at);
    const wide = element === 8;
    if (element !== 0 && !wide) continue;
    const reference = wide ? header.readUInt16BE(at + 2) : header.readUInt8(at + 2);
    const rest = at + (wide ? 4 : 3);
    return { reference, of: header.readUInt8(rest), nth: header.readUInt8(rest + 1) };
  }
  return null;
}

/** Joins what arrives at one telephone. */
export class Joining {
  readonly #begun = new Map<string, Map<number, Buffer>>();

  /** The text that is complete with this part; null while others are missing. */
  add(from: string, { coding, place, octets }: Part): Joined | null {
    if (place === null) return { text: textIn(octets, coding), coding, parts: 1 };
    const key = `${from} ${place.reference} ${place.of}`;
    const parts = this.#begun.get(key) ?? new Map<number, Buffer>();
    parts.set(place.nth, octets);
    this.#begun.set(key, parts);
    if (parts.size < place.of) return null;
    this.#begun.delete(key);
    const inOrder = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    return { text: textIn(Buffer.concat(inOrder), coding), coding, parts: place.of };
  }
}
