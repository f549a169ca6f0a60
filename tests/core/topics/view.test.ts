import { expect, it } from 'vitest';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import type { GoalId } from '../../../src/core/topics/index.ts';
import { viewIn } from '../../../src/core/topics/view.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';

const today = daySchema.parse('2026-11-22');
const viewOf = (text: string, asked: GoalId) => viewIn(text, entitiesIn(text), asked, today);

it.each([
  ['saldo per tahun dong', 'statement', 'balance_years'],
  ['balance by year please', 'balance', 'balance_years'],
  ['grafik saldo saya', 'balance', 'balance_chart'],
  ['grafiknya dong', 'statement', 'balance_chart'],
  ['show a chart of my contributions', 'contributions', 'contribution_chart'],
  ['iuran per tahun', 'contributions', 'contribution_years'],
  ['cek saldo disensor ya', 'balance', 'balance_masked'],
  ['surat saldo tahun 2024', 'statement', 'statement'],
  ['pdf saldo per tahun 2024', 'statement', 'statement'],
  ['iuran bulan kemarin', 'contributions', 'contributions'],
] as const)('"%s", taken for %s, surely wants %s', (text, asked, view) => {
  expect(viewOf(text, asked)).toBe(view);
});

it.each([
  ['rincian saldo per tahun dimana', 'statement'],
  ['how do i get my balance by year', 'statement'],
  ['minta surat saldo buat bank', 'statement'],
  ['kartu digital laku buat klaim', 'digital_card'],
  ['cek saldo', 'balance'],
] as const)('"%s", taken for %s, may as well ask about it', (text, asked) => {
  expect(viewOf(text, asked)).toBeNull();
});
