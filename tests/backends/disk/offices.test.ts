import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { report } from '../../../scripts/offices.ts';
import { CannotOpen } from '../../../src/backends/cannot-open.ts';
import { officesIn } from '../../../src/backends/disk/offices.ts';
import { goodRow } from '../../core/offices/list.ts';

const root = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'offices-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = Object.keys(goodRow).join(',');
const semarang =
  'L00,Cabang Semarang,KC,"Jl. Pemuda, No. 130",Kota Semarang,Jawa Tengah,(024) 3520279,-7.03,110.38,city,high';
const batam = ',Cabang Batam,KC,Nagoya; Batam,Kota Batam,Kepulauan Riau,,1.05,104.03,city,low';

function fileOf(content: string | Uint8Array): string {
  const path = join(folder, 'offices.csv');
  writeFileSync(path, content);
  return path;
}

const namesIn = (content: string | Uint8Array) => officesIn(fileOf(content)).offices.map(({ name }) => name);
const wrongIn = (content: string) => officesIn(fileOf(content)).problems.map(({ line, wrong }) => `${line}: ${wrong}`);

describe('a file of offices', () => {
  it('is read with commas, with cells in quotes and semicolons in them', () => {
    const { offices, problems } = officesIn(fileOf(`${header}\n${semarang}\n${batam}\n`));
    expect(problems).toEqual([]);
    expect(offices.map(({ address }) => address)).toEqual(['Jl. Pemuda, No. 130', 'Nagoya; Batam']);
  });

  it.each([
    ['a byte order mark', `\uFEFF${header}\n${semarang}\n${batam}`],
    ['lines that end as on Windows', `${header}\r\n${semarang}\r\n${batam}\r\n`],
    ['a byte order mark and lines as on Windows', `\uFEFF${header}\r\n${semarang}\r\n${batam}\r\n`],
    ['empty lines', `${header}\n\n${semarang}\n\n\n${batam}\n\n`],
    ['lines of empty cells', `${header}\n${semarang}\n,,,,,,,,,,\n${batam}\n`],
    ['a header in capitals', `${header.toUpperCase()}\n${semarang}\n${batam}`],
    ['columns of its own', `note,${header}\nx,${semarang}\ny,${batam}`],
  ])('is read with %s', (_what, content) => {
    expect(namesIn(content)).toEqual(['Cabang Semarang', 'Cabang Batam']);
    expect(officesIn(fileOf(content)).problems).toEqual([]);
  });

  it('is read with semicolons, with commas in the cells', () => {
    const rows = [header, 'L00,Cabang Batam,KC,Nagoya,Kota Batam,Kepulauan Riau,,1.05,104.03,city,low'];
    const content = rows.join('\r\n').replaceAll(',', ';').replace('Nagoya', 'Nagoya, Batam');
    expect(officesIn(fileOf(content)).offices[0]?.address).toBe('Nagoya, Batam');
  });

  it('names what is wrong by the line that the row begins in, and uses the other rows', () => {
    const content = [
      header,
      semarang.replace('"Jl. Pemuda, No. 130"', '"Jl. Pemuda\nNo. 130"'),
      '',
      batam.replace('Kota Batam', 'Kota Bantam'),
      semarang.replace('"Jl. Pemuda, No. 130"', 'Jl. Pemuda, No. 130'),
      batam,
    ].join('\n');
    expect(wrongIn(content)).toEqual([
      '5: city: "Kota Bantam" is no city or regency',
      '6: has 12 cells, where the header has 11',
    ]);
    expect(namesIn(content)).toEqual(['Cabang Semarang', 'Cabang Batam']);
    expect(officesIn(fileOf(content)).offices[0]?.address).toBe('Jl. Pemuda No. 130');
  });

  it('names what is there twice by the office that stands before it', () => {
    const short = 'L01,too,short';
    expect(wrongIn([header, short, semarang, semarang].join('\n'))).toEqual([
      '2: has 3 cells, where the header has 11',
      '4: the name is that of "Cabang Semarang", which stands before it',
      '4: the code is that of "Cabang Semarang", which stands before it',
    ]);
  });

  it('counts rows from the first under the header, with those that are left out', () => {
    const { problems } = officesIn(fileOf([header, 'too,short', batam.replace('low', 'sure')].join('\n')));
    expect(problems.map(({ row, line }) => [row, line])).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it('names columns that are missing, and a header without rows', () => {
    expect(wrongIn(`${header.replace('city', 'kota')}\n${semarang}`)).toEqual(['1: there is no column "city"']);
    expect(wrongIn(header)).toEqual(['1: there are no rows']);
  });

  it.each([
    ['', 'is empty'],
    ['\n\n', 'is empty'],
    [Uint8Array.of(0x6b, 0xe9, 0x0a), 'is not in UTF-8'],
    [`${header}\n"unclosed`, 'is no CSV file'],
    ['x'.repeat(2_000_001), 'is longer than 2000000 bytes'],
  ])('is refused in one line where it is none (%#)', (content, why) => {
    expect(() => officesIn(fileOf(content))).toThrow(CannotOpen);
    expect(() => officesIn(fileOf(content))).toThrow(why);
    expect(() => officesIn(fileOf(content))).toThrow(/^The list of offices [^\n]*$/);
  });

  it('is refused where there is none, or a folder', () => {
    expect(() => officesIn(join(folder, 'none.csv'))).toThrow(/cannot be read: ENOENT/);
    expect(() => officesIn(folder)).toThrow('is not a file');
  });
});

describe('npm run offices', () => {
  const run = (...files: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const child = execFile('node', [join(root, 'scripts/offices.ts'), ...files], (_error, out, err) =>
        resolve({ code: child.exitCode ?? -1, out, err }),
      );
    });

  it('finds nothing wrong with data/offices.csv', async () => {
    const { code, out } = await run();
    expect(out).toBe(report(officesIn(join(root, 'data/offices.csv'))));
    expect(out).toContain(
      '158 offices (head 1, regional 2, branch 110, pioneer 45) in 151 cities and regencies, 97 of',
    );
    expect(out).toContain('Every row can be used');
    expect(code).toBe(0);
  });

  it('prints the bad rows by line and the counts, and ends with 1', async () => {
    const { code, out } = await run(fileOf([header, semarang, batam.replace('low', 'sure')].join('\n')));
    expect(out).toBe(
      [
        'line 3: confidence: "sure" is none of high, medium, low',
        '1 offices (branch 1) in 1 cities and regencies, 1 of them certain',
        'Rows that cannot be used: 1',
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });

  it('says in one line that a file is none, and ends with 1', async () => {
    const { code, err } = await run(join(folder, 'none.csv'));
    expect(err).toMatch(/^The list of offices .*none\.csv cannot be read: ENOENT.*\n$/);
    expect(code).toBe(1);
  });
});
