import { jhtPayout, jhtProjection } from '../jamsostek/benefits/jht.ts';
import { given as known, lack, worked } from '../jamsostek/benefits/worked.ts';
import { figure } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';
import { assumed, type Calculator, growthYear, lengthOf, noLength, written } from './calculator.ts';
import { type Given, numberFields } from './fields.ts';

/** Ahead, for who names no time. */
const usualMonths = 120;

/**
 * member:    simulasi jht gaji 6jt
 * assistant: Perkiraan JHT 10 tahun lagi: Rp54.464.285. …
 */
export const jht: Calculator = {
  meanings: {
    main: 'wage',
    length: { plain: 'months', past: null, ahead: 'months' },
    cues: { wage: 'wage', balance: 'balance', contribution: 'contribution' },
    percent: 'rate',
  },
  related: ['payout', 'jp'],
  missing(given, today) {
    if (given.wage === undefined && given.contribution === undefined) return 'wage';
    // Nothing that is there and nothing that is paid in comes to nothing.
    if (given.wage === 0 && given.balance === undefined) return 'balance';
    if (given.wage === 0 && given.balance === 0) return 'wage';
    if (given.untilAge !== undefined && given.age === undefined && given.months === undefined) return 'age';
    if (monthsAhead(given, today) < 1) return 'months';
    return given.rate === undefined && figure('jht.growth', today) === undefined ? 'rate' : null;
  },
  result(given, speech, today) {
    return worked(today, (of) => {
      const { contribution, raise = 0, balance = rupiah(0), rate } = given;
      const percent = of('jht.rate');
      const wage = wageOf(given, percent);
      const months = monthsAhead(given, today);
      const plan = { balance, wage, months, yearlyRaise: raise, ...(rate !== undefined && { rate }) };
      const projection = known(jhtProjection(plan, today));
      const length = lengthOf(months, speech);
      const paidIn =
        contribution !== undefined
          ? speech.text('estimates.jht.from_contribution', {
              contribution: speech.rupiah(contribution),
              raise: speech.number(raise),
            })
          : wage === 0
            ? speech.text('estimates.jht.no_contribution')
            : speech.text('estimates.jht.from_wage', {
                wage: speech.rupiah(wage),
                percent: speech.number(percent),
                raise: speech.number(raise),
              });
      const growth = { rate: speech.number(projection.rate) };
      return [
        speech.text('estimates.jht.result', { length, total: speech.rupiah(projection.total) }),
        speech.text('estimates.jht.parts', {
          contributed: speech.rupiah(projection.contributed),
          growth: speech.rupiah(projection.growth),
          balance: speech.rupiah(balance),
        }),
        `${paidIn} ${
          rate === undefined
            ? speech.text('estimates.jht.growth', { ...growth, year: growthYear('jht.growth', today) })
            : speech.text('estimates.jht.growth_own', growth)
        }`,
        ...assumed(
          [
            given.balance === undefined && speech.text('estimates.jht.balance_none'),
            given.months === undefined &&
              given.age === undefined &&
              speech.text('estimates.jht.length_default', { length }),
          ],
          speech,
        ),
      ];
    });
  },
};

/**
 * member:    pajak jht 80jt
 * assistant: Perkiraan JHT yang diterima: Rp78.500.000. Saldo Rp80.000.000 dikurangi pajak Rp1.500.000. …
 */
export const payout: Calculator = {
  meanings: { main: 'balance', length: noLength, cues: { balance: 'balance', wage: 'wage' }, percent: null },
  related: ['jht'],
  missing: ({ balance }) => (balance === undefined || balance === 0 ? 'balance' : null),
  result({ balance }, speech, today) {
    return worked(today, () => {
      const { gross, tax, net } = known(jhtPayout(balance ?? lack('jht.tax_free'), today, { within2Years: true }));
      const values = { gross: speech.rupiah(gross), tax: speech.rupiah(tax) };
      const rule = {
        free: written('jht.tax_free', speech, today),
        percent: written('jht.tax_rate', speech, today),
      };
      return [
        speech.text('estimates.payout.result', { net: speech.rupiah(net) }),
        `${tax > 0 ? speech.text('estimates.payout.taxed', values) : speech.text('estimates.payout.untaxed', values)} ${speech.text('estimates.payout.rule', rule)}`,
        speech.text('estimates.payout.assumes', { years: written('jht.tax_years', speech, today) }),
      ];
    });
  },
};

/** The wage; of a contribution, the one that it is of. */
function wageOf({ wage, contribution }: Given, percent: number): Rupiah {
  return contribution === undefined ? (wage ?? rupiah(0)) : rupiah(Math.round((contribution * 100) / percent));
}

/** How long it goes on: as said, until an age, or for as long as is usual. 0 or less where the age has gone by. */
export function monthsAhead({ months, age, untilAge }: Given, today: Day): number {
  if (months !== undefined) return months;
  if (age === undefined) return usualMonths;
  return Math.min(numberFields.months.most, 12 * ((untilAge ?? figure('jht.age', today) ?? age) - age));
}
