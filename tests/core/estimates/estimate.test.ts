import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateKinds, estimateSchema, estimating } from '../../../src/core/estimates/estimate.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { languages } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';
import { lastOf, say, talk, today } from './talk.ts';

const jhtAsk = ['Perkiraan JHT.', 'upah'];

/** Texts of a conversation in Indonesian, one line a turn: the text, and what the answer holds. */
const indonesian: Record<string, readonly (readonly [text: string, ...holds: string[]])[]> = {
  'JHT, and one number after the other changed': [
    ['simulasi jht dong', ...jhtAsk],
    [
      '6jt',
      'Perkiraan JHT 10 tahun lagi: Rp54.580.999',
      '5,51% setahun (angka 2025)',
      'saldo awal Rp0',
      'Bukan angka resmi',
    ],
    ['kalau gajinya 7jt?', 'Rp63.677.832', 'Upah Rp7.000.000'],
    ['kalau 15 tahun?', '15 tahun lagi', 'Iuran Rp71.820.000'],
    ['kalau bunganya 6%?', 'Pengembangan 6% setahun (angka dari Anda)', 'Rp116.036.666'],
    ['naik 5% tiap tahun', 'upah naik 5% setahun', 'Rp158.122.304'],
    ['saldo saya 20 juta', 'di atas saldo Rp20.000.000', 'Rp207.204.176'],
    ['yang JP?', 'Perkiraan pensiun JP: Rp1.050.000 sebulan', '15 tahun iuran'],
  ],
  'JHT until 56 by age': [
    ['jht gaji 5jt, umur 30', '26 tahun lagi: Rp197.122.526'],
    ['sampai umur 50', '20 tahun lagi'],
    ['umur 40', '10 tahun lagi'],
  ],
  'JHT at an age, where the age of today is asked': [
    ['kalo kerja sampe 56 jht ku jadi brp, upah 5 juta', 'umur sekarang'],
    ['30', '26 tahun lagi'],
  ],
  'a number without "juta" is asked back': [
    ['simulasi jht', ...jhtAsk],
    ['6', 'Maksudnya Rp6.000.000?', 'Balas YA'],
    ['ya', 'Upah Rp6.000.000'],
  ],
  'JHT of who pays no more': [
    ['simulasi jht', ...jhtAsk],
    ['belum', 'saldo JHT'],
    ['50 juta', 'Tanpa iuran baru', 'Rp86.640.022'],
  ],
  'JHT of a contribution': [
    ['jht kalau iuran 300rb per bulan selama 10 th', 'Iuran Rp36.000.000', 'Iuran JHT Rp300.000 sebulan'],
  ],
  'JHT up to a year': [['jht 2040 gaji 4jt', '14 tahun lagi: Rp57.549.192']],
  'JHT past the age': [
    ['jht gaji 5 juta umur 30', '26 tahun lagi'],
    ['sampai umur 25', 'sudah lewat 25 tahun', 'Untuk berapa lama?'],
    ['5 tahun', '5 tahun lagi'],
  ],
  'what cannot be meant is asked again': [
    ['jht gaji 50 ribu', 'Rp50.000 rasanya bukan upah sebulan', 'Berapa upah sebulan?'],
    ['5 juta', 'Rp45.484.166'],
    ['kalau 200 tahun?', '200 tahun rasanya bukan', 'Untuk berapa lama?'],
    ['20', '20 tahun lagi'],
    ['kalau bunganya 90%?', '90% rasanya bukan', 'berapa persen'],
  ],
  'after tax': [
    ['pajak jht 80jt', 'yang diterima: Rp78.500.000', 'pajak Rp1.500.000', 'Rp50.000.000 dan 5%', '2 tahun kalender'],
    ['kalau saldonya 40 juta?', 'yang diterima: Rp40.000.000', 'tanpa pajak'],
  ],
  'a pension every month, and at once': [
    ['nanti pensiun dapat berapa sebulan', 'Berapa upah'],
    ['ga tau', 'slip gaji', 'kira-kira'],
    ['5,5 juta', 'Rp825.000 sebulan', 'minimal 15 tahun (180 bulan)', 'dianggap: masa iuran 15 tahun'],
    ['masa iur 20 tahun', 'Rp1.100.000 sebulan'],
    ['kalau 35 tahun gaji 20 juta', 'Upah dihitung sampai batas Rp11.086.300'],
    [
      'gaji 5,5 juta, saya sudah iuran 8 tahun',
      'Perkiraan JP: Rp20.677.205, dibayar sekaligus',
      '6,47% setahun (angka 2025)',
    ],
  ],
  'a pension by age': [
    ['pensiun gaji 7jt umur 30', 'Usia pensiun 65 tahun, sekitar tahun 2061', '35 tahun iuran', 'iuran mulai sekarang'],
  ],
  'JKK by what happened': [
    ['jkk gaji 6jt', 'Rp310.000.000', 'Rp348.000.000', 'sampai bulan ke-12, lalu Rp3.000.000'],
    ['kalau meninggal?', 'Meninggal karena kerja: Rp310.000.000 (48 x upah'],
    ['kalau cacat?', 'Cacat total tetap: Rp348.000.000 (56 x upah'],
    ['kalau ga bisa kerja 14 bulan?', '1 tahun 2 bulan: Rp78.000.000'],
  ],
  'JKK of a death at work': [
    ['kecelakaan kerja meninggal dapat berapa', 'Berapa upah'],
    ['6jt', 'Rp310.000.000'],
  ],
  JKM: [
    ['suami meninggal sakit, dapet berapa', 'Rp42.000.000', 'Santunan Rp20.000.000', 'Rp174.000.000 untuk 2 anak'],
    ['kalau 1 anak', 'Rp87.000.000 untuk 1 anak'],
    ['ikut sudah 2 tahun', 'Beasiswa belum ada'],
  ],
  'JKM of a new BPU member': [
    ['baru daftar bpu 1 bulan trs meninggal, dapet 42jt ga?', 'biaya pemakaman saja, Rp10.000.000'],
  ],
  JKP: [
    [
      'phk dapat berapa gaji 6jt',
      'Rp3.000.000 sebulan',
      '6 bulan (semua Rp18.000.000)',
      '60%',
      'sampai Rp5.000.000',
      '12 bulan dalam 24',
    ],
    ['kalau 4,5jt?', 'Rp2.700.000 sebulan', 'Rp16.200.000'],
  ],
  BPU: [
    [
      'ojol iuran berapa',
      'Tanpa JHT: Rp8.400',
      'Dengan JHT: Rp28.400',
      'pekerja transportasi',
      'diskon 50%',
      'Maret 2027',
    ],
    ['pakai jht, 6 bulan', 'Rp28.400 sebulan, Rp36.800 sebulan mulai April 2027, semua Rp178.800'],
    ['bukan ojol', 'Rp36.800 sebulan mulai Januari 2027', 'selain transportasi'],
    ['tanpa jht, 1 bulan', 'Tanpa JHT: Rp8.400 sebulan'],
    ['penghasilan 3 juta', 'Dasar hitungan: Rp2.950.000'],
  ],
  'the pay slip': [
    [
      'gaji 6jt potongannya brp, bener 180rb?',
      'Rp180.000 sebulan (November 2026)',
      'JHT 2% = Rp120.000, JP 1% = Rp60.000',
      'Rp180.000 sudah pas',
    ],
    ['potong 120rb dari gaji 6jt', 'pas untuk JHT saja'],
    ['gaji 20jt dipotong 600 ribu', 'Rp510.863', 'batas upah Rp11.086.300', 'lebih Rp89.137'],
    ['dipotong 150.000', 'kurang Rp360.863'],
  ],
  'a pay slip of February': [['gaji 20 juta potongannya berapa bulan februari', 'Rp505.474', 'Februari 2026']],
  'no kind is named': [
    ['hitungin dong gaji 5 juta', 'Perkiraan apa'],
    ['jp', 'Rp750.000 sebulan'],
  ],
};

