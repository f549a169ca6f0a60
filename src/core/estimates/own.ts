import type { Day } from '../jamsostek/month.ts';
import type { Rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import type { Given } from './fields.ts';
import type { EstimateKind } from './kind.ts';

/** What is on record of a member that an estimate can do with; what is not certain is not there. Rupiah. */
export interface OwnFigures {
  /** The JHT balance. */
  readonly balance?: Rupiah;
  /** The monthly wage that an employer reported last, for who is employed. */
  readonly wage?: Rupiah;
  /** The monthly JHT contribution, for who pays for themselves. */
  readonly contribution?: Rupiah;
  /** The day that the registry's figures are of. */
  readonly asOf: Day;
}

const ownFields = ['balance', 'wage', 'contribution'] as const;
type OwnField = (typeof ownFields)[number];

/** What each kind may take. What is asked for somebody else (a death), or has nothing to do with an employer, takes nothing. */
const taking: Readonly<Record<EstimateKind, readonly OwnField[]>> = {
  jht: ['balance', 'wage', 'contribution'],
  payout: ['balance'],
  jp: ['wage'],
  jkk: ['wage'],
  jkm: [],
  jkp: ['wage'],
  bpu: [],
  payslip: ['wage'],
};

/** Of wage and contribution only one counts: who names one means not the other. */
const others: Readonly<Record<OwnField, readonly OwnField[]>> = {
  balance: [],
  wage: ['contribution'],
  contribution: ['wage'],
};

/** What was said, and what the member's own figures add to it: what is said wins. `taken`: what they added. */
export function withOwn(
  kind: EstimateKind,
  said: Given,
  own: OwnFigures | null,
): { readonly given: Given; readonly taken: readonly OwnField[] } {
  const taken = ownFields.filter((field) => {
    const isSaid = [field, ...others[field]].some((each) => said[each] !== undefined);
    // Somebody who is asked about a number that they wrote has said it.
    return own?.[field] !== undefined && taking[kind].includes(field) && !isSaid && said.meant === undefined;
  });
  const added = Object.fromEntries(taken.map((field) => [field, own?.[field]]));
  return { given: { ...said, ...added }, taken };
}

/** Says which of the member's own figures were taken, and of which day they are; nothing when none was. */
export function ownNote(taken: readonly OwnField[], own: OwnFigures, speech: Speech): string[] {
  const list = taken.flatMap((field) => {
    const amount = own[field];
    return amount === undefined ? [] : [speech.text(`own.${field}`, { amount: speech.rupiah(amount) })];
  });
  return list.length > 0 ? [speech.text('own.note', { asOf: speech.day(own.asOf), list: speech.list(list) })] : [];
}
