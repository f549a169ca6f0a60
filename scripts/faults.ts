/**
 * The fault run at any length: `npm run faults -- 600` for ten minutes, `npm run faults -- 60 1234` to play the run with
 * that seed again. `npm run faults -- sms 5` is the one over SMS, five times. Prints what was done and what
 * came of it; ends with 1 when a promise was broken.
 */
import { randomInt } from 'node:crypto';
import { chaos } from '../tests/faults/chaos.ts';
import { brokenPromises } from '../tests/faults/promises.ts';
import { smsChaos } from '../tests/faults/sms-chaos.ts';
import { brokenSmsPromises, smsLine } from '../tests/faults/sms-promises.ts';
import { tableOf } from '../tests/faults/table.ts';

const [first = '', ...others] = process.argv.slice(2);
if (first === 'sms') {
  const [runs = 5, seed = randomInt(1_000_000)] = others.map(Number);
  if (!(runs > 0)) throw new RangeError('After "sms" comes a number of runs');
  const broken: string[] = [];
  for (let nth = 0; nth < runs; nth += 1) {
    const figures = await smsChaos(2, seed + nth);
    process.stdout.write(smsLine(figures));
    broken.push(...brokenSmsPromises(figures));
  }
  end(broken);
}

const [seconds = 60, seed = randomInt(1_000_000)] = process.argv.slice(2).map(Number);
if (!(seconds > 0)) throw new RangeError('The first argument is a number of seconds');

process.stdout.write(`Faults for ${seconds} seconds, seed ${seed} …\n`);
const figures = await chaos(seconds, seed);
process.stdout.write(tableOf(figures));
end(brokenPromises(figures));

function end(broken: readonly string[]): never {
  process.stdout.write(broken.length === 0 ? 'Every promise held.\n' : `Broken: ${broken.join('; ')}\n`);
  process.exit(broken.length === 0 ? 0 : 1);
}