const english: typeof indonesian = {
  'all kinds in a row': [
    ['simulate jht please', 'Estimate of JHT', 'monthly wage'],
    ['6 million', 'Estimate of JHT in 10 years: Rp54,580,999', 'Not an official figure'],
    ['what if i earn 8 million', 'Rp72,774,665'],
    ['what about 15 years?', 'in 15 years: Rp127,215,269'],
    ["i'm 30", 'in 26 years: Rp315,396,041'],
    ['how about JP?', 'Rp2,800,000 a month', 'Pension age 65'],
    ['tax on jht 80 million', 'Rp78,500,000', 'tax Rp1,500,000'],
    ['deducted 180 thousand from salary 6 million', 'Rp180,000 is exactly right'],
    ['laid off, salary 6 million', 'Rp3,000,000 a month', 'Rp18,000,000'],
    ['died at work, wage 6 million', 'Rp310,000,000'],
    ['death benefit 1 child', 'Rp42,000,000', 'Rp87,000,000'],
  ],
  'BPU contributions': [
    ['ojol contribution', 'Without JHT: Rp8,400', 'With JHT: Rp28,400'],
    ['with jht 6 months', 'Rp178,800 in all'],
  ],
};

describe.each([
  ['id', indonesian],
  ['en', english],
] as const)('estimating (%s)', (language, conversations) => {
  it.each(Object.entries(conversations))('%s', (_, turns) => {
    const said = talk(
      turns.map(([text]) => text),
      language,
    );
    for (const [index, [text, ...holds]] of turns.entries()) {
      const answer = said[index]?.paragraphs.join('\n');
      for (const piece of holds) expect(answer, text).toContain(piece);
    }
  });
});

