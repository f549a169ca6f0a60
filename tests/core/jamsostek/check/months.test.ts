import { describe, expect, it } from 'vitest';
import { checkContributions } from '../../../../src/core/jamsostek/check/check.ts';
import { day, found, kinds, monthsOf, onRecord, paidFor } from './records.ts';

/** On the usual day of these tests, September 2026 is the newest month that has to be on record. */
const newest = '2026-09';
const upToDate = paidFor('2026-01', 9);

describe('missing months', () => {
  it('are those between the first and the last, with about what they would have come to', () => {
    const paid = [...paidFor('2026-01', 2), ...paidFor('2026-05', 2, 6_000_000), ...paidFor('2026-08', 2)];
    expect(found(onRecord([{ paid }]))).toEqual([
      {
        is: 'missing',
        kpj: '99000000000',
        months: ['2026-03', '2026-04', '2026-07'],
        // 5.7 % of 5 million twice, and of 6 million.
        savings: 285_000 + 285_000 + 342_000,
      },
    ]);
  });

  it('are not said to be worth anything where the rate of then is not known', () => {
    const paid = [...paidFor('2015-01', 2), ...paidFor('2015-04', 138)];
    expect(found(onRecord([{ paid }]))).toMatchObject([{ is: 'missing', months: ['2015-03'], savings: null }]);
  });

  it('are not those in which another job took over and gave back', () => {
    const away = { active: false, paid: paidFor('2026-03', 3) };
    expect(kinds(onRecord([{ paid: [...paidFor('2026-01', 2), ...paidFor('2026-06', 4)] }, away]))).toEqual([]);
  });

  it('are those of one of two jobs at the same time', () => {
    const other = { paid: paidFor('2025-01', 21) };
    const gap = { paid: [...paidFor('2026-01', 2), ...paidFor('2026-06', 4)] };
    expect(kinds(onRecord([gap, other]))).toEqual(['missing', 'two employers']);
  });

  it('are not those of a number that has ended, after its end', () => {
    expect(kinds(onRecord([{ active: false, paid: paidFor('2025-01', 9) }]))).toEqual([]);
  });

  it('can be a month that may still come, when a newer one came first: then it is waited for', () => {
    const paid = [...upToDate, ...paidFor('2026-11', 1)];
    expect(kinds(onRecord([{ paid }]))).toEqual([]);
  });
});

describe('arrears', () => {
  it('are the newest months of an active number', () => {
    expect(found(onRecord([{ paid: paidFor('2026-01', 7) }]))).toEqual([
      { is: 'arrears', kpj: '99000000000', months: ['2026-08', newest], savings: 570_000 },
    ]);
  });

  it('begin the day after a month is normal, and not before', () => {
    const paid = upToDate;
    expect(kinds(onRecord([{ paid }], { today: '2026-12-02' }))).toEqual([]);
    expect(kinds(onRecord([{ paid }], { today: '2026-12-03' }))).toEqual(['arrears']);
    expect(kinds(onRecord([{ paid }], { today: '2026-12-03', asOf: '2026-11-29' }))).toEqual([]);
  });

  it('are those of one of two jobs that began before the other ended', () => {
    const jobs = [{ paid: paidFor('2025-01', 21) }, { paid: paidFor('2025-01', 16) }];
    expect(kinds(onRecord(jobs))).toEqual(['arrears', 'two employers']);
  });

  it('are none where nothing was ever paid', () => {
    expect(kinds(onRecord([{ paid: [] }]))).toEqual(['no contributions']);
  });
});

describe('months that may still come', () => {
  it('are named with the day until which that is normal', () => {
    const { awaited, awaitedUntil } = checkContributions(onRecord([{ paid: upToDate }]));
    expect([awaited, awaitedUntil]).toEqual([['2026-10'], '2026-12-02']);
  });

  it.each([
    ['it is on record', [{ paid: paidFor('2026-01', 10) }]],
    ['the number has ended', [{ active: false, paid: upToDate }]],
    ['older ones are missing', [{ paid: paidFor('2026-01', 8) }]],
    ['there are none', [{ paid: [] }]],
  ])('are not spoken of where %s', (_, jobs) => {
    expect(checkContributions(onRecord(jobs))).toMatchObject({ awaited: [], awaitedUntil: null });
  });
});

