/**
 * What pictures and documents cost: `node bench/documents.ts`. Each kind is made one after the other, directly and by the
 * worker in turns, so that both see the same machine. Prints the median time and the size, and for how long the thread of
 * the program could do nothing else meanwhile: the longest time at a stretch, median over all that were made.
 */
import { directDocuments } from '../src/backends/documents/direct.ts';
import { workerDocuments } from '../src/backends/documents/documents.ts';
import { branded } from '../src/core/brand.ts';
import { kpjSchema } from '../src/core/jamsostek/kpj.ts';
import { daySchema, monthSchema } from '../src/core/jamsostek/month.ts';
import type { Nik } from '../src/core/jamsostek/nik.ts';
import { rupiah } from '../src/core/jamsostek/rupiah.ts';
import type { ReplyFile } from '../src/core/reply.ts';
import type { Documents } from '../src/core/services.ts';

const rounds = 30;
const language = 'id';
const day = daySchema.parse('2026-11-30');
const asOf = daySchema.parse('2026-10-31');
const kpj = kpjSchema.parse('12345678901');
const [name, maskedNik, employer] = ['Siti Nurhalizah', '************0004', 'PT Garmen Jaya'];
const address = 'https://chat.example.id/v/1.c.SN.20260.Zk3vQ0h8mX2uT7bR5yW1pA';
const months = Array.from({ length: 12 }, (_, index) =>
  monthSchema.parse(`2026-${String(index + 1).padStart(2, '0')}`),
);
const amount = rupiah(288_420);

const kinds: Readonly<Record<string, (documents: Documents) => Promise<ReplyFile>>> = {
  balanceChart: (documents) =>
    documents.balanceChart({
      language,
      asOf,
      points: Array.from({ length: 15 }, (_, year) => ({ at: 2012 + year, amount: rupiah(4_000_000 * year) })),
    }),
  contributionChart: (documents) =>
    documents.contributionChart({ language, points: months.map((at) => ({ at, amount })) }),
  card: (documents) =>
    documents.card({
      language,
      name,
      maskedNik,
      membership: { kpj, employer, active: true },
      programs: ['JHT', 'JP', 'JKK', 'JKM'],
      asOf,
      address,
    }),
  statement: (documents) =>
    documents.statement({
      language,
      name,
      maskedNik,
      password: branded<Nik>('3201014101900001'),
      year: 2026,
      asOf,
      day,
      memberships: [
        {
          kpj,
          employer,
          active: true,
          before: amount,
          contributed: amount,
          growth: amount,
          paidOut: rupiah(0),
          after: amount,
        },
      ],
      contributions: months.map((month) => ({ month, kpj, employer, wage: rupiah(5_060_000), amount, postedOn: day })),
      address,
    }),
  letter: (documents) =>
    documents.letter({
      language,
      to: 'employer',
      day,
      name,
      kpj,
      employer,
      findings: ['Iuran untuk bulan Maret 2026 dan April 2026 tidak tercatat.'],
      translated: [],
    }),
  lossStatement: (documents) => documents.lossStatement({ language, day, holder: { name, kpj } }),
};

interface Measured {
  readonly file: ReplyFile;
  /** In milliseconds. */
  readonly took: number;
  readonly blocked: number;
}

/** Makes one, and sees how long at the worst this thread could do nothing else: a timer of a millisecond comes late. */
async function measured(make: () => Promise<ReplyFile>): Promise<Measured> {
  let last = performance.now();
  let blocked = 0;
  const look = () => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  const began = performance.now();
  const file = await make();
  const took = performance.now() - began;
  look();
  clearInterval(timer);
  return { file, took, blocked };
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const milliseconds = (values: readonly number[]) => median(values).toFixed(1).padStart(8);

const worker = workerDocuments();
const ways = { direct: directDocuments, worker };
process.stdout.write('                          direct, ms       worker, ms\n');
process.stdout.write('                KB     took  blocked     took  blocked\n');
for (const [kind, make] of Object.entries(kinds)) {
  const found: Record<keyof typeof ways, Measured[]> = { direct: [], worker: [] };
  const first: string[] = [];
  for (let round = -2; round < rounds; round += 1) {
    for (const way of ['direct', 'worker'] as const) {
      const one = await measured(() => make(ways[way]));
      // The first one also loads what makes it.
      if (round === -2) first.push(`${way} ${one.took.toFixed(0)} ms, blocked ${one.blocked.toFixed(0)} ms`);
      if (round >= 0) found[way].push(one);
    }
  }
  const size = Buffer.from(found.direct[0]?.file.content ?? '', 'base64').length / 1_024;
  const columns = (['direct', 'worker'] as const).map(
    (way) => milliseconds(found[way].map(({ took }) => took)) + milliseconds(found[way].map(({ blocked }) => blocked)),
  );
  process.stdout.write(`${kind.padEnd(18)}${size.toFixed(1)} ${columns.join('  ')}   the first: ${first.join('; ')}\n`);
}
await worker.close();