describe('estimating', () => {
  it('offers every kind where none is named, and those that are named where several are', () => {
    expect(say('hitung perkiraan dong', null)).toMatchObject({ kinds: estimateKinds, asks: true });
    expect(say('simulasi jht dan jp', null)).toMatchObject({ kinds: ['jht', 'jp'], asks: true });
  });

  it.each(estimateKinds)('opens %s when it is pressed, and keeps what was said before', (kind) => {
    const before = say('hitungin dong gaji 5 juta', null).memory;
    const turn = estimating({ text: null, entities: {}, speech: speeches.id, today, kind, own: null }, before);
    expect(turn.memory?.kind).toBe(kind);
    expect(turn.paragraphs.join('\n')).toContain('Perkiraan');
    expect(turn.asks).toBe(kind === 'payout');
  });

  it('takes each amount to its cue, wherever both stand', () => {
    for (const text of [
      'potong 180rb dari gaji 6jt',
      'gaji 6jt dipotong 180rb',
      '180rb dipotong, gajinya 6jt',
      '6jt gaji saya, dipotong 180rb',
      'gaji 6000000 potongan 180000',
      'potongan gaji 180rb dari 6jt',
    ]) {
      expect(say(text, null).memory?.given, text).toMatchObject({ wage: 6_000_000, deducted: 180_000 });
    }
    expect(say('jht saldo 20jt gaji 6jt', null).memory?.given).toEqual({ balance: 20_000_000, wage: 6_000_000 });
    expect(say('jht gaji naik dari 5 juta jadi 6 juta', null).memory?.given).toEqual({ wage: 6_000_000 });
  });

  it("asks for growth once the published one has run out, and goes by the member's own", () => {
    const day = daySchema.parse('2027-01-02');
    expect(lastOf(['jht gaji 6jt'], 'id', day)).toContain('belum diumumkan');
    expect(lastOf(['jht gaji 6jt', '5'], 'id', day)).toContain('Rp53.106.540');
    expect(lastOf(['jht gaji 6jt bunga 5%'], 'id', day)).toContain('Rp53.106.540');
    expect(lastOf(['jp gaji 6jt masa iur 8 tahun'], 'id', day)).toContain('belum diumumkan');
    expect(lastOf(['jp gaji 6jt masa iur 20 tahun'], 'id', day)).toContain('Rp1.200.000');
    expect(lastOf(['iuran bpu pedagang'], 'id', day)).toContain('Tanpa JHT: Rp16.800');
    expect(lastOf(['iuran ojol'], 'id', day)).toContain('Tanpa JHT: Rp8.400');
  });

  it('withdraws what hangs on a ceiling that is not known yet', () => {
    const day = daySchema.parse('2027-04-01');
    for (const text of ['jp gaji 6jt', 'potongan gaji 6jt']) {
      expect(lastOf([text], 'id', day)).toMatch(/Batas upah JP untuk waktu itu belum saya ketahui.*175/);
    }
    expect(lastOf(['iuran ojol'], 'id', day)).toContain('Tanpa JHT: Rp16.800');
    expect(lastOf(['phk gaji 4jt'], 'id', day)).toContain('Rp2.400.000');
  });

  it('fits in a message, calls itself an estimate and survives JSON, whatever the numbers', () => {
    const amount = fc.integer({ min: 100_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.constantFrom(...estimateKinds),
        fc.record(
          {
            wage: amount,
            balance: fc.integer({ min: 1_000, max: 100_000_000_000 }),
            deducted: fc.integer({ min: 1_000, max: 100_000_000 }),
            raise: fc.double({ min: 0, max: 20, noNaN: true }),
            rate: fc.double({ min: 0, max: 15, noNaN: true }),
            months: fc.integer({ min: 1, max: 600 }),
            paid: fc.integer({ min: 1, max: 600 }),
            sick: fc.integer({ min: 1, max: 600 }),
            member: fc.integer({ min: 0, max: 600 }),
            ahead: fc.integer({ min: 1, max: 36 }),
            age: fc.integer({ min: 15, max: 90 }),
            untilAge: fc.integer({ min: 16, max: 90 }),
            children: fc.integer({ min: 0, max: 20 }),
            transport: fc.boolean(),
            bpu: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        fc.constantFrom('2026-11-22', '2027-01-02', '2027-04-01', '2031-08-31'),
        (language, kind, given, on) => {
          const memory = estimateSchema.parse({ kind, given, asks: null });
          const day = daySchema.parse(on);
          const turn = estimating(
            { text: null, entities: {}, speech: speeches[language], today: day, kind, own: null },
            memory,
          );
          const said = turn.paragraphs.join('\n\n');
          expect(said.length).toBeLessThanOrEqual(600);
          expect(said).toMatch(language === 'id' ? /^Perkiraan/ : /^Estimate/);
          expect(said).not.toMatch(/NaN|undefined|\{\{/);
          expect(estimateSchema.parse(JSON.parse(JSON.stringify(turn.memory)))).toEqual(turn.memory);
          if (!turn.asks && turn.memory && on === '2026-11-22') {
            expect(said).toContain(language === 'id' ? 'Bukan angka resmi' : 'Not an official figure');
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never throws and stays short, whatever is written', () => {
    const piece = fc.constantFrom(
      'gaji',
      '6jt',
      '5%',
      'umur',
      '30',
      '999999999999',
      'tahun',
      '2,5',
      'anak',
      'saldo',
      'jht',
      'jp',
      'ojol',
      'kalau',
      'ya',
      'belum',
      '200 tahun',
      '0',
      'meninggal',
      'rp',
      '2099',
      '1.2.3',
      'puluh',
      'sampai',
      'lagi',
      'sudah',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(piece, { maxLength: 12 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.constantFrom(...languages), (texts, language) => {
        for (const turn of talk(texts, language)) expect(turn.paragraphs.join('\n\n').length).toBeLessThanOrEqual(600);
      }),
      { numRuns: 400 },
    );
  });

  it('reads nothing from a text that shows its digits in another order', () => {
    const text = 'jht gaji \u202E6jt';
    expect(
      estimating({ text, entities: entitiesIn(text), speech: speeches.id, today, kind: 'jht', own: null }, null).asks,
    ).toBe(true);
  });
});
