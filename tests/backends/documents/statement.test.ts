import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { statement, statementFile } from '../../../src/backends/documents/statement.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { languages } from '../../../src/core/language.ts';
import type { StatementContent } from '../../../src/core/services.ts';
import { speeches } from '../../../src/core/speech.ts';
import { findPoppler } from './poppler.ts';
import { findQpdf } from './qpdf.ts';
import { password, statementOf } from './statement-content.ts';

const poppler = findPoppler();
const qpdf = findQpdf();
const key = ['-upw', password];
const read = (pdf: Uint8Array) =>
  (poppler?.('pdftotext', pdf, ...key, '-layout') ?? '').replace(/ {2,}/g, ' ').replace(/\n[ \n]{1,20}/g, '\n');
const made = async (content: StatementContent) => read(await statement(content));

describe.skipIf(poppler === null).each(languages)('a balance statement in %s', (language) => {
  const speech = speeches[language];
  const short = (amount: number) => speech.rupiah(rupiah(amount)).replace('Rp', '');
  const [page, of] = language === 'id' ? ['Halaman', 'dari'] : ['Page', 'of'];

  it('has every figure, row by row, with the totals', async () => {
    const content = statementOf(3, { language });
    const text = await made(content);
    const sums = [0, 0, 0, 0, 0];
    for (const { kpj, before, contributed, growth, paidOut, after } of content.memberships) {
      const figures = [before, contributed, growth, paidOut, after];
      for (const [index, figure] of figures.entries()) sums[index] = (sums[index] ?? 0) + figure;
      expect(text).toContain(`${kpj} ${figures.map(short).join(' ')}\n`);
    }
    expect(text).toContain(` ${sums.map(short).join(' ')}\n`);
    for (const { month, kpj, wage, amount, postedOn } of content.contributions) {
      const line = text.split('\n').find((each) => each.startsWith(`${speech.month(month)} ${kpj} `));
      expect(line).toContain(`${wage === null ? '–' : short(wage)} ${short(amount)} ${speech.day(postedOn)}`);
    }
    expect(text).toContain(`\n${language === 'id' ? 'Jumlah' : 'Total'} ${short(14_419_836)}\n`);
  });

  it('says whose it is, of which year and day, that it is not official, and what to do when something is wrong', async () => {
    const text = await made(statementOf(1, { language }));
    for (const words of ['Siti Nurhalizah', '3172********0001', ' 2025', speech.day(daySchema.parse('2026-10-31'))]) {
      expect(text).toContain(words);
    }
    expect(text).toContain(speech.day(daySchema.parse('2026-11-23')));
    expect(text).toContain(language === 'id' ? 'Bukan surat resmi' : 'Not an official letter');
    expect(text).toContain(language === 'id' ? 'Angkanya tidak ikut diperiksa' : 'It does not check the figures');
    expect(text).toMatch(/\bHRD?\b/);
    expect(text).toContain('175');
    expect(text).not.toMatch(/undefined|null|\{\{|\d{16}/);
  });

  it('is one page for one membership number and twelve months', async () => {
    const text = await made(statementOf(1, { language }));
    expect(text).toContain(`${page} 1 ${of} 1`);
    expect(text.split('\f')).toHaveLength(2);
  });

  it('has each page numbered, and the heads of a table again on the next page', async () => {
    const pages = (await made(statementOf(3, { language }))).split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, text] of pages.entries()) expect(text).toContain(`${page} ${index + 1} ${of} ${pages.length}`);
    expect(pages[1]).toMatch(language === 'id' ? /^\s*Bulan KPJ/ : /^\s*Month KPJ/);
  });

  it('says so when nothing was posted, and shows what has grown all the same', async () => {
    const content = statementOf(1, { language, contributions: [] });
    const grown = content.memberships.map((each) => ({ ...each, contributed: rupiah(0), paidOut: rupiah(0) }));
    const text = await made({ ...content, memberships: grown });
    expect(text).toContain(language === 'id' ? 'Belum ada iuran yang tercatat' : 'No contributions have been posted');
    expect(text).toContain(`${short(12_345_678)} 0 ${short(812_345)} 0 ${short(17_288_023)}`);
  });

  it('says up to which day the running year goes', async () => {
    const text = await made(statementOf(1, { language, asOf: daySchema.parse('2025-10-31') }));
    expect(text).toContain(language === 'id' ? '2025, sampai 31 Oktober 2025' : '2025, up to 31 October 2025');
    expect(text).toContain(language === 'id' ? 'Saldo akhir: 31 Oktober 2025' : 'Closing balance: 31 October 2025');
  });

  it('goes with a reply under a name and words that hold nothing personal, and not the password', async () => {
    const content = statementOf(1, { language });
    const file = await statementFile(content);
    expect(file).toMatchObject({
      kind: 'document',
      type: 'application/pdf',
      name: language === 'id' ? 'surat-saldo-2025.pdf' : 'balance-statement-2025.pdf',
    });
    expect(file.words).toContain(language === 'id' ? '16 angka NIK Anda' : '16 digits of your NIK');
    expect(file.words).not.toMatch(/Siti|3172|Rp|\d{5}/);
    expect(file.words.length).toBeLessThanOrEqual(200);
    expect(read(Buffer.from(file.content, 'base64'))).toBe(await made(content));
  });

  it('is tagged in its language: heads, tables with their rows, and the code as a picture', async () => {
    const pdf = await statement(statementOf(3, { language }));
    const structure = poppler?.('pdfinfo', pdf, ...key, '-struct') ?? '';
    expect(structure).toMatch(/^Document\n {2}H1 \(block\)\n/);
    const count = (line: RegExp) => structure.match(line)?.length;
    expect(count(/^ {2}Table /gm)).toBe(2);
    expect(count(/^ {4}TR$/gm)).toBe(5 + 38);
    // The heads that stand again on a new page are not read out again.
    expect(count(/\/Scope \/Column/g)).toBe(12);
    expect(count(/\/Scope \/Row/g)).toBe(4 + 37);
    expect(count(/^ {2}Figure$/gm)).toBe(1);
    expect(count(/^ {2}Link /gm)).toBe(1);
    expect(poppler?.('pdfinfo', pdf, ...key)).toMatch(/^Tagged: +yes$/m);
  });
});

