import { join } from 'node:path';
import { CannotOpen } from '../backends/cannot-open.ts';
import { officesIn } from '../backends/disk/offices.ts';
import { type OfficeDirectory, officeDirectory } from '../core/offices/directory.ts';
import type { Log } from '../log.ts';
import { CannotStart } from './cannot-start.ts';

/** The list that comes with the program. */
const shipped = join(import.meta.dirname, '..', '..', 'data', 'offices.csv');

/**
 * The agency's offices, of the file that is named, else of the list that comes with the program. Rows that cannot be used
 * are left out, and the operator is told; throws {@link CannotStart} where no row can be used.
 */
export function officesOf(file: string | null, log: Log): OfficeDirectory {
  const path = file ?? shipped;
  const { offices, problems } = read(path);
  const [first] = problems;
  if (first) log.warn({ code: 'offices.rows', bad: problems.length, line: first.line, wrong: first.wrong });
  if (offices.length === 0) throw new CannotStart(`The list of offices ${path} has no row that can be used.`);
  return officeDirectory(offices);
}

/** The offices that come with the program. */
export function shippedOffices(): OfficeDirectory {
  return officeDirectory(read(shipped).offices);
}

function read(file: string): ReturnType<typeof officesIn> {
  try {
    return officesIn(file);
  } catch (error) {
    if (error instanceof CannotOpen) throw new CannotStart(error.message);
    throw error;
  }
}
