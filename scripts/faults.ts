/**
 * The fault run at any length: `npm run faults -- 600` for ten minutes, `npm run faults -- 60 1234` to play the run with
 * that seed again. Prints what was done and what came of it; ends with 1 when a promise was broken.
 */
import { randomInt } from 'node:crypto';
import { chaos } from '../tests/faults/chaos.ts';
import { brokenPromises } from '../tests/faults/promises.ts';
import { tableOf } from '../tests/faults/table.ts';

const [seconds = 60, seed = randomInt(1_000_000)] = process.argv.slice(2).map(Number);
if (!(seconds > 0)) throw new RangeError('The first argument is a number of seconds');

process.stdout.write(`Faults for ${seconds} seconds, seed ${seed} …\n`);
const figures = await chaos(seconds, seed);
process.stdout.write(tableOf(figures));
const broken = brokenPromises(figures);
process.stdout.write(broken.length === 0 ? 'Every promise held.\n' : `Broken: ${broken.join('; ')}\n`);
process.exit(broken.length === 0 ? 0 : 1);
