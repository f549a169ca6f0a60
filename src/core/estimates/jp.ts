import { anniversary, dayMonthsLater, monthOf, monthsBetween } from '../jamsostek/benefits/calendar.ts';
import { jpBenefit } from '../jamsostek/benefits/jp.ts';
import { pensionDate } from '../jamsostek/benefits/pension-age.ts';
import { given as known, lack, type Worked, worked } from '../jamsostek/benefits/worked.ts';
import { figure } from '../jamsostek/figures/figures.ts';
import { type Day, daySchema } from '../jamsostek/month.ts';
import type { Speech } from '../speech.ts';
import { assumed, type Calculator, growthYear, isAbove, lengthOf, written } from './calculator.ts';
import { type Given, numberFields } from './fields.ts';

/** JP began then: who names a length of time has it at this day and so many months at the earliest. Source: PP 45/2015. */
const begin = daySchema.parse('2015-07-01');

/**
 * member:    nanti dapat pensiun berapa sebulan, gaji 5,5jt masa iur 20 tahun
 * assistant: Perkiraan pensiun JP: Rp1.100.000 sebulan, dengan nilai uang sekarang. …
 */
export const jp: Calculator = {
  meanings: {
    main: 'wage',
    length: { plain: 'months', past: 'paid', ahead: 'more' },
    cues: { wage: 'wage' },
    percent: 'rate',
  },
  related: ['jht'],
  missing(given, today) {
    if (given.wage === undefined || given.wage === 0) return 'wage';
    const { months, retiresOn } = careerOf(given, today);
    if (months < 1) return 'months';
    const benefit = jpBenefit({ months, averageWage: given.wage, retiresOn }, today);
    return !benefit.known && benefit.lacking === 'jp.lump_growth' && given.rate === undefined ? 'rate' : null;
  },
  result: (given, speech, today) =>
    worked(today, () => [
      ...known(benefitOf(given, speech, today)),
      speech.text('estimates.jp.rule', {
        years: written('jp.years', speech, today),
        months: written('jp.months', speech, today),
      }),
      ...ageOf(given, speech, today),
      ...assumed(assumptions(given, speech, today), speech),
    ]),
};

function benefitOf(given: Given, speech: Speech, today: Day): Worked<readonly string[]> {
  return worked(today, () => {
    const { months, retiresOn } = careerOf(given, today);
    const { wage: averageWage = lack('jp.ceiling'), rate } = given;
    const plan = { months, averageWage, retiresOn, ...(rate !== undefined && { rate }) };
    const benefit = known(jpBenefit(plan, today));
    const values = { length: lengthOf(benefit.months, speech), wage: speech.rupiah(benefit.wage) };
    const capped = isAbove(averageWage, 'jp.ceiling', today)
      ? [speech.text('estimates.jp.capped', { ceiling: written('jp.ceiling', speech, today) })]
      : [];
    if (benefit.paid === 'monthly') {
      const how = speech.text('estimates.jp.how_monthly', { ...values, percent: written('jp.accrual', speech, today) });
      const held = benefit.heldBy === null ? [] : [speech.text(`estimates.jp.${benefit.heldBy}`)];
      return [
        speech.text('estimates.jp.monthly', { amount: speech.rupiah(benefit.monthly) }),
        [how, ...held, ...capped].join(' '),
      ];
    }
    const source =
      rate === undefined
        ? speech.text('estimates.jp.from_year', { year: growthYear('jp.lump_growth', today) })
        : speech.text('estimates.jp.from_you');
    const how = speech.text('estimates.jp.how_at_once', {
      ...values,
      percent: written('jp.rate', speech, today),
      rate: speech.number(benefit.rate),
      source,
    });
    return [speech.text('estimates.jp.at_once', { amount: speech.rupiah(benefit.total) }), [how, ...capped].join(' ')];
  });
}

/** How long contributions are paid in all, and when the pension begins. A birthday that nobody asked for is today. */
function careerOf(
  { months, paid, more, age }: Given,
  today: Day,
): { readonly months: number; readonly retiresOn: Day } {
  const birthDay = age === undefined ? null : anniversary(today, -age);
  const reached = birthDay && pensionDate(birthDay);
  const atAge = reached !== null ? (reached ?? today) : null;
  const ahead = more ?? (atAge === null ? undefined : monthsBetween(monthOf(today), monthOf(atAge)));
  const said = paid !== undefined || ahead !== undefined;
  const total = months ?? (said ? (paid ?? 0) + Math.max(0, ahead ?? 0) : (figure('jp.months', today) ?? 0));
  const counted = Math.max(0, Math.min(total, numberFields.months.most));
  const earliest = dayMonthsLater(begin, counted);
  const own = atAge ?? (more === undefined ? today : dayMonthsLater(today, more));
  // Who names a length of time means that it will have gone by, whatever their age says.
  const retiresOn = [today, own, earliest].toSorted().at(-1) ?? today;
  return { months: counted, retiresOn };
}

function ageOf({ age }: Given, speech: Speech, today: Day): string[] {
  if (age === undefined) return [];
  const reached = pensionDate(anniversary(today, -age));
  if (reached === undefined || reached < today) return [];
  const years = Number(reached.slice(0, 4)) - Number(today.slice(0, 4)) + age;
  return [speech.text('estimates.jp.age', { age: years, year: reached.slice(0, 4) })];
}

function assumptions({ months, paid, more, age }: Given, speech: Speech, today: Day): string[] {
  if (months !== undefined || paid !== undefined || more !== undefined) return [];
  if (age !== undefined) return [speech.text('estimates.jp.from_now')];
  const length = lengthOf(figure('jp.months', today) ?? 0, speech);
  return [speech.text('estimates.jp.years_default', { length })];
}
