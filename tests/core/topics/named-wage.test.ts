import { describe, expect, it } from 'vitest';
import { wageNamed } from '../../../src/core/topics/named-wage.ts';

describe('the wage that a member names', () => {
  it.each([
    ['gaji saya 6 juta tapi dilaporkan 3 juta', 6_000_000],
    ['hrd lapor gaji saya 3 juta padahal aslinya 6 juta', 6_000_000],
    ['upah dilapor 3jt gaji asli 6.000.000', 6_000_000],
    ['gaji sy 4,5jt dilaporin cuma setengah', 4_500_000],
    ['gajiku 5 juta kok di jamsostek 3 juta', 5_000_000],
    ['iuran sy cuma 150rb gaji 5jt', 5_000_000],
    ['gaji saya 6jt umk 5jt', 6_000_000],
    ['6 juta gaji saya', 6_000_000],
    ['my pay is 6 million but 3 million is reported', 6_000_000],
    ['they report 3 million but I earn 6 million', 6_000_000],
  ])('is heard in "%s"', (text, wage) => {
    expect(wageNamed(text)).toBe(wage);
  });

  it.each([
    'periksa iuran saya',
    'dilaporin 1 juta padahal umr 4 juta',
    'gaji dipotong 120rb tiap bulan',
    'saldo jht 20 juta',
    'gaji saya 5 ribu',
    'gaji saya 900 miliar',
    'iuran 150 ribu',
  ])('is not made up out of "%s"', (text) => {
    expect(wageNamed(text)).toBeNull();
  });
});
