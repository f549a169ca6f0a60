import type { Figures } from './chaos.ts';

/** The figures of a run, one a line, with what each must be. */
export function tableOf(figures: Figures): string {
  const { faults } = figures;
  const rows: readonly (readonly [string, number | string, string?])[] = [
    ['seed', figures.seed],
    ['seconds under faults', figures.seconds],
    ...[...faults].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, count]) => [`  ${name}`, count] as const),
    ['events acknowledged', figures.acknowledged],
    ['  refused meanwhile, and brought again', figures.unavailable],
    ['  handed over again after that', figures.handedAgain],
    ['  taken again', figures.takenAgain, '0'],
    ['lost', figures.lost, '0'],
    ['doubled', figures.doubled, '0'],
    ['out of order', figures.outOfOrder, '0'],
    ['state mismatch', figures.stateMismatch, '0'],
    ['codes sent by SMS', figures.codes],
    ['  more than once', figures.repeatedCodes, '0'],
    ['  given up', figures.codesGivenUp],
    ['replies that arrived more than once', figures.repeatedReplies],
    ['  given up', figures.repliesGivenUp],
    ['kills', figures.faults.get('worker killed') ?? 0, '≥ 20'],
    ['workers that ended of themselves', figures.crashed, '0'],
    ['fenced', figures.fenced, '≥ 1'],
    ['reclaimed', figures.reclaimed, '≥ 1'],
    ['quarantined', figures.quarantined],
    ['all answered after, ms', figures.recovered],
    ['keys without an end', figures.foreverKeys, '0'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(
      ([name, value, must]) =>
        `${name.padEnd(width)}  ${String(value).padStart(10)}${must === undefined ? '' : `   ${must}`}\n`,
    )
    .join('');
}
