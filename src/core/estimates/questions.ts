import type { Lacking } from '../jamsostek/benefits/worked.ts';
import { wordingOf } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { lengthOf } from './calculator.ts';
import { type NumberField, numberFields } from './fields.ts';

/** What a field is asked for as: every length of time is asked alike. */
type Asked =
  | 'wage'
  | 'balance'
  | 'contribution'
  | 'deducted'
  | 'raise'
  | 'rate'
  | 'length'
  | 'age'
  | 'until_age'
  | 'children';

function askedAs(field: NumberField): Asked {
  switch (field) {
    case 'months':
    case 'paid':
    case 'more':
    case 'sick':
    case 'member':
    case 'ahead':
      return 'length';
    case 'untilAge':
      return 'until_age';
    case 'wage':
    case 'balance':
    case 'contribution':
    case 'deducted':
    case 'raise':
    case 'rate':
    case 'age':
    case 'children':
      return field;
  }
}

/** The question for a field. Growth that is not out yet says so first. */
export function askFor(field: NumberField, speech: Speech, today: Day): string {
  const question = speech.text(`estimates.ask.${askedAs(field)}`);
  if (field !== 'rate') return question;
  const phone = wordingOf('contact.phone', today);
  return `${speech.text('estimates.no_growth', { phone })} ${question}`;
}

/** What helps who did not answer with a number. */
export function againFor(field: NumberField, speech: Speech): string {
  if (field === 'wage' || field === 'balance') return speech.text(`estimates.again.${field}`);
  return speech.text(numberFields[field].unit === 'money' ? 'estimates.again.money' : 'estimates.again.other');
}

/** Says that a number cannot be meant. */
export function implausible(field: NumberField, value: number, speech: Speech): string {
  const asked = askedAs(field);
  return speech.text('estimates.implausible', {
    value: valueOf(field, value, speech),
    field: speech.text(`estimates.field.${asked === 'until_age' ? 'age' : asked}`),
  });
}

function valueOf(field: NumberField, value: number, speech: Speech): string {
  switch (numberFields[field].unit) {
    case 'money':
      return speech.rupiah(rupiah(Math.round(value)));
    case 'percent':
      return `${speech.number(value)}%`;
    case 'months':
      return Number.isSafeInteger(value) ? lengthOf(Math.max(0, value), speech) : speech.number(value);
    case 'age':
    case 'children':
      return speech.number(value);
  }
}

/** Says which figure is not known for the time, and where to ask. */
export function unknownFor(lacking: Lacking, speech: Speech, today: Day): string {
  const what =
    lacking === 'jp.ceiling'
      ? 'ceiling'
      : lacking === 'jp.pension_min' || lacking === 'jp.pension_max'
        ? 'pension'
        : lacking === 'bpu.brackets'
          ? 'brackets'
          : 'other';
  return speech.text('estimates.unknown', {
    what: speech.text(`estimates.lacking.${what}`),
    phone: wordingOf('contact.phone', today),
  });
}
