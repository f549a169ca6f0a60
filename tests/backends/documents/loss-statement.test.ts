import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { lossStatement, lossStatementFile } from '../../../src/backends/documents/loss-statement.ts';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { languages } from '../../../src/core/language.ts';
import { findPoppler } from './poppler.ts';

const poppler = findPoppler();
const day = daySchema.parse('2026-11-23');
const holder = { name: 'Siti Nurhalizah', kpj: kpjSchema.parse('12345678901') };
const sources = join(import.meta.dirname, '..', '..', '..', 'src', 'backends', 'documents', 'loss-statement.ts');

const text = (pdf: Uint8Array) => (poppler?.('pdftotext', pdf, '-layout') ?? '').replace(/\s{2,}/g, ' ');

describe.skipIf(poppler === null).each(languages)('a statement of loss, for who writes in %s', (language) => {
  it('says in Indonesian that the card was lost, with the day it is made and lines to fill in', async () => {
    const read = text(await lossStatement({ language, day, holder: null }));
    for (const words of [
      'SURAT PERNYATAAN KEHILANGAN',
      'KARTU PESERTA BPJS KETENAGAKERJAAN',
      'Saya yang bertanda tangan di bawah ini',
      'NIK (16 angka)',
      'hilang pada tanggal',
      'tidak saya pinjamkan, tidak saya gadaikan',
      'saya akan melapor',
      '23 November 2026',
      'Tanda tangan',
      'surat kehilangan dari polisi',
      'e-KTP asli',
      '175',
    ]) {
      expect(read).toContain(words);
    }
    expect(read.includes('I, the undersigned')).toBe(language === 'en');
    expect(read).not.toContain(holder.name);
  });

  it('has name and number of a member who has shown who they are, and nothing else of theirs', async () => {
    const read = text(await lossStatement({ language, day, holder }));
    expect(read.split(holder.name)).toHaveLength(3);
    expect(read).toContain(holder.kpj);
    expect(read).not.toMatch(/\d{16}/);
  });

  it('leaves the number open where there is none, or more than one', async () => {
    const read = text(await lossStatement({ language, day, holder: { name: holder.name, kpj: null } }));
    expect(read).toContain(holder.name);
    expect(read).not.toContain(holder.kpj);
    expect(read).not.toMatch(/null|undefined|\{\{/);
  });

  it('is one tagged page in A4, in Indonesian, with a title and nothing personal about it', async () => {
    const pdf = await lossStatement({ language, day, holder });
    const about = poppler?.('pdfinfo', pdf) ?? '';
    expect(about).toMatch(/^Title: +Surat Pernyataan Kehilangan Kartu Peserta BPJS Ketenagakerjaan/m);
    expect(about).toMatch(/^Tagged: +yes$/m);
    expect(about).toMatch(/^Pages: +1$/m);
    expect(about).toMatch(/^Page size: .*A4/m);
    expect(about).toMatch(/^CreationDate: {1,20}\w{3} Nov 2[23] /m);
    expect(`${about}${poppler?.('pdfinfo', pdf, '-meta') ?? ''}`).not.toMatch(/Siti|12345678901/);
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Lang (id-ID)');
    const structure = poppler?.('pdfinfo', pdf, '-struct-text') ?? '';
    expect(structure).toMatch(/^Document\n {2}H1 \(block\)\n/);
    expect(structure).toContain('  P (block)\n');
  });

  it('stays one page with the longest name and letters that its font lacks', async () => {
    const name = `Đỗ Łukasz ${'Wardhana Kusumawardhani '.repeat(3)}李`;
    const pdf = await lossStatement({ language, day, holder: { name, kpj: holder.kpj } });
    expect(poppler?.('pdfinfo', pdf)).toMatch(/^Pages: +1$/m);
    expect(text(pdf)).toContain('Kusumawardhani');
    expect(text(pdf)).toContain('Tanda tangan dan nama lengkap');
  });
});

describe('a statement of loss', () => {
  it('is the same bytes for the same input, and others for another day', async () => {
    const [one, same, other] = await Promise.all([
      lossStatement({ language: 'id', day, holder }),
      lossStatement({ language: 'id', day, holder }),
      lossStatement({ language: 'id', day: daySchema.parse('2026-11-24'), holder }),
    ]);
    expect(Buffer.from(one).equals(same)).toBe(true);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });

  it.each(languages)(
    'goes with a reply as a small file, and in words of at most 300 characters in %s',
    async (language) => {
      const file = await directDocuments.lossStatement({ language, day, holder });
      expect(file).toStrictEqual(await lossStatementFile({ language, day, holder }));
      expect(file).toMatchObject({
        kind: 'document',
        type: 'application/pdf',
        name: 'surat-pernyataan-kehilangan.pdf',
      });
      expect(Buffer.from(file.content, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
      expect(file.content.length).toBeLessThan(30_000);
      expect(file.words.length).toBeLessThanOrEqual(300);
      expect(file.words).toContain('menyatakan kartu BPJS Ketenagakerjaan saya hilang');
      expect(file.words).not.toMatch(/Siti|12345678901/);
    },
  );

  it('costs nothing to know of: what makes it is loaded when the first one is made', () => {
    const script = `
      const { registerHooks } = await import('node:module');
      const seen = [];
      registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
      const { lossStatement } = await import(${JSON.stringify(sources)});
      const before = seen.includes('pdfkit');
      await lossStatement({ language: 'id', day: '2026-11-23', holder: null });
      process.stdout.write(before + ' ' + seen.includes('pdfkit'));
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(out).toBe('false true');
  });
});
