import { describe, expect, it } from 'vitest';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import type { Membership } from '../../../src/core/jamsostek/member.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { namedAmong, namedIn } from '../../../src/core/topics/memberships.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';

function membership(kpj: string, employer: string | null): Membership {
  return {
    kpj: kpjSchema.parse(kpj),
    segment: employer === null ? 'BPU' : 'PU',
    employer,
    active: true,
    balance: rupiah(0),
    lastContribution: null,
    firstContribution: null,
  };
}

const own = [
  membership('99012345678', 'PT Awan Sembilan Logistik'),
  membership('99087654321', 'CV Roti Kembang Tujuh'),
  membership('02D12345678', 'PT Awan Biru'),
  membership('99011112222', null),
];

function foundIn(text: string): readonly string[] {
  const named = namedIn(text, entitiesIn(text));
  return named ? namedAmong(own, named).map(({ kpj }) => kpj) : [];
}

describe('a membership is found', () => {
  it.each([
    ['iuran di PT Awan Sembilan Logistik', ['99012345678']],
    ['iuran di pt awan biru berapa', ['02D12345678']],
    ['iuran di PT Awan', ['99012345678', '02D12345678']],
    ['contributions at CV Roti Kembang', ['99087654321']],
    ['iuran kpj 99087654321', ['99087654321']],
    ['kartu digital 02d12345678', ['02D12345678']],
    ['kartu digital 02D12345678', ['02D12345678']],
  ])('by its number or its employer in "%s"', (text, kpjs) => {
    expect(foundIn(text)).toEqual(kpjs);
  });

  it.each(['riwayat iuran', 'iuran bulan kemarin', 'iuran tahun 2024', 'iuran di PT Bunga Hitam'])(
    'not in "%s"',
    (text) => {
      expect(foundIn(text)).toEqual([]);
    },
  );

  it('surely after PT, and in a number, and not in words that nobody knows', () => {
    expect(namedIn('iuran di pt awan', {})?.sure).toBe(true);
    expect(namedIn('iuran kpj 02d12345678', {})?.sure).toBe(true);
    expect(namedIn('iuran di zzyxqw', {})?.sure).toBe(false);
  });
});

it('keeps nothing of a NIK, a phone number or an amount', () => {
  const text = 'nik 3273061403940001 hp 081234567890 gaji 5000000';
  expect(JSON.stringify(namedIn(text, entitiesIn(text)))).not.toMatch(/\d/);
});