describe.skipIf(poppler === null)('the lock of a balance statement', () => {
  it('opens to the NIK, and to nothing else', async () => {
    const pdf = await statement(statementOf(1), 'of nobody');
    expect(read(pdf)).toContain('Siti Nurhalizah');
    for (const wrong of [[], ['-upw', '3172014101900002'], ['-upw', ''], ['-upw', '3172********0001']]) {
      expect(() => poppler?.('pdftotext', pdf, ...wrong)).toThrow('Incorrect password');
    }
  });

  it('lets be printed and read out, not changed and not copied, with AES-256', async () => {
    const about = poppler?.('pdfinfo', await statement(statementOf(1)), ...key);
    expect(about).toMatch(/^Encrypted: +yes \(print:yes copy:no change:no addNotes:no algorithm:AES-256\)$/m);
  });

  it('is another one each time, over the same pages', async () => {
    const [one, other] = await Promise.all([statement(statementOf(1)), statement(statementOf(1))]);
    expect(Buffer.from(one).equals(other)).toBe(false);
    expect(read(one)).toBe(read(other));
  });

  it('leaves nothing personal in clear, and has nothing personal in what the document says of itself', async () => {
    const pdf = await statement(statementOf(1));
    const clear = Buffer.from(pdf).toString('latin1');
    expect(clear).not.toMatch(/Siti|3172|10028991230|chat\.example/);
    const about = `${poppler?.('pdfinfo', pdf, ...key)}${poppler?.('pdfinfo', pdf, ...key, '-meta')}`;
    expect(about).toMatch(/^Title: +Surat saldo JHT$/m);
    expect(about).not.toMatch(/Siti|3172|10028991230/);
  });
});

