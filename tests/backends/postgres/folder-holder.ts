import { openDatabase } from '../../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../../src/backends/postgres/failures.ts';
import { branded } from '../../../src/core/brand.ts';
import type { Mac, TurnId } from '../../../src/core/services.ts';

// A process that opens the folder it is given, says so or why not, then counts failures one by one until it is killed.
const [path = '', templates = ''] = process.argv.slice(2);
try {
  const database = await openDatabase({ kind: 'folder', path }, { templates });
  process.stdout.write('open\n');
  const failures = postgresCodeFailures(database);
  for (let turn = 1; ; turn++) {
    await failures.countFirst(branded<Mac>('nik'), branded<TurnId>(`c/${turn}`), 0, []);
    process.stdout.write(`${turn}\n`);
  }
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
