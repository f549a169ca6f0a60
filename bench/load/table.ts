import type { Contender } from './contenders.ts';

/** One measurement. Processor time in seconds for 1,000 turns, memory in MiB, latencies in milliseconds. */
export interface Measured {
  readonly turnsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly redisCpu: number;
  readonly platformCpu: number;
  readonly rss: number;
  readonly unasked: number;
  /** Bytes that Redis wrote to its append-only file for a turn; 0 without one. */
  readonly aof: number;
}

/** Each figure's median. */
export function median(all: readonly Measured[]): Measured {
  const of = (pick: (one: Measured) => number): number => {
    const sorted = all.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    turnsPerSecond: of((one) => one.turnsPerSecond),
    p50: of((one) => one.p50),
    p99: of((one) => one.p99),
    cpu: of((one) => one.cpu),
    redisCpu: of((one) => one.redisCpu),
    platformCpu: of((one) => one.platformCpu),
    rss: of((one) => one.rss),
    unasked: Math.max(...all.map((one) => one.unasked)),
    aof: of((one) => one.aof),
  };
}

const columns: readonly (readonly [title: string, cell: (one: Measured) => string])[] = [
  ['turns/s', ({ turnsPerSecond }) => turnsPerSecond.toFixed(0)],
  ['p50 ms', ({ p50 }) => p50.toFixed(1)],
  ['p99 ms', ({ p99 }) => p99.toFixed(1)],
  ['CPU s', ({ cpu }) => cpu.toFixed(3)],
  ['Redis CPU s', ({ redisCpu }) => redisCpu.toFixed(3)],
  ['platform CPU s', ({ platformCpu }) => platformCpu.toFixed(3)],
  ['RSS MiB', ({ rss }) => rss.toFixed(0)],
  ['AOF bytes', ({ aof }) => (aof === 0 ? '' : aof.toFixed(0))],
  ['doubled', ({ unasked }) => String(unasked)],
];

/** The table of `docs/performance.md`. */
export function tableOf(rows: readonly { readonly contender: Contender; readonly result: Measured }[]): string {
  const titles = ['', 'bot', ...columns.map(([title]) => title)];
  const lines = rows.map(({ contender, result }) => [
    contender.name,
    contender.says,
    ...columns.map(([, cell]) => cell(result)),
  ]);
  return aligned([titles, ...lines]);
}

/** How `one` stands to each of the others, in turns/s. */
export function ratiosOf(one: string, rows: readonly { readonly contender: Contender; readonly result: Measured }[]) {
  const speed = (name: string) => rows.find(({ contender }) => contender.name === name)?.result.turnsPerSecond;
  const ours = speed(one);
  return ['b', 'c', 'd'].flatMap((name) => {
    const theirs = speed(name);
    return ours === undefined || theirs === undefined ? [] : [`${one}/${name} ${(ours / theirs).toFixed(2)}`];
  });
}

export function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const row = (line: readonly string[]) =>
    `| ${line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |\n`;
  const [head, ...rest] = lines.map(row);
  const rule = `| ${widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |\n`;
  return [head, rule, ...rest].join('');
}