describe.skipIf(qpdf === null)('a balance statement before a second reader', () => {
  it('is a sound document, locked with AES-256, that only the NIK opens', async () => {
    const pdf = await statement(statementOf(3));
    expect(qpdf?.(pdf, `--password=${password}`, '--check')).toContain('No syntax or stream encoding errors');
    const lock = qpdf?.(pdf, `--password=${password}`, '--show-encryption') ?? '';
    expect(lock).toContain('R = 5');
    expect(lock.match(/method: AESv3/g)).toHaveLength(3);
    expect(lock).toContain('extract for any purpose: not allowed');
    expect(lock).toContain('extract for accessibility: allowed');
    expect(lock).toContain('print high resolution: allowed');
    expect(lock).toContain('modify anything: not allowed');
    expect(() => qpdf?.(pdf, '--check')).toThrow('invalid password');
    expect(() => qpdf?.(pdf, '--password=3172014101900002', '--check')).toThrow('invalid password');
  });

  it('names its language, shows its title, says what the code is, and holds its password nowhere', async () => {
    const pdf = await statement(statementOf(1, { language: 'en' }));
    const inside = qpdf?.(pdf, `--password=${password}`, '--decrypt', '--qdf') ?? '';
    expect(inside).toContain('/Lang (en-GB)');
    expect(inside).toContain('/DisplayDocTitle true');
    expect(inside).toContain('/Alt (QR code to check this statement');
    expect(inside).not.toContain(password);
  });
});

describe.skipIf(poppler === null)('the code of a balance statement', () => {
  it('is read from the printed page as the address that stands beside it', async () => {
    const content = statementOf(1);
    const pdf = await statement(content);
    const picture = poppler?.picture(pdf, 150, ...key);
    if (!picture) throw new Error('no picture');
    const found = jsqr.default(picture.pixels, picture.width, picture.height);
    expect(found?.data).toBe(content.address);
    expect(read(pdf)).toContain(content.address);
  });

  it('is not there without an address, and nothing speaks of it', async () => {
    const pdf = await statement(statementOf(1, { address: null }));
    expect(read(pdf)).not.toMatch(/QR|https/);
    expect(poppler?.('pdfinfo', pdf, ...key, '-struct')).not.toMatch(/Figure|Link/);
  });
});

describe.skipIf(poppler === null)('the letters of a balance statement', () => {
  it('come with it, so that every reader shows the same', async () => {
    const fonts = (poppler?.('pdffonts', await statement(statementOf(1)), ...key) ?? '').trim().split('\n').slice(2);
    expect(fonts).toHaveLength(2);
    // Embedded, only those that are used, and known as text.
    for (const font of fonts) expect(font).toMatch(/PlusJakartaSans-(Regular|Bold) .* yes +yes +yes /);
  });

  it('have accents, and what the font lacks breaks nothing', async () => {
    const name = 'Nguyễn Đỗ Łukasz D’Souza 李 عمر 👍🏽 x\u0000\u202Ey\uD800\nz';
    const text = await made(statementOf(1, { name }));
    expect(text).toContain('Nguyễn Đỗ Łukasz D’Souza ? ??? ?? xy? z');
  });

  it('are cut where there are far too many of them, and figures never are', async () => {
    const long = 'Wardhana Kusumawardhani '.repeat(60);
    const { memberships, ...content } = statementOf(1, { name: long });
    const [first] = memberships;
    if (!first) throw new Error('no membership');
    const most = rupiah(Number.MAX_SAFE_INTEGER);
    const text = await made({ ...content, memberships: [{ ...first, employer: long, before: most, after: most }] });
    expect(text).toContain('…');
    expect(text).toContain('9.007.199.254.740.991');
    expect(text.split('\f')).toHaveLength(2);
  });
});
