import { type BpuContribution, bpuContribution } from '../jamsostek/benefits/bpu.ts';
import { firstDay, monthOf } from '../jamsostek/benefits/calendar.ts';
import { payslipCheck } from '../jamsostek/benefits/payslip.ts';
import { given as known, lack, worked } from '../jamsostek/benefits/worked.ts';
import { figureNamed } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import { assumed, type Calculator, lengthOf, noLength, written } from './calculator.ts';

/**
 * member:    ojol iuran berapa
 * assistant: Perkiraan iuran BPU (November 2026): • Tanpa JHT: Rp8.400 sebulan. • Dengan JHT: Rp28.400 sebulan. …
 */
export const bpu: Calculator = {
  meanings: {
    main: 'wage',
    length: { plain: 'ahead', past: null, ahead: 'ahead' },
    cues: { wage: 'wage', contribution: 'contribution' },
    percent: null,
  },
  related: ['jht'],
  missing: () => null,
  result(given, speech, today) {
    return worked(today, () => {
      const { wage = rupiah(0), transport = false, withJht, ahead = 1 } = given;
      const wanted = withJht === undefined ? [false, true] : [withJht];
      const worth = wanted.map((jht) => ({
        jht,
        contribution: known(bpuContribution(wage, today, { jht, transport, months: ahead })),
      }));
      const month = speech.month(monthOf(today));
      const title =
        ahead === 1
          ? speech.text('estimates.bpu.result', { month })
          : speech.text('estimates.bpu.result_several', { length: lengthOf(ahead, speech) });
      const lines = worth.map(({ jht, contribution }) =>
        speech.text(`estimates.bpu.${jht ? 'with' : 'without'}`, { amount: amountOf(contribution, speech) }),
      );
      const work = speech.text(`estimates.bpu.${transport ? 'transport' : 'other'}`);
      const base = speech.rupiah(worth[0]?.contribution.base ?? rupiah(0));
      return [
        [title, ...lines].join('\n'),
        speech.text('estimates.bpu.base', { base, work }),
        ...discountNote(worth[0]?.contribution, transport, speech, today),
        ...assumed(
          [
            given.wage === undefined && speech.text('estimates.bpu.lowest'),
            given.transport === undefined && speech.text('estimates.bpu.work'),
          ],
          speech,
        ),
      ];
    });
  },
};

/** What is paid each month, from which month where it changes, and for all of them. */
function amountOf({ months, total }: BpuContribution, speech: Speech): string {
  const changes = months.filter((each, index) => index === 0 || each.total !== months[index - 1]?.total);
  const list = changes.map((each, index) =>
    index === 0
      ? speech.text('estimates.bpu.monthly', { amount: speech.rupiah(each.total) })
      : speech.text('estimates.bpu.from', { amount: speech.rupiah(each.total), month: speech.month(each.month) }),
  );
  const said = list.join(', ');
  return months.length === 1 ? said : speech.text('estimates.bpu.several', { list: said, total: speech.rupiah(total) });
}

function discountNote(
  contribution: BpuContribution | undefined,
  transport: boolean,
  speech: Speech,
  today: Day,
): string[] {
  const first = contribution?.months[0];
  const until = figureNamed(transport ? 'bpu.discount_transport' : 'bpu.discount', today)?.until;
  if (!first || first.discount === 0 || !until) return [];
  const percent = speech.number(first.discount);
  return [speech.text('estimates.bpu.discount', { percent, until: speech.month(monthOf(until)) })];
}

/**
 * member:    gaji 6jt potongannya brp, bener 180rb?
 * assistant: Perkiraan potongan gaji Rp6.000.000: Rp180.000 sebulan (November 2026). … Potongan Rp180.000 sudah pas. …
 */
export const payslip: Calculator = {
  meanings: {
    main: 'wage',
    length: noLength,
    cues: { wage: 'wage', deducted: 'deducted', contribution: 'deducted' },
    percent: null,
  },
  related: ['jht', 'jp'],
  missing: ({ wage }) => (wage === undefined || wage === 0 ? 'wage' : null),
  result(given, speech, today) {
    const { wage, deducted, month = monthOf(today) } = given;
    const day = firstDay(month);
    return worked(day, () => {
      const paid = wage ?? lack('jp.ceiling');
      const check = known(payslipCheck(paid, deducted ?? rupiah(0), month));
      const parts = speech.text('estimates.payslip.parts', {
        jhtPercent: written('jht.rate_worker', speech, day),
        jht: speech.rupiah(check.jht),
        jpPercent: written('jp.rate_worker', speech, day),
        jp: speech.rupiah(check.jp),
      });
      const ceiling = { ceiling: written('jp.ceiling', speech, day) };
      return [
        speech.text('estimates.payslip.result', {
          wage: speech.rupiah(paid),
          expected: speech.rupiah(check.expected),
          month: speech.month(month),
        }),
        [parts, ...(check.capped ? [speech.text('estimates.payslip.capped', ceiling)] : [])].join(' '),
        ...(deducted === undefined
          ? []
          : [
              speech.text(
                `estimates.payslip.${check.fits === 'other' ? (check.difference > 0 ? 'more' : 'less') : check.fits}`,
                {
                  deducted: speech.rupiah(deducted),
                  difference: speech.rupiah(rupiah(Math.abs(check.difference))),
                },
              ),
            ]),
        speech.text('estimates.payslip.assumes'),
      ];
    });
  },
};
