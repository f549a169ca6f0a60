/**
 * What finding the nearest offices costs: `node bench/offices.ts` prints the median and the 99th percentile of a lookup of
 * three, for random points in Indonesia and the list of `data/offices.csv`, and for one as long as the agency's own.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { officesIn } from '../src/backends/disk/offices.ts';
import { officeDirectory } from '../src/core/offices/directory.ts';

const lookups = 20_000;
const warming = 2_000;
const seed = 20_261_130;
/** The agency has about 325 offices. */
const all = 325;

const { offices } = officesIn(join(import.meta.dirname, '..', 'data', 'offices.csv'));
const point = fc.record({
  latitude: fc.double({ min: -11, max: 6, noNaN: true }),
  longitude: fc.double({ min: 95, max: 141, noNaN: true }),
});
const points = fc.sample(point, { numRuns: lookups + warming, seed });

const asLong = Array.from({ length: all }, (_, index) => offices[index % offices.length] ?? []).flat();

for (const list of [offices, asLong]) {
  const directory = officeDirectory(list);
  const times = points.map((from) => {
    const start = performance.now();
    directory.nearest(from, 3);
    return (performance.now() - start) * 1_000;
  });
  const sorted = times.slice(warming).toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  process.stdout.write(`${list.length} offices   nearest of three: p50 ${at(0.5)} us   p99 ${at(0.99)} us\n`);
}
