/**
 * Plays a load against the product and against other bots, side by side, and prints what each makes of it:
 * `node bench/load/run.ts`, with `--help` for what else it can do. Only figures of one run can be compared.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Contender, contenders } from './contenders.ts';
import { sharesIn } from './shares.ts';
import { Stand, warmUp } from './stand.ts';
import { aligned, median, ratiosOf, tableOf } from './table.ts';

const help = `--chats 2000    chats in each measurement, five or six turns each
--rounds 5      times that each bot is measured; medians are printed
--only a,b      these bots alone: ${contenders.map(({ name }) => name).join(', ')}
--profile       the parts of the processor's time instead, of each bot
--soak 200000   memory of the product instead, over so many turns
--workers 2     one process against so many instead
`;

const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    profile: { type: 'boolean', default: false },
    soak: { type: 'string' },
    workers: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const chats = Number(values.chats);
const rounds = Number(values.rounds);

/** The bots that are asked for; unless some are named, these. */
function chosen(otherwise: readonly string[] = contenders.map(({ name }) => name)): readonly Contender[] {
  const names = values.only?.split(',') ?? otherwise;
  return contenders.filter(({ name }) => names.includes(name));
}

const print = (text: string) => void process.stdout.write(`${text}\n`);

/** What to measure, so often and interleaved: each round begins with another one, so that none always follows the same. */
async function interleaved<What>(all: readonly What[], measure: (one: What) => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const first = round % all.length;
    for (const one of [...all.slice(first), ...all.slice(0, first)]) await measure(one);
    process.stderr.write(`round ${round + 1} of ${rounds} done\n`);
  }
}

async function compare(stand: Stand, all: readonly { readonly contender: Contender; readonly processes: number }[]) {
  const rows = all.map((one) => ({ ...one, results: [] as Awaited<ReturnType<Stand['measure']>>[] }));
  await interleaved(rows, async ({ contender, processes, results }) => {
    results.push(await stand.measure(contender, { processes }));
  });
  return rows.map(({ contender, processes, results }) => ({ contender, processes, result: median(results) }));
}

async function speeds(): Promise<void> {
  const stand = await Stand.open(chats);
  try {
    const rows = await compare(
      stand,
      chosen().map((contender) => ({ contender, processes: 1 })),
    );
    print(tableOf(rows));
    print(ratiosOf('a', rows).join(', '));
    print('\nRedis, bytes for a conversation that waits for its code:');
    for (const name of ['a', 'b', 'c', 'd']) {
      const contender = rows.find((row) => row.contender.name === name)?.contender;
      if (contender) print(`${name}: ${sizesOf(await stand.sizes(contender))}`);
    }
  } finally {
    await stand.close();
  }
}

function sizesOf(sizes: ReadonlyMap<string, number>): string {
  const { all, ...kinds } = Object.fromEntries(sizes);
  const each = Object.entries(kinds).sort(([, a], [, b]) => b - a);
  return `${all?.toFixed(0)} in all; by key: ${each.map(([kind, bytes]) => `${kind} ${bytes.toFixed(0)}`).join(', ')}`;
}

async function workers(processes: number): Promise<void> {
  const stand = await Stand.open(chats);
  try {
    const bots = chosen(['a', 'b']);
    const rows = await compare(
      stand,
      bots.flatMap((contender) => [1, processes].map((processes) => ({ contender, processes }))),
    );
    print(
      tableOf(
        rows.map(({ contender, processes, result }) => ({
          contender: { ...contender, says: `${contender.says}, ${processes} process${processes === 1 ? '' : 'es'}` },
          result,
        })),
      ),
    );
  } finally {
    await stand.close();
  }
}

/** New members all the time, as their limits would end the conversations of the same ones. */
async function soak(turns: number): Promise<void> {
  const [contender] = chosen(['a']);
  if (!contender) return;
  const steps = 10;
  const each = Math.ceil(turns / steps / contender.script.length);
  const stand = await Stand.open(each * steps);
  try {
    const lines: string[][] = [['turns', 'RSS MiB', 'heap MiB', 'turns/s']];
    await stand.soak(contender, each, steps, (after) => {
      lines.push([String(after.turns), after.rss.toFixed(0), after.heap.toFixed(1), after.turnsPerSecond.toFixed(0)]);
    });
    print(aligned(lines));
  } finally {
    await stand.close();
  }
}

async function profiles(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  const stand = await Stand.open(chats);
  try {
    for (const contender of chosen(['a', 'd'])) {
      const { cpu } = await stand.measure(contender, { profile: folder });
      print(`${contender.name}: ${contender.says}, ${(cpu * 1_000).toFixed(0)} µs a turn`);
      // The first part of it is the start and the warm-up.
      const from = warmUp / (warmUp + chats);
      for (const [part, share] of sharesIn(join(folder, `${contender.name}.cpuprofile`), from)) {
        print(`${(share * 100).toFixed(1).padStart(6)} %  ${(share * cpu * 1_000).toFixed(0).padStart(4)} µs  ${part}`);
      }
    }
    print(`The profiles are in ${folder}`);
  } finally {
    await stand.close();
  }
}

if (values.help) print(help);
else if (values.soak !== undefined) await soak(Number(values.soak));
else if (values.workers !== undefined) await workers(Number(values.workers));
else if (values.profile) await profiles();
else await speeds();
