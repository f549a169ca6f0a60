import { readFileSync, statSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { type OfficeList, type RowProblem, readOffices } from '../../core/offices/office.ts';
import { CannotOpen } from '../cannot-open.ts';

/** Bytes; the agency's 325 offices take a tenth of it. */
const cap = 2_000_000;

/** A list of offices out of a file: what is wrong is named by the line that its row begins in, for whoever mends it. */
export interface OfficeFile extends OfficeList {
  readonly problems: readonly (RowProblem & { readonly line: number })[];
}

/**
 * Reads the offices in a CSV file in UTF-8, as spreadsheets write it: a header row, commas or semicolons, with or without
 * a byte order mark. Throws {@link CannotOpen} where it is no such file; rows that cannot be used are left out and named.
 */
export function officesIn(path: string): OfficeFile {
  const rows = rowsOf(textOf(path), path);
  const [header, ...others] = rows;
  if (!header) throw new CannotOpen(`The list of offices ${path} is empty.`);
  const names = header.cells.map((cell) => cell.trim().toLowerCase());
  // A comma in an address that nobody put quotes around moves all that follows: no cell of such a row can be trusted.
  const whole = others.filter(({ cells }) => cells.length === names.length);
  const lengths = others
    .map(({ cells, line }, index) => ({ row: index + 1, line, cells: cells.length }))
    .filter(({ cells }) => cells !== names.length)
    .map(({ row, line, cells }) => ({ row, line, wrong: `has ${cells} cells, where the header has ${names.length}` }));
  const { offices, problems } = readOffices(
    whole.map(({ cells }) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))),
  );
  const located = problems.map(({ row, wrong }) => {
    const at = whole[row - 1];
    return { row: at ? others.indexOf(at) + 1 : 0, line: at?.line ?? header.line, wrong };
  });
  return { offices, problems: [...lengths, ...located].sort((one, other) => one.line - other.line) };
}

function textOf(path: string): string {
  const bytes = bytesOf(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CannotOpen(`The list of offices ${path} is not in UTF-8: save it as "CSV UTF-8".`, { cause });
  }
}

function bytesOf(path: string): Buffer {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new CannotOpen(`The list of offices ${path} is not a file.`);
    if (found.size > cap) throw new CannotOpen(`The list of offices ${path} is longer than ${cap} bytes.`);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof CannotOpen) throw cause;
    throw new CannotOpen(`The list of offices ${path} cannot be read: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
}

interface Row {
  readonly cells: readonly string[];
  /** That it begins in, from 1. */
  readonly line: number;
}

function rowsOf(text: string, path: string): readonly Row[] {
  const rows: Row[] = [];
  let next = 1;
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      on_record(cells: string[], { lines }) {
        // An empty line is a row of one empty cell.
        if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line: next });
        next = lines + 1;
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new CannotOpen(`The list of offices ${path} is no CSV file: ${cause.message}.`, { cause });
  }
  return rows;
}

/** Spreadsheets set to Indonesian part cells by semicolons. What stands in the cells says nothing: sources have both. */
function delimiterOf(text: string): ',' | ';' {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return header.split(';').length > header.split(',').length ? ';' : ',';
}
