/**
 * Lines for what lies in years, newest first: as many as there is room for, and one line for all the older ones
 * together. `room`: characters, line breaks included.
 */
export function newestThatFit<Row>(
  rows: readonly Row[],
  room: number,
  { line, older }: { readonly line: (row: Row) => string; readonly older: (rows: readonly Row[]) => string },
): string[] {
  const lines = rows.map((row) => line(row));
  if (lengthOf(lines) <= room) return lines;
  for (let shown = rows.length - 1; shown > 0; shown -= 1) {
    const fitting = [...lines.slice(0, shown), older(rows.slice(shown))];
    if (shown === 1 || lengthOf(fitting) <= room) return fitting;
  }
  return lines;
}

function lengthOf(lines: readonly string[]): number {
  return lines.join('\n').length;
}
