import { expect, it } from 'vitest';
import { daySchema, monthSchema } from '../../../src/core/jamsostek/month.ts';
import { isWholeYear, periodIn } from '../../../src/core/topics/period.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';

const today = daySchema.parse('2026-11-22');
const monthOf = (text: string) => monthSchema.parse(text);

it.each([
  ['iuran bulan kemaren udah masuk blm', '2026-10', '2026-10'],
  ['iuran bln lalu', '2026-10', '2026-10'],
  ['did my contribution for last month come in', '2026-10', '2026-10'],
  ['iuran bulan ini', '2026-11', '2026-11'],
  ['contributions this month', '2026-11', '2026-11'],
  ['dua bulan yang lalu', '2026-09', '2026-09'],
  ['3 months ago', '2026-08', '2026-08'],
  ['iuran oktober 2026 udah masuk belum', '2026-10', '2026-10'],
  ['iuran desember', '2025-12', '2025-12'],
  ['iuran maret', '2026-03', '2026-03'],
  ['iuran maret tahun lalu', '2025-03', '2025-03'],
  ['iuran tahun 2024', '2024-01', '2024-12'],
  ['contributions in 2024', '2024-01', '2024-12'],
  ['iuran thn kmrn', '2025-01', '2025-12'],
  ['contributions of last year', '2025-01', '2025-12'],
  ['iuran tahun ini', '2026-01', '2026-12'],
  ['this year', '2026-01', '2026-12'],
  ['iuran 3 bulan terakhir', '2026-08', '2026-10'],
  ['tiga bulan terakhir', '2026-08', '2026-10'],
  ['the last 6 months', '2026-05', '2026-10'],
  ['last three months', '2026-08', '2026-10'],
  ['iuran setahun terakhir', '2025-11', '2026-10'],
  ['2 tahun terakhir', '2024-11', '2026-10'],
])('"%s" is %s to %s', (text, from, to) => {
  expect(periodIn(text, entitiesIn(text), today)).toEqual({ from, to });
});

it.each(['riwayat iuran', 'sudah kerja 3 tahun', 'iuran lalu lintas', 'iuran 900 bulan terakhir', 'iuran tiap bulan'])(
  '"%s" names no months',
  (text) => {
    expect(periodIn(text, entitiesIn(text), today)).toBeNull();
  },
);

it('tells a whole year from other months', () => {
  expect(isWholeYear({ from: monthOf('2024-01'), to: monthOf('2024-12') })).toBe(true);
  expect(isWholeYear({ from: monthOf('2023-01'), to: monthOf('2024-12') })).toBe(false);
  expect(isWholeYear({ from: monthOf('2024-01'), to: monthOf('2024-11') })).toBe(false);
});
