import type { Entities } from '../understanding/entities.ts';
import { numberFields } from './fields.ts';
import { changes, elsewhere, fillers } from './fillers.ts';
import { kindNamed, kindOf, namesKind } from './kind.ts';
import type { Estimate } from './memory.ts';
import { quantitiesIn } from './quantities.ts';
import { type Cue, Said } from './said.ts';

/** Who writes more than this tells something new. */
const mostWords = 12;

/** Words that say which number is meant, and what it is of. */
const named: readonly Cue[] = [
  'wage',
  'balance',
  'deducted',
  'contribution',
  'percent',
  'years',
  'months',
  'one_year',
  'per',
  'raise',
  'growth',
  'age',
  'old',
  'until',
  'children',
  'more',
  'so_far',
  'becomes',
  'transport',
  'other_work',
  'bpu',
  'jht',
  'with',
  'without',
  'none',
  'not_working',
  'death',
  'disability',
  'off_work',
];

/**
 * Whether a text that comes while an estimate is open answers or changes it ("6jt", "10 tahun", "kalau gajinya 7jt?",
 * "belum", "yang JP?"). What shows who somebody is, or names anything else that members ask for, does not.
 */
export function continues(text: string, entities: Entities, memory: Estimate): boolean {
  const said = new Said(text);
  const { tokens } = said;
  if (tokens.length === 0 || entities.nik || entities.kpj || entities.phone) return false;
  if (said.hasAny(elsewhere) || tokens.length > 2 * mostWords) return false;
  const { asks } = memory;
  if (asks !== null && asks !== 'kind' && answers(said, entities, memory)) return true;
  const quantities = quantitiesIn(said);
  if (asks === 'kind' && kindOf(said, entities) !== null) return true;
  const kind = kindNamed(said, entities);
  const counted = quantities.filter(({ unit }) => unit !== 'none');
  const isPlain = isFamiliar(said, quantities);
  const changed = said.hasAny(changes);
  const facts = said.has('transport') || said.has('other_work') || said.has('not_working');
  if (counted.length > 0) {
    if (isPlain) return true;
    return tokens.length <= mostWords && (changed || (asks !== null && asks !== 'kind'));
  }
  if (!isPlain) return false;
  const aged = quantities.length > 0 && (said.has('age') || said.has('old') || said.has('until'));
  // "JHT saya berapa" and "saldo saya berapa" ask for what is there, not for what may be.
  const another = kind !== null && kind !== memory.kind && (changed || kind !== 'jht') && !said.has('balance');
  const option =
    (changed && (kind !== null || facts)) ||
    (memory.kind === 'bpu' && (facts || said.has('with') || said.has('without')) && !said.has('balance'));
  return aged || another || option;
}

/** A short answer to what was asked: a bare number, nothing, not known, or yes to what was probably meant. */
function answers(said: Said, { answer }: Entities, { asks, given }: Estimate): boolean {
  if (answer === 'yes') return given.meant !== undefined;
  if (said.isAll('none', fillers) || (said.has('unsure') && said.tokens.length <= 5)) return true;
  if (said.has('not_working') && asks === 'wage') return true;
  const [only, ...others] = quantitiesIn(said);
  if (only?.unit !== 'none' || others.length > 0 || !isFamiliar(said, [only])) return false;
  // Six digits are a code rather than an amount.
  const most = asks !== null && asks !== 'kind' && numberFields[asks].unit === 'money' ? 10_000 : 1_000;
  return only.value < most;
}

/** All words are numbers, or words that estimates are asked for with. */
function isFamiliar(said: Said, quantities: ReturnType<typeof quantitiesIn>): boolean {
  return said.tokens.every(
    (_, at) =>
      quantities.some(({ from, to }) => at >= from && at <= to) ||
      said.isOf(fillers, at) ||
      said.isOf(changes, at) ||
      said.isNothing(at) ||
      namesKind(said, at) ||
      named.some((cue) => said.at(cue, at)),
  );
}
