import { branded } from '../../../src/core/brand.ts';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import type { Contribution } from '../../../src/core/jamsostek/member.ts';
import { daySchema, monthSchema } from '../../../src/core/jamsostek/month.ts';
import type { Nik } from '../../../src/core/jamsostek/nik.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { StatementContent } from '../../../src/core/services.ts';

/** What opens the statements of these tests. */
export const password = branded<Nik>('3172014101900001');

const employers = ['PT Maju Jaya', 'CV Sumber Rejeki Makmur Bersama Garmindo', 'Pekerja mandiri'];

/** Statements of so many membership numbers, each with a contribution for each month; no two figures are the same. */
export function statementOf(memberships: number, overrides: Partial<StatementContent> = {}): StatementContent {
  const numbers = Array.from({ length: memberships }, (_, index) => ({
    kpj: kpjSchema.parse(`1002899123${index}`),
    employer: employers[index] ?? 'PT Lain',
    active: index === 0,
    before: rupiah(12_345_678 + index),
    contributed: rupiah(5_130_000 + index),
    growth: rupiah(812_345 + index),
    paidOut: rupiah(1_000_000 + index),
    after: rupiah(17_288_023 + 2 * index),
  }));
  const contributions: Contribution[] = Array.from({ length: 12 }, (_, month) =>
    numbers.map(({ kpj, employer }, index) => ({
      month: monthSchema.parse(`2025-${String(month + 1).padStart(2, '0')}`),
      kpj,
      employer: index === 2 ? null : employer,
      wage: index === 2 ? null : rupiah(7_000_000 + 1000 * month + index),
      amount: rupiah(400_000 + 100 * month + index),
      postedOn: daySchema.parse(`2025-${String(month + 1).padStart(2, '0')}-${10 + index}`),
    })),
  ).flat();
  return {
    language: 'id',
    name: 'Siti Nurhalizah',
    maskedNik: '3172********0001',
    password,
    year: 2025,
    asOf: daySchema.parse('2026-10-31'),
    day: daySchema.parse('2026-11-23'),
    memberships: numbers,
    contributions,
    address: 'https://chat.example.id/v/eyJrIjoic3RhdGVtZW50IiwiaSI6IlMuIE4uIn0.0p2Q9m1zXwA7hYpVqk3n5Q',
    ...overrides,
  };
}
