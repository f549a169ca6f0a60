import { jkkDeath, jkkNotWorking, jkkTotalDisability } from '../jamsostek/benefits/jkk.ts';
import { jkmBenefit } from '../jamsostek/benefits/jkm.ts';
import { jkpBenefit } from '../jamsostek/benefits/jkp.ts';
import type { SchoolStage } from '../jamsostek/benefits/scholarship.ts';
import { given as known, lack, worked } from '../jamsostek/benefits/worked.ts';
import { figure } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { type Calculator, lengthOf, noLength, written } from './calculator.ts';
import { accidents, type Given } from './fields.ts';

const wageOnly = { main: 'wage', length: noLength, cues: { wage: 'wage' }, percent: null } as const;
const needsWage = ({ wage }: Given) => (wage === undefined || wage === 0 ? 'wage' : null);

/**
 * member:    kecelakaan kerja meninggal dapat berapa, gaji 6jt
 * assistant: Perkiraan santunan JKK, upah Rp6.000.000: • Meninggal karena kerja: Rp310.000.000 …
 */
export const jkk: Calculator = {
  meanings: { ...wageOnly, length: { plain: 'sick', past: 'sick', ahead: 'sick' } },
  related: ['jkm'],
  missing: needsWage,
  result(given, speech, today) {
    return worked(today, () => {
      const { wage = lack('jkk.death'), accident, sick } = given;
      const only = accident ?? (sick === undefined ? undefined : 'off_work');
      const shown = only === undefined ? accidents : [only];
      const title = only === undefined ? 'estimates.jkk.overview' : 'estimates.jkk.one';
      return [
        [
          speech.text(title, { wage: speech.rupiah(wage) }),
          ...shown.map((each) => known(accidentLine[each](wage, given, speech, today))),
        ].join('\n'),
        speech.text('estimates.jkk.besides'),
      ];
    });
  },
};

const accidentLine = {
  death: (wage: Rupiah, _: Given, speech: Speech, today: Day) =>
    worked(today, (of) => {
      const { total, periodic, funeral } = known(jkkDeath(wage, today));
      return speech.text('estimates.jkk.death', {
        total: speech.rupiah(total),
        wages: speech.number(of('jkk.death_wages')),
        periodic: speech.rupiah(periodic),
        funeral: speech.rupiah(funeral),
      });
    }),
  disability: (wage: Rupiah, _: Given, speech: Speech, today: Day) =>
    worked(today, (of) => {
      const { total, periodic } = known(jkkTotalDisability(wage, today));
      return speech.text('estimates.jkk.disability', {
        total: speech.rupiah(total),
        wages: speech.number(of('jkk.disability_total_wages')),
        periodic: speech.rupiah(periodic),
      });
    }),
  off_work: (wage: Rupiah, { sick }: Given, speech: Speech, today: Day) =>
    worked(today, (of) => {
      const { full, half, total } = known(jkkNotWorking(wage, sick ?? 1, today));
      return sick === undefined
        ? speech.text('estimates.jkk.off_work', {
            full: speech.rupiah(full),
            half: speech.rupiah(half),
            months: speech.number(of('jkk.stmb_full_months')),
          })
        : speech.text('estimates.jkk.off_work_for', {
            length: lengthOf(sick, speech),
            total: speech.rupiah(total),
          });
    }),
} as const;

/**
 * member:    suami meninggal sakit, dapet berapa
 * assistant: Perkiraan santunan JKM: Rp42.000.000. Santunan Rp20.000.000, berkala Rp12.000.000, …
 */
export const jkm: Calculator = {
  meanings: { main: null, length: { plain: 'member', past: 'member', ahead: null }, cues: {}, percent: null },
  related: ['jkk'],
  missing: () => null,
  result(given, speech, today) {
    return worked(today, (of) => {
      const { member, bpu, children = of('scholarship.children') } = given;
      const needed = of('scholarship.contribution_years');
      const counted = Math.min(children, of('scholarship.children'));
      const benefit = known(
        jkmBenefit(
          {
            contributionYears: member === undefined ? needed : Math.floor(member / 12),
            children: Array<SchoolStage>(counted).fill('primary'),
            ...(bpu === true && member !== undefined && { bpuMonths: member }),
          },
          today,
        ),
      );
      const total = speech.rupiah(benefit.total);
      const assumes = speech.text('estimates.jkm.assumes');
      if (benefit.funeralOnly) {
        return [speech.text('estimates.jkm.funeral_only', { total, months: of('jkm.bpu_months') }), assumes];
      }
      const scholarship = { amount: speech.rupiah(benefit.scholarship.total), children: counted };
      const early = member !== undefined && benefit.scholarship.total === 0;
      return [
        speech.text('estimates.jkm.result', { total }),
        speech.text('estimates.jkm.parts', {
          grant: speech.rupiah(benefit.grant),
          periodic: speech.rupiah(benefit.periodic),
          funeral: speech.rupiah(benefit.funeral),
        }),
        ...(counted === 0
          ? []
          : early
            ? [speech.text('estimates.jkm.children_early', { years: needed })]
            : member === undefined
              ? [speech.text('estimates.jkm.children', { ...scholarship, years: needed })]
              : [speech.text('estimates.jkm.children_sure', scholarship)]),
        assumes,
      ];
    });
  },
};

/**
 * member:    phk dapat berapa, gaji 4,5jt
 * assistant: Perkiraan JKP: Rp2.700.000 sebulan, paling lama 6 bulan (semua Rp16.200.000). …
 */
export const jkp: Calculator = {
  meanings: wageOnly,
  related: ['jht'],
  missing: needsWage,
  result({ wage }, speech, today) {
    return worked(today, (of) => {
      const { monthly, months, total, capped } = known(jkpBenefit(wage ?? lack('jkp.ceiling'), today));
      const how = speech.text('estimates.jkp.how', {
        percent: speech.number(of('jkp.cash_rate')),
        wage: speech.rupiah(wage ?? lack('jkp.ceiling')),
      });
      const ceiling = { ceiling: written('jkp.ceiling', speech, today) };
      return [
        speech.text('estimates.jkp.result', {
          monthly: speech.rupiah(monthly),
          months,
          total: speech.rupiah(total),
        }),
        [how, ...(capped ? [speech.text('estimates.jkp.capped', ceiling)] : [])].join(' '),
        speech.text('estimates.jkp.rule', {
          paid: of('jkp.paid_months'),
          within: of('jkp.within_months'),
          claim: figure('jkp.claim_months', today) ?? lack('jkp.claim_months'),
        }),
      ];
    });
  },
};
