import { describe, expect, it } from 'vitest';
import { continues, type Estimate, estimateSchema, kindIn } from '../../../src/core/estimates/estimate.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';

const asking = (asks: Estimate['asks'], kind: Estimate['kind'] = 'jht', given: object = {}) =>
  estimateSchema.parse({ kind, given, asks });
const done = asking(null, 'jht', { wage: 6_000_000 });
const goesOn = (text: string, memory: Estimate) => continues(text, entitiesIn(text), memory);

describe('continues', () => {
  it.each([
    '6jt',
    '6 juta',
    'gaji 6jt',
    'gaji saya 6 juta kak',
    'sekitar 5,5 juta',
    'rp 5.000.000',
    '5396761',
    '4.500.000 sebulan',
    '6',
    'belum',
    'belum ada',
    'ga ada',
    'ga tau',
    'lupa',
    'nol',
    'tidak ada',
    'kira2 4jt',
    'umr jakarta 5 juta an',
    '8 million',
    'around 8 million',
    'my salary is 8 million',
    'i dont know',
    'not sure',
    'none',
    'lima juta',
    'dua juta tiga ratus ribu',
    'upah pokok saya 3,2 juta',
    'ga kerja',
  ])('takes "%s" for the wage that was asked', (text) => {
    expect(goesOn(text, asking('wage'))).toBe(true);
  });

  it.each(['30', 'umur 30', '30 tahun', "i'm 30", 'saya 30 tahun'])('takes "%s" for the age that was asked', (text) => {
    expect(goesOn(text, asking('age'))).toBe(true);
  });

  it.each([
    'kalau gajinya 7jt?',
    'klo gaji 8 juta',
    'kalau 15 tahun?',
    'kalau bunganya 6%?',
    'what if i earn 8 million',
    'what about 20 years?',
    'yang JP?',
    'kalau jkp?',
    'jp nya berapa',
    'how about jp',
    'pajaknya berapa?',
    '7jt',
    '15 tahun',
    'umur 30',
    'sampai umur 56',
    'naik 5% tiap tahun',
    'saldo saya 20 juta',
    'masa iur 20 tahun',
    'kalau upah naik jadi 9 juta',
    'misal 10 tahun lagi',
    'coba 5 persen',
    'if the growth is 6%',
    'kalau umur 40',
    'gimana kalau 12 juta',
    'jp',
    'kalau pensiun?',
    'eh salah 7jt',
  ])('takes "%s" for a change of what was estimated', (text) => {
    expect(goesOn(text, done)).toBe(true);
  });

  it.each([
    'saldo saya berapa',
    'jht saya berapa',
    'cek saldo',
    'kantor bandung',
    'kantor terdekat dimana',
    'cara klaim jht',
    'jam buka berapa',
    'kartu saya hilang',
    'menu',
    'batal',
    'bicara dengan petugas',
    '3175011234560001',
    '081234567890',
    'no kpj 21012345678',
    'telat bayar 2 bulan hangus ga',
    'iuran bulan oktober sudah masuk belum',
    'apa itu jp',
    'status klaim saya',
    'jmo error terus',
    'lapor penipuan',
    'terima kasih',
    'halo',
    'gaji dipotong tp ga disetor 3 bulan',
    'resign 2 bulan lalu kapan bisa cair',
    'where is the office',
    'check my balance',
    'how to claim',
    'i lost my card',
    'what is jht',
    'thanks',
    'hello',
    'ok',
    'bpjs kesehatan',
    'daftar bpu gimana',
    'email saya berubah',
    'otp ga masuk',
    'dokumen apa aja',
    'syarat jht',
    'nomor wa resmi',
    'wkwk',
    '🙏',
    '',
    'privasi',
    'english please',
    'bsu 600rb kapan cair',
    'dapat link dana 21 juta hoax bukan',
  ])('leaves "%s" to the rest of the conversation', (text) => {
    expect(goesOn(text, done)).toBe(false);
    expect(goesOn(text, asking('wage'))).toBe(false);
  });

  it('hears a lone number, and no, only while something is asked; and yes only to what was asked back', () => {
    for (const text of ['6', 'belum', 'ga ada', 'tidak']) expect(goesOn(text, done), text).toBe(false);
    expect(goesOn('ya', asking('wage'))).toBe(false);
    expect(goesOn('ya', asking('wage', 'jht', { meant: 6_000_000 }))).toBe(true);
    expect(goesOn('123456', asking('wage'))).toBe(false);
  });

  it('hears a kind while the kind is asked', () => {
    for (const text of ['jht', 'pensiun', 'yang phk', 'potongan gaji', 'jp']) {
      expect(goesOn(text, asking('kind')), text).toBe(true);
    }
  });

  it('hears what BPU turns on', () => {
    for (const text of ['saya ojol', 'bukan ojol', 'pakai jht', '6 bulan', 'tanpa jht', 'kalau sama jht?']) {
      expect(goesOn(text, asking(null, 'bpu')), text).toBe(true);
    }
  });
});

describe('kindIn', () => {
  it.each([
    ['simulasi jht', 'jht'],
    ['perkiraan saldo jht umur 56', 'jht'],
    ['hitungin hari tua saya', 'jht'],
    ['estimate my jht', 'jht'],
    ['pajak jht 80jt', 'payout'],
    ['kena pajak brp klo saldo 80jt', 'payout'],
    ['tax on 80 million', 'payout'],
    ['nanti dapat pensiun berapa sebulan', 'jp'],
    ['simulasi jp gaji 5jt', 'jp'],
    ['my pension at salary 10jt', 'jp'],
    ['kecelakaan kerja dapat berapa', 'jkk'],
    ['kalau cacat krn kerja upah 5jt', 'jkk'],
    ['meninggal saat kerja', 'jkk'],
    ['work accident benefit', 'jkk'],
    ['suami meninggal sakit dapet berapa', 'jkm'],
    ['death benefit', 'jkm'],
    ['baru daftar bpu sebulan trs meninggal', 'jkm'],
    ['phk dapat berapa', 'jkp'],
    ['simulasi jkp gaji 4,5 jt', 'jkp'],
    ['i was laid off', 'jkp'],
    ['ojol iuran berapa', 'bpu'],
    ['iuran bpu sama jht', 'bpu'],
    ['pedagang bayar berapa', 'bpu'],
    ['bpu bayar 56rb perbulan 10 taun jadi berapa jht nya', 'jht'],
    ['potongan gaji', 'payslip'],
    ['gaji 6jt potongannya brp, bener 180rb?', 'payslip'],
    ['how much is deducted from my salary', 'payslip'],
    ['hitung simulasi', null],
    ['kalau gajinya 7jt?', null],
    ['simulasi jht dan jp', null],
  ] as const)('finds in "%s": %s', (text, kind) => {
    expect(kindIn(text, entitiesIn(text))).toBe(kind);
  });
});
