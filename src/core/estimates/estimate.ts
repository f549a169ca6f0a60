import { figure } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Speech } from '../speech.ts';
import type { Entities } from '../understanding/entities.ts';
import { calculators } from './calculators.ts';
import type { Given, NumberField } from './fields.ts';
import { type Heard, heardIn } from './heard.ts';
import { type EstimateKind, estimateKinds, kindNamed, kindOf, kindsNamed } from './kind.ts';
import type { Estimate } from './memory.ts';
import { type OwnFigures, ownNote, withOwn } from './own.ts';
import { againFor, askFor, implausible, unknownFor } from './questions.ts';
import { Said } from './said.ts';

export { continues } from './continues.ts';
export { type EstimateKind, estimateKinds, kindIn } from './kind.ts';
export { type Estimate, estimateSchema } from './memory.ts';
export type { OwnFigures } from './own.ts';

/** What is said in one turn of an estimate. */
export interface EstimateTurn {
  readonly paragraphs: readonly string[];
  /** To be offered as choices. */
  readonly kinds: readonly EstimateKind[];
  readonly asks: boolean;
  /** True when something that was not said was taken from the member's own figures, which are in the paragraphs. */
  readonly personal: boolean;
  /** What is remembered from here on, of what was said alone; null when there is nothing to go on with. */
  readonly memory: Estimate | null;
}

/** What an estimate is given in one turn. */
interface Asked {
  /** What the member wrote; null when a choice was pressed. */
  readonly text: string | null;
  readonly entities: Entities;
  readonly speech: Speech;
  /** The day in Jakarta, whose figures hold. */
  readonly today: Day;
  /** The choice that was pressed. */
  readonly kind: EstimateKind | null;
  /** What is known of a member who has shown who they are; null for everybody else. */
  readonly own: OwnFigures | null;
}

/**
 * member:    simulasi jht dong
 * assistant: Perkiraan JHT. Berapa upah sebulan? Contoh: 6 juta.
 * member:    6jt
 * assistant: Perkiraan JHT 10 tahun lagi: … Bukan angka resmi. …
 * member:    kalau gajinya 7jt?
 * assistant: Perkiraan JHT 10 tahun lagi: …
 *
 * Takes what was said already, asks one thing at a time for what it cannot do without, and names what it assumes. Nobody is
 * asked who they are. Where the member is known, their own figures stand in for what they have not said.
 */
export function estimating(
  { text, entities, speech, today, kind: pressed, own }: Asked,
  memory: Estimate | null,
): EstimateTurn {
  const said = new Said(text ?? '');
  const kind = pressed ?? kindWanted(said, entities, memory);
  const before = memory?.given ?? {};
  if (kind === null) {
    const { given } = heardIn(said, entities, { kind: 'jht', asks: null, before, today });
    const kinds = kindsNamed(entities);
    return {
      paragraphs: [speech.text('estimates.which')],
      kinds: kinds.length > 1 ? kinds : estimateKinds,
      asks: true,
      personal: false,
      memory: { kind: 'jht', given, asks: 'kind' },
    };
  }
  const sameKind = kind === memory?.kind;
  const asks = sameKind && memory.asks !== 'kind' ? memory.asks : null;
  const heard = heardIn(said, entities, { kind, asks, before, today });
  return answered({ kind, heard, speech, today, own, repeated: text !== null && asks !== null && !heard.anything });
}

/** What a text asks for; while an estimate is open, that one, unless another is named. */
function kindWanted(said: Said, entities: Entities, memory: Estimate | null): EstimateKind | null {
  if (memory === null || memory.asks === 'kind') return kindOf(said, entities);
  const found = kindNamed(said, entities);
  if (found === null) return memory.kind;
  switch (memory.kind) {
    case 'bpu':
      // "Kalau sama JHT?" is BPU with JHT, "yang JHT?" is not.
      return found === 'jht' && (said.has('with') || said.has('without')) ? 'bpu' : found;
    case 'jkk':
      return found === 'jkm' && !entities.programs?.includes('JKM') ? 'jkk' : found;
    case 'jkm':
      return found === 'bpu' && !said.has('contribution') ? 'jkm' : found;
    case 'jht':
    case 'payout':
    case 'jp':
    case 'jkp':
    case 'payslip':
      return found;
  }
}

interface Turn {
  readonly kind: EstimateKind;
  readonly heard: Heard;
  readonly speech: Speech;
  readonly today: Day;
  readonly own: OwnFigures | null;
  /** What was asked was not answered. */
  readonly repeated: boolean;
}

function answered({ kind, heard: { given: said, wrong }, speech, today, own, repeated }: Turn): EstimateTurn {
  const calculator = calculators[kind];
  const { given, taken } = withOwn(kind, said, own);
  const note = own ? ownNote(taken, own, speech) : [];
  const missing = wrong?.field ?? calculator.missing(given, today);
  if (missing !== null) {
    const first = wrong
      ? implausible(wrong.field, wrong.value, speech)
      : repeated
        ? againFor(missing, speech)
        : (pastAge(kind, given, missing, speech, today) ?? speech.text(`estimates.title.${kind}`));
    const question =
      given.meant === undefined
        ? askFor(missing, speech, today)
        : speech.text('estimates.meant', { amount: speech.rupiah(given.meant) });
    const memory = { kind, given: said, asks: missing };
    return { paragraphs: [first, question], kinds: [], asks: true, personal: false, memory };
  }
  const result = calculator.result(given, speech, today);
  const memory = { kind, given: said, asks: null };
  if (!result.known) {
    const paragraphs = [speech.text(`estimates.title.${kind}`), unknownFor(result.lacking, speech, today)];
    return { paragraphs, kinds: calculator.related, asks: false, personal: false, memory };
  }
  const closing = speech.text('estimates.closing', { example: speech.text(`estimates.example.${kind}`) });
  return {
    paragraphs: [...result.value, ...note, closing],
    kinds: calculator.related,
    asks: false,
    personal: note.length > 0,
    memory,
  };
}

/** Why a time is asked for although the age is known: it lies behind. */
function pastAge(
  kind: EstimateKind,
  { age, untilAge }: Given,
  missing: NumberField,
  speech: Speech,
  today: Day,
): string | null {
  const legal = figure('jht.age', today);
  if (kind !== 'jht' || missing !== 'months' || age === undefined || legal === undefined) return null;
  return speech.text('estimates.jht.of_age', { age, until: untilAge ?? legal, legal });
}
