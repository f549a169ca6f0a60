import { type Scenario, scenarios } from '../../src/backends/demo/person.ts';
import { mediaKinds } from '../../src/core/inbound.ts';
import { day, hour, minute, second } from '../../src/core/time.ts';
import type { Need } from './end.ts';

/** One line of a transcript. */
export type Line = { readonly number: number } & (
  | { readonly is: 'member'; readonly text: string }
  | { readonly is: 'group'; readonly text: string }
  /** The member writes in another chat of theirs, on the same channel. */
  | { readonly is: 'other chat'; readonly text: string }
  /** What the member wrote long ago arrives only now. */
  | { readonly is: 'late'; readonly ago: number; readonly text: string }
  /** The member presses the button with this name that was shown last; `old`: the one that was shown first. */
  | { readonly is: 'choice' | 'old choice'; readonly name: string }
  | { readonly is: 'media'; readonly media: (typeof mediaKinds)[number] | 'unsupported' }
  | { readonly is: 'location' }
  /** Pieces that the reply holds in this order, and the state after it. */
  | { readonly is: 'assistant'; readonly pieces: readonly string[]; readonly state: string | null }
  /** What is said in the place of the line before where answers are short, in how many parts of an SMS, and the state after it. */
  | {
      readonly is: 'short';
      readonly pieces: readonly string[];
      readonly parts: number | null;
      readonly state: string | null;
    }
  /** The reply says this and nothing else. */
  | { readonly is: 'exactly'; readonly text: string }
  /** What the last reply offers. */
  | { readonly is: 'choices'; readonly labels: readonly string[] }
  /** The member's message is taken off the screen, where the platform lets us. */
  | { readonly is: 'hidden' }
  | { readonly is: 'sms'; readonly pieces: readonly string[] }
  /** No SMS with a code was sent since the last one that was expected. */
  | { readonly is: 'no sms' }
  /** An SMS without a code. Those that no line speaks of are passed over, until `no notice`. */
  | { readonly is: 'notice'; readonly pieces: readonly string[] }
  | { readonly is: 'no notice' }
  /** The registry holds another phone for the member; `changed: false`: the one from before again. */
  | { readonly is: 'other phone'; readonly changed: boolean }
  /** The member has proven who they are, and an operator opens the access again. */
  | { readonly is: 'lifted' }
  /** No answer at all. */
  | { readonly is: 'silence' }
  | { readonly is: 'wait'; readonly ms: number }
  /** The program is started anew: what it held in memory is gone, what is in the database is not. */
  | { readonly is: 'restart' }
  | { readonly is: 'registry'; readonly up: boolean }
  /** In chats of other people, so many codes are tried and found wrong. */
  | { readonly is: 'wrong codes elsewhere'; readonly count: number }
);

/** What a transcript can state that it needs; the rest shows in its lines. */
const statedNeeds = [
  'buttons',
  'more than texts',
  'a chat beside the phone',
  'the NIK alone',
  'a telephone',
] as const satisfies readonly Need[];

/** A conversation written down as people read it; `README.md` beside the transcripts says how. */
export interface Transcript {
  readonly title: string;
  /** Whose NIK `{NIK}` is. */
  readonly scenario: Scenario;
  /** What it is about beyond its lines: buttons, and not only what is chosen; pictures and documents. */
  readonly needs: readonly Need[];
  readonly lines: readonly Line[];
}

const units: Record<string, number> = {
  second,
  seconds: second,
  minute,
  minutes: minute,
  hour,
  hours: hour,
  day,
  days: day,
};

export function readTranscript(text: string): Transcript {
  const [first = '', ...rest] = text.split('\n');
  if (!first.startsWith('# ')) throw new Error('a transcript starts with its title: "# …"');
  let scenario: Scenario = 'one KPJ';
  const needs: Need[] = [];
  const lines: Line[] = [];
  for (const [index, raw] of rest.entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const number = index + 2;
    const [, kind = line, given = ''] = /^([a-z ]+):\s*(.*)$/.exec(line) ?? [];
    if (kind === 'with') {
      scenario = scenarios.find((known) => known === given) ?? fail(number, `no scenario "${given}"`);
      continue;
    }
    if (kind === 'needs') {
      needs.push(statedNeeds.find((known) => known === given) ?? fail(number, `no need "${given}"`));
      continue;
    }
    lines.push({ number, ...lineOf(kind, given, number) });
  }
  return { title: first.slice(2), scenario, needs, lines };
}

type LineBody = Line extends infer Each ? (Each extends Line ? Omit<Each, 'number'> : never) : never;

function lineOf(kind: string, given: string, number: number): LineBody {
  switch (kind) {
    case 'member':
    case 'group':
    case 'other chat':
      return { is: kind, text: given };
    case 'choice':
    case 'old choice':
      return { is: kind, name: given };
    case 'media':
      if (given === 'unsupported') return { is: 'media', media: given };
      return { is: 'media', media: mediaKinds.find((known) => known === given) ?? fail(number, `no media "${given}"`) };
    case 'location':
      return { is: 'location' };
    case 'assistant': {
      const [, words = given, state = null] = /^(.*?)\s*\[(?:at )?([a-z]+)\]$/.exec(given) ?? [];
      return { is: 'assistant', pieces: piecesOf(words), state };
    }
    case 'short': {
      const end = given.endsWith(']') ? given.lastIndexOf('[') : given.length;
      const [, parts = null] = /\[(\d) SMS/.exec(given.slice(end)) ?? [];
      const last =
        given
          .slice(end + 1, -1)
          .split(' ')
          .at(-1) ?? '';
      const state = /^[a-z]+$/.test(last) ? last : null;
      return {
        is: 'short',
        pieces: piecesOf(given.slice(0, end)),
        parts: parts === null ? null : Number(parts),
        state,
      };
    }
    case 'exactly':
      return { is: 'exactly', text: given };
    case 'choices':
      return { is: 'choices', labels: given.split(',').map((label) => label.trim()) };
    case 'sms':
      return { is: 'sms', pieces: piecesOf(given) };
    case 'notice':
      return { is: 'notice', pieces: piecesOf(given) };
    case 'other phone':
      return { is: 'other phone', changed: given !== 'back' };
    case 'no sms':
    case 'no notice':
    case 'lifted':
    case 'silence':
    case 'hidden':
    case 'restart':
      return { is: kind };
    case 'late': {
      const [, ago = '', text = ''] = /^\[(.*?) ago\] (.*)$/.exec(given) ?? [];
      return { is: 'late', ago: durationOf(ago, number), text };
    }
    case 'wait':
      return { is: 'wait', ms: durationOf(given, number) };
    case 'wrong codes elsewhere':
      return { is: 'wrong codes elsewhere', count: Number(given) };
    case 'registry':
      return { is: 'registry', up: given === 'up' };
    default:
      return fail(number, `no line "${kind}:"`);
  }
}

function durationOf(given: string, number: number): number {
  const [amount = '', unit = ''] = given.split(' ');
  return Number(amount) * (units[unit] ?? fail(number, `no unit "${unit}"`));
}

function piecesOf(words: string): string[] {
  return words
    .split(/[…|]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

function fail(number: number, what: string): never {
  throw new Error(`line ${number}: ${what}`);
}
