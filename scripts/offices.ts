/**
 * Looks a list of offices over: `npm run offices -- [file]` prints each row that cannot be used, by its line, and what is
 * wrong with it, then how many offices there are. Ends with 1 where there is such a row. Without a file: data/offices.csv.
 */
import { join } from 'node:path';
import { CannotOpen } from '../src/backends/cannot-open.ts';
import { type OfficeFile, officesIn } from '../src/backends/disk/offices.ts';

/** What is printed of a list. */
export function report({ offices, problems }: OfficeFile): string {
  const lines = problems.map(({ line, wrong }) => `line ${line}: ${wrong}`);
  const kinds = [...Map.groupBy(offices, ({ kind }) => kind)].map(([kind, list]) => `${kind} ${list.length}`);
  const cities = new Set(offices.map(({ area }) => area.code)).size;
  const certain = offices.filter((office) => office.certain).length;
  const left = new Set(problems.map(({ line }) => line)).size;
  return [
    ...lines,
    `${offices.length} offices (${kinds.join(', ')}) in ${cities} cities and regencies, ${certain} of them certain`,
    left === 0 ? 'Every row can be used' : `Rows that cannot be used: ${left}`,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const [file = join(import.meta.dirname, '..', 'data', 'offices.csv')] = process.argv.slice(2);
  try {
    const found = officesIn(file);
    process.stdout.write(report(found));
    process.exitCode = found.problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
