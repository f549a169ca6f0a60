import { describe, expect, it } from 'vitest';
import { letter, letterFile } from '../../../src/backends/documents/letter.ts';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { languages } from '../../../src/core/language.ts';
import type { LetterContent } from '../../../src/core/services.ts';
import { findPoppler } from './poppler.ts';

const poppler = findPoppler();
const text = (pdf: Uint8Array) => (poppler?.('pdftotext', pdf, '-layout') ?? '').replace(/\s+/g, ' ');
const receivers = ['employer', 'agency'] as const;
const cases = languages.flatMap((language) => receivers.map((to) => ({ language, to })));

function letterWith(findings: readonly string[], overrides: Partial<LetterContent> = {}): LetterContent {
  return {
    language: 'id',
    to: 'employer',
    day: daySchema.parse('2026-11-23'),
    name: 'Siti Nurhalizah',
    kpj: kpjSchema.parse('10028991234'),
    employer: 'PT Maju Jaya',
    findings,
    translated: overrides.language === 'en' ? findings.map((_, index) => `Finding ${index + 1} in English.`) : [],
    ...overrides,
  };
}

const found = (count: number) =>
  Array.from({ length: count }, (_, index) => `Iuran bulan ke-${index + 1} belum tercatat.`);

describe.skipIf(poppler === null).each(cases)('a letter to the $to, for who writes in $language', (asked) => {
  it('says who writes, what was found, and asks for a check and a written answer, in Indonesian', async () => {
    const read = text(await letter(letterWith(found(3), asked)));
    for (const words of [
      'Kepada Yth.',
      'Perihal: permohonan pemeriksaan iuran JHT',
      'Nama : Siti Nurhalizah',
      'Nomor peserta (KPJ) : 10028991234',
      'Perusahaan : PT Maju Jaya',
      'saya lihat pada 23 November 2026',
      '1. Iuran bulan ke-1 belum tercatat.',
      '3. Iuran bulan ke-3 belum tercatat.',
      'diperiksa',
      'jawaban tertulis',
      ', 23 November 2026',
      'Hormat saya,',
      'Tanda tangan',
      'contoh surat',
    ]) {
      expect(read).toContain(words);
    }
    expect(read).not.toMatch(/undefined|null|\{\{|\d{16}/);
    expect(read.includes('Finding 3 in English.')).toBe(asked.language === 'en');
    expect(read.includes('I ask for an answer in writing')).toBe(asked.language === 'en');
  });

  it('goes to whom it is for, with what they have to know', async () => {
    const read = text(await letter(letterWith(found(1), asked)));
    expect(read).toContain(asked.to === 'employer' ? 'Bagian HRD / Personalia PT Maju Jaya' : 'Kepala Kantor Cabang');
    expect(read.includes('tanggal 15 bulan berikutnya (PP 44, 45, dan 46 Tahun 2015)')).toBe(asked.to === 'employer');
    expect(read.includes('Lampiran: fotokopi e-KTP, kartu peserta, dan slip gaji')).toBe(asked.to === 'agency');
    expect(read.includes('Lapor tidak dipungut biaya')).toBe(asked.to === 'agency');
  });

  it('accuses nobody and threatens nobody', async () => {
    const read = text(await letter(letterWith(found(1), asked)));
    expect(read).not.toMatch(/melanggar|pelanggaran|pidana|penjara|sanksi|denda|menggelapkan|illegal|fine\b|prison/i);
  });

  it('is one page whatever was found, and counts what has no room', async () => {
    const long = 'Upah yang tercatat pada bulan itu lebih rendah dari upah minimum di tempat perusahaan. '.repeat(30);
    const name = 'Wardhana Kusumawardhani '.repeat(8);
    for (const findings of [[], found(12), found(200), Array.from({ length: 20 }, () => long)]) {
      const pdf = await letter(letterWith(findings, { ...asked, name, employer: name }));
      const read = text(pdf);
      expect(poppler?.('pdfinfo', pdf)).toMatch(/^Pages: +1$/m);
      const shown = read.match(/ \d{1,3}\. (Iuran bulan|Upah yang)/g)?.length ?? 0;
      const rest = Number(/ dan (\d+) hal lain/.exec(read)?.[1] ?? 0);
      expect(shown + rest).toBe(findings.length);
      expect(read).toContain('Tanda tangan, nama lengkap, dan nomor HP');
    }
  });

  it('has its texts one under the other, never over each other, however full it is', async () => {
    const name = 'Wardhana Kusumawardhani '.repeat(8);
    const pdf = await letter(letterWith(found(200), { ...asked, name, employer: name }));
    const lines = [
      ...(poppler?.('pdftotext', pdf, '-bbox-layout') ?? '').matchAll(
        /<line xMin="[\d.]{1,12}" yMin="([\d.]{1,12})" xMax="[\d.]{1,12}" yMax="([\d.]{1,12})"/g,
      ),
    ]
      .map(([, top, bottom]) => ({ top: Number(top), bottom: Number(bottom) }))
      .sort((one, other) => one.top - other.top);
    expect(lines.length).toBeGreaterThan(20);
    for (const [index, { top }] of lines.entries()) {
      const before = lines[index - 1];
      // Those that stand beside each other begin at the same height.
      if (before && top - before.top > 3) expect(top).toBeGreaterThan(before.bottom - 4);
    }
    expect(lines.at(-1)?.bottom).toBeLessThan(842);
  });

  it('goes with a reply under a name and words that hold nothing personal', async () => {
    const file = await letterFile(letterWith(found(2), asked));
    expect(file).toMatchObject({
      kind: 'document',
      type: 'application/pdf',
      name: asked.to === 'employer' ? 'surat-ke-perusahaan.pdf' : 'surat-ke-bpjs.pdf',
    });
    expect(file.words).not.toMatch(/Siti|PT Maju|\d{5}/);
    expect(file.words.length).toBeLessThanOrEqual(200);
    expect(file.content.length).toBeLessThan(40_000);
    expect(Buffer.from(file.content, 'base64').equals(await letter(letterWith(found(2), asked)))).toBe(true);
  });

  it('is tagged, in Indonesian, with its own letters, and nothing personal in what it says of itself', async () => {
    const pdf = await letter(letterWith(found(2), asked));
    const about = `${poppler?.('pdfinfo', pdf)}${poppler?.('pdfinfo', pdf, '-meta')}`;
    expect(about).toMatch(/^Title: +Permohonan pemeriksaan iuran kepada /m);
    expect(about).toMatch(/^Tagged: +yes$/m);
    expect(about).toMatch(/^Encrypted: +no$/m);
    expect(about).not.toMatch(/Siti|10028991234|PT Maju/);
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Lang (id-ID)');
    expect(poppler?.('pdfinfo', pdf, '-struct')).toContain('H1 (block)');
    expect(poppler?.('pdffonts', pdf)).toMatch(/PlusJakartaSans-Bold/);
  });
});
