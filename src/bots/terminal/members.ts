import type { Words } from './words.ts';

/** A demo member, as those who try the assistant out need to know them. */
export interface ShownMember {
  readonly nik: string;
  readonly kpj: readonly string[];
  /** The phone on file; null when there is none. */
  readonly phone: string | null;
  readonly name: string;
  /** What is special about them, in a few words. */
  readonly scenario: string;
}

/** Columns that fit a plain terminal. */
const widest = 100;
const gap = '  ';

/** A table of members with a heading, at most 100 columns wide. Further membership numbers stand below the first. */
export function membersTable(members: readonly ShownMember[], words: Words): string[] {
  const rows = members.flatMap(({ nik, kpj, phone, name, scenario }) => [
    [nik, kpj[0] ?? '', phone ?? words.no_phone, name, scenario],
    ...kpj.slice(1).map((number) => ['', number, '', '', '']),
  ]);
  const { columns } = words;
  const table = [[columns.nik, columns.kpj, columns.phone, columns.name, columns.scenario], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const left = widest - widths.reduce((sum, width) => sum + width + gap.length, 0);
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .with(4, cut(row[4] ?? '', left))
      .join(gap)
      .trimEnd(),
  );
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(width - 1, 0))}…` : text;
}
