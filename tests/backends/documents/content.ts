import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import { daySchema, monthSchema } from '../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { CardContent } from '../../../src/core/services.ts';

/** The day that invented figures are of. */
export const asOf = daySchema.parse('2026-10-31');

/** A balance by year end, the last of them 2026. */
export function years(...amounts: readonly number[]) {
  return amounts.map((amount, index) => ({ at: 2027 - amounts.length + index, amount: rupiah(amount) }));
}

/** Contributions by month, the last of them October 2026. */
export function months(...amounts: readonly number[]) {
  return amounts.map((amount, index) => {
    const first = new Date(Date.UTC(2026, 10 - amounts.length + index, 1));
    return { at: monthSchema.parse(first.toISOString().slice(0, 7)), amount: rupiah(amount) };
  });
}

/** A card of somebody invented. */
export const cardContent: CardContent = {
  language: 'id',
  name: 'Siti Nurhalizah',
  maskedNik: '************0004',
  membership: { kpj: kpjSchema.parse('12345678901'), employer: 'PT Garmen Jaya', active: true },
  programs: ['JHT', 'JP', 'JKK', 'JKM'],
  asOf,
  address: 'https://chat.example.id/v/1.c.SN.20260.Zk3vQ0h8mX2uT7bR5yW1pA',
};
