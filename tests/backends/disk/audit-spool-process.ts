/** Puts one row after another into a spool, and says after each how many there are, until one is refused: `<folder> <key>`. */
import { rowOf } from '../../../src/backends/audit/chain.ts';
import { diskSpool } from '../../../src/backends/disk/audit-spool.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { entryOf } from '../../contracts/audit-entries.ts';

const [, , folder = '', key = ''] = process.argv;
const ring = [Buffer.from(key, 'base64')];
const spool = diskSpool({ folder, sealing: sealing(() => ring), random: systemRandom() });
for (let put = 1; ; put += 1) {
  await spool.put([rowOf(entryOf(`turn ${put}`))]);
  process.stdout.write(`${put}\n`);
}
