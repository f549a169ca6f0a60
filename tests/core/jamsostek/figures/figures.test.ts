import { describe, expect, it } from 'vitest';
import {
  figure,
  figureKeys,
  figureNamed,
  figureRow,
  wordingOf,
} from '../../../../src/core/jamsostek/figures/figures.ts';
import { type Day, daySchema } from '../../../../src/core/jamsostek/month.ts';
import { articleIds, articleNamed } from '../../../../src/core/knowledge/articles.ts';
import { figuresIn } from '../../../../src/core/knowledge/filled.ts';
import { languages } from '../../../../src/core/language.ts';

const day = (text: string): Day => daySchema.parse(text);
const dayBeside = (of: Day, days: number): Day =>
  day(new Date(Date.parse(of) + days * 86_400_000).toISOString().slice(0, 10));
const rows = figureKeys.flatMap((key) => {
  const row = figureRow(key);
  return row ? [{ key, row }] : [];
});

describe('the table of figures', () => {
  it('has a source for every row', () => {
    expect(rows).toHaveLength(figureKeys.length);
    expect(rows.filter(({ row }) => row.source.trim() === '')).toEqual([]);
  });

  it('has the values of a row in order, and no two for one day', () => {
    const wrong = rows.filter(({ row: { values } }) =>
      [...values].some(({ from, until }, index) => {
        const next = values[index + 1];
        return (
          (until !== undefined && until < from) || (next !== undefined && (until === undefined || until >= next.from))
        );
      }),
    );
    expect(wrong.map(({ key }) => key)).toEqual([]);
  });

  it('gives a value from its first day until its last, and none before the first of a row', () => {
    for (const { key, row } of rows) {
      for (const { value, from, until } of row.values) {
        expect(figureNamed(key, from)).toMatchObject({ value, from, until: until ?? null });
        expect(figureNamed(key, until ?? day('2099-12-31'))?.value).toBe(value);
        if (until !== undefined) expect(figureNamed(key, dayBeside(until, 1))?.from).not.toBe(from);
      }
      const [first] = row.values;
      if (first) expect(figureNamed(key, dayBeside(first.from, -1)), key).toBeUndefined();
    }
  });

  it('has the whole range of what articles say, in both languages', () => {
    for (const language of languages) {
      for (const id of articleIds) {
        const used = articleNamed(id, language).paragraphs.flatMap(figuresIn);
        expect(
          used.filter((key) => !figureRow(key)),
          `${language} ${id}`,
        ).toEqual([]);
      }
    }
  });

  it('knows for today what the program itself says: contacts, and hours', () => {
    for (const key of [
      'contact.phone',
      'contact.email',
      'contact.offices',
      'office.open_from',
      'office.open_until',
    ] as const) {
      expect(wordingOf(key, day('2026-11-30'))).not.toBe('');
      expect(wordingOf(key, day('2050-01-01')), 'never runs out').not.toBe('');
    }
    expect(() => wordingOf('jp.ceiling', day('2026-11-30'))).toThrow('no wording of jp.ceiling');
  });

  it('knows a number as one, a wording as none, and nothing of what it has not', () => {
    expect(figure('jp.ceiling', day('2026-11-30'))).toBe(11_086_300);
    expect(figure('contact.phone', day('2026-11-30'))).toBeUndefined();
    for (const key of ['jp.celing', '', 'constructor', '__proto__', 'toString']) {
      expect(figureNamed(key, day('2026-11-30'))).toBeUndefined();
    }
  });

  it.each([
    ['jp.ceiling', '2027-02-28', 11_086_300],
    ['jp.ceiling', '2027-03-01', undefined],
    ['jp.pension_max', '2027-01-31', 4_932_300],
    ['jp.pension_max', '2027-02-01', undefined],
    ['jht.growth', '2026-12-31', 5.51],
    ['jht.growth', '2027-01-01', undefined],
    ['bpu.discount', '2026-12-31', 50],
    ['bpu.discount', '2027-01-01', undefined],
    ['bpu.minimum', '2026-12-31', 8_400],
    ['bpu.minimum', '2027-01-01', 16_800],
    ['bpu.discount_transport', '2027-03-31', 50],
    ['bpu.discount_transport', '2027-04-01', undefined],
    ['jp.age', '2027-12-31', 59],
    ['jp.age', '2028-01-01', 60],
  ] as const)('has %s on %s: %s', (key, on, value) => {
    expect(figure(key, day(on))).toBe(value);
  });

  it('has discounts that halve what is paid without them, and savings that are not discounted, on every day', () => {
    for (const on of ['2026-11-30', '2026-12-31', '2027-01-01', '2027-03-31', '2027-04-01'].map(day)) {
      const without = figure('bpu.minimum_full', on) ?? Number.NaN;
      const withJht = figure('bpu.minimum_full_jht', on) ?? Number.NaN;
      for (const [percent, discounted, discountedJht] of [
        ['bpu.discount', 'bpu.discounted', 'bpu.discounted_jht'],
        ['bpu.discount_transport', 'bpu.discounted_transport', 'bpu.discounted_transport_jht'],
      ] as const) {
        const off = figure(percent, on);
        const expected = off === undefined ? undefined : without * (1 - off / 100);
        expect(figure(discounted, on)).toBe(expected);
        expect(figure(discountedJht, on)).toBe(expected === undefined ? undefined : expected + withJht - without);
      }
      expect(figure('bpu.minimum', on)).toBe(figure('bpu.discounted', on) ?? without);
      expect(figure('bpu.minimum_jht', on)).toBe(figure('bpu.discounted_jht', on) ?? withJht);
    }
  });

  it('has shares that add up to what is paid together', () => {
    const on = day('2026-11-30');
    const of = (key: Parameters<typeof figure>[0]) => figure(key, on) ?? Number.NaN;
    expect(of('jht.rate_employer') + of('jht.rate_worker')).toBeCloseTo(of('jht.rate'));
    expect(of('jp.rate_employer') + of('jp.rate_worker')).toBeCloseTo(of('jp.rate'));
    expect(of('jht.rate_worker') + of('jp.rate_worker')).toBeCloseTo(of('pay.worker_share'));
  });
});