describe('late months', () => {
  const postedOn = (text: string) =>
    onRecord([
      {
        paid: [
          { month: monthsOf('2026-08', 1)[0] ?? fail(), wage: 5_000_000, postedOn: day(text) },
          ...paidFor(newest, 1),
        ],
      },
    ]);

  it('are those that were posted after the month that they were due in', () => {
    expect(found(postedOn('2026-10-01'))).toEqual([{ is: 'late', kpj: '99000000000', months: ['2026-08'] }]);
  });

  it.each(['2026-09-15', '2026-09-16', '2026-09-30'])('are not those that were posted on %s', (text) => {
    expect(kinds(postedOn(text))).toEqual([]);
  });

  it('are not counted for who pays for themselves', () => {
    const paid = paidFor('2026-01', 9).map((each) => Object.assign({}, each, { postedOn: day('2026-10-20') }));
    expect(kinds(onRecord([{ segment: 'BPU', paid }]))).toEqual([]);
    expect(kinds(onRecord([{ segment: 'PMI', paid }]))).toEqual([]);
  });
});

describe('a number that is still active', () => {
  const later = { paid: paidFor('2026-06', 4) };

  it('has had nothing for three months, and another job has begun since', () => {
    expect(found(onRecord([later, { paid: paidFor('2025-01', 18) }]))).toEqual([
      { is: 'still active', kpj: '99000000001', last: '2026-06', since: '2026-06' },
    ]);
  });

  it('is one that the employer may still be reporting, before', () => {
    expect(kinds(onRecord([{ paid: paidFor('2026-07', 3) }, { paid: paidFor('2025-01', 19) }]))).toEqual([]);
  });

  it('is none where it was ended', () => {
    expect(kinds(onRecord([later, { active: false, paid: paidFor('2025-01', 17) }]))).toEqual([]);
  });
});

describe('months of who pays for themselves', () => {
  it('are their own to pay, up to the newest', () => {
    const paid = [...paidFor('2026-01', 2), ...paidFor('2026-04', 4)];
    expect(found(onRecord([{ segment: 'BPU', paid }]))).toEqual([
      { is: 'own months', kpj: '99000000000', months: ['2026-03', '2026-08', newest], newest: 2, lapsed: false },
    ]);
  });

  it.each([
    [6, false],
    [5, true],
  ])('of BPU, paid for %i months of nine, have ended the cover: %s', (count, lapsed) => {
    expect(found(onRecord([{ segment: 'BPU', paid: paidFor('2026-01', count) }]))).toMatchObject([{ lapsed }]);
  });

  it('of migrant workers say nothing of the cover, which is paid for otherwise', () => {
    const record = onRecord([{ segment: 'PMI', paid: paidFor('2025-01', 12, () => null) }]);
    expect(found(record)).toMatchObject([{ is: 'own months', newest: 9, lapsed: false }]);
  });

  it('are only those in between of a number that has ended', () => {
    const paid = [...paidFor('2025-01', 2), ...paidFor('2025-04', 2)];
    expect(found(onRecord([{ segment: 'BPU', active: false, paid }]))).toMatchObject([
      { months: ['2025-03'], newest: 0 },
    ]);
  });
});

describe('two employers', () => {
  it('are noted where both paid for two months or more', () => {
    const jobs = [{ paid: paidFor('2026-01', 9) }, { active: false, paid: paidFor('2025-10', 5) }];
    expect(found(onRecord(jobs))).toEqual([
      { is: 'two employers', kpj: '99000000000', other: '99000000001', months: ['2026-01', '2026-02'] },
    ]);
  });

  it('are not noted for the one month in which a job was changed, nor beside own contributions', () => {
    expect(kinds(onRecord([{ paid: upToDate }, { active: false, paid: paidFor('2025-10', 4) }]))).toEqual([]);
    expect(kinds(onRecord([{ paid: upToDate }, { segment: 'BPU', paid: paidFor('2025-10', 12) }]))).toEqual([]);
  });
});

describe('a number without contributions', () => {
  it.each(['PU', 'BPU', 'PMI', 'JAKON'] as const)('is told what that means in %s, while it is active', (segment) => {
    expect(found(onRecord([{ segment, paid: [] }]))).toEqual([{ is: 'no contributions', kpj: '99000000000', segment }]);
    expect(kinds(onRecord([{ segment, active: false, paid: [] }]))).toEqual([]);
  });
});

function fail(): never {
  throw new Error('there is a month');
}
