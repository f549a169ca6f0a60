import { describe, expect, it } from 'vitest';
import { found, kinds, onRecord, paidFor } from './records.ts';

const wages = (...all: readonly (number | null)[]) =>
  onRecord([{ paid: paidFor('2026-01', 9, (at) => all[Math.min(at, all.length - 1)] ?? null) }]);
const million = 1_000_000;

describe('a wage that dropped', () => {
  it('is one that is lower by a tenth than the months before, and stays so', () => {
    expect(found(wages(5 * million, 5 * million, 4.5 * million))).toEqual([
      { is: 'wage dropped', kpj: '99000000000', from: '2026-03', before: 5_000_000, after: 4_500_000 },
    ]);
  });

  it('is none that is lower by less', () => {
    expect(kinds(wages(5 * million, 5 * million, 4.5 * million + 1))).toEqual([]);
  });

  it.each([
    ['one odd month', [5, 5, 5, 2, 5, 5, 5, 5, 5]],
    ['one odd month at the end', [5, 5, 5, 5, 5, 5, 5, 5, 2]],
    ['two months at the end', [5, 5, 5, 5, 5, 5, 5, 2, 2]],
    ['some months that are over', [5, 5, 5, 3, 3, 3, 3, 5, 5]],
    ['the months after a bonus', [5, 5, 9, 5, 5, 5, 5, 5, 5]],
    ['the months after a first one that was higher', [9, 5, 5, 5, 5, 5, 5, 5, 5]],
  ])('is not %s', (_, all) => {
    expect(kinds(wages(...all.map((each) => each * million)))).toEqual([]);
  });

  it('is told from three months on', () => {
    expect(found(wages(...[5, 5, 5, 5, 5, 5, 3, 3, 3].map((each) => each * million)))).toMatchObject([
      { from: '2026-07' },
    ]);
  });

  it('is told after it is over, when it lasted a year', () => {
    const lasted = (count: number) =>
      kinds(onRecord([{ paid: paidFor('2024-01', 33, (at) => (at >= 6 && at < 6 + count ? 3 : 5) * million) }]));
    expect(lasted(11)).toEqual([]);
    expect(lasted(12)).toEqual(['wage dropped']);
  });

  it('is the choice of who pays for themselves', () => {
    const paid = paidFor('2026-01', 9, (at) => (at < 4 ? 5 : 1) * million);
    expect(kinds(onRecord([{ segment: 'BPU', paid }]))).toEqual([]);
  });
});

describe('a wage under the minimum', () => {
  const paid = paidFor('2025-11', 11, (at) => (at < 2 ? 4_000_000 : 4_200_000));
  const under = (...floors: (readonly [number, number])[]) => found(onRecord([{ paid }], { floors }));

  it('is held against the minimum of its own year', () => {
    expect(under([2025, 4_000_000], [2026, 4_200_001])).toMatchObject([
      { is: 'under floor', reported: 4_200_000, floor: 4_200_001, shortfall: 1 },
    ]);
    expect(under([2025, 4_000_000], [2026, 4_200_000])).toEqual([]);
  });

  it('is passed over in a year without a known minimum', () => {
    expect(under([2025, 4_100_000])).toMatchObject([{ months: ['2025-11', '2025-12'], shortfall: 100_000 }]);
    expect(under()).toEqual([]);
  });

  it('is not one month alone: unpaid leave, or a month that began in its middle', () => {
    const odd = paidFor('2026-01', 9, (at) => (at === 4 ? 1 : 5) * million);
    expect(kinds(onRecord([{ paid: odd }], { floors: [[2026, 4_000_000]] }))).toEqual([]);
  });

  it('is not that of who pays for themselves', () => {
    expect(
      kinds(onRecord([{ segment: 'BPU', paid: paidFor('2026-01', 9, 1_000_000) }], { floors: [[2026, 4_000_000]] })),
    ).toEqual([]);
  });
});

describe('a wage that the member names', () => {
  const paid = paidFor('2026-01', 9, 3 * million);
  const said = (wage: number) => found(onRecord([{ paid }], { wage }));

  it('is told with what is reported, and the JHT between them', () => {
    expect(said(6 * million)).toEqual([
      {
        is: 'under said',
        kpj: '99000000000',
        said: 6_000_000,
        reported: 3_000_000,
        shortfall: 3_000_000,
        savings: 171_000,
      },
    ]);
  });

  it('may be rounded by five percent, and may be lower', () => {
    expect(said(3_157_894)).toEqual([]);
    expect(kinds(onRecord([{ paid: paidFor('2026-01', 9, 3_800_000) }], { wage: 4 * million }))).toEqual([]);
    expect(said(3_157_895)).toMatchObject([{ is: 'under said' }]);
    expect(said(2 * million)).toEqual([]);
  });

  it('is held against all jobs that are paid for now together, and against no other', () => {
    const second = { paid: paidFor('2026-06', 4, 2.9 * million) };
    expect(kinds(onRecord([{ paid }, second], { wage: 6 * million }))).toEqual(['two employers']);
    const former = { active: false, paid: paidFor('2024-01', 9, 2.9 * million) };
    expect(kinds(onRecord([{ paid }, former], { wage: 6 * million }))).toEqual(['under said']);
    expect(kinds(onRecord([former], { wage: 6 * million }))).toEqual([]);
  });
});
