import { a4, type Page, type Style } from './page.ts';

/** A column: what stands over it, how wide it is, and where its texts stand. */
export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'right';
  /** Its texts take two lines where one is too short; those of others are written smaller, never broken. */
  readonly wraps?: boolean;
}

/** What stands in a cell; `under` in small letters under it. */
export interface Cell {
  readonly text: string;
  readonly under?: string;
}

/** A table: the first cell of each row is its head. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The last row, in bold. */
  readonly sums: readonly Cell[];
}

const padding = 4;
const above = 2.5;
/** The first row of a page stands this far from its top, and none goes under its foot. */
const top = 44;
export const lowest = a4.height - 46;

const title: Style = { size: 8, bold: true, fitted: true };
const under: Style = { size: 7.5, grey: true, lines: 2 };

/**
 * Draws a table from `y` on and gives the y under it. Rows that have no room go to a new page, under the same heads,
 * which are read out once only.
 */
export function table(page: Page, x: number, y: number, { columns, rows, sums }: Table): number {
  const heads = columns.map((column) => ({ text: column.title }));
  const headed = (at: number) => row(page, x, at, columns, heads, 'head');
  const fits = (at: number, cells: readonly Cell[]) => at + heightOf(page, columns, cells, 'row') <= lowest;
  let bottom = y;
  page.inside('Table', () => {
    // A head that would stand alone goes with its first row.
    const first = heightOf(page, columns, heads, 'head') + heightOf(page, columns, rows[0] ?? sums, 'row');
    if (y + first > lowest) {
      page.next();
      bottom = top;
    }
    page.inside('TR', () => {
      bottom = headed(bottom);
    });
    for (const [index, cells] of [...rows, sums].entries()) {
      if (!fits(bottom, cells)) {
        page.next();
        page.aside(() => {
          bottom = headed(top);
        });
      }
      page.inside('TR', () => {
        bottom = row(page, x, bottom, columns, cells, index === rows.length ? 'sums' : 'row');
      });
    }
  });
  return bottom;
}

type Kind = 'head' | 'row' | 'sums';

function styleOf({ align, wraps = false }: Column, kind: Kind): Style {
  const aligned = align === undefined ? {} : { align };
  if (kind === 'head') return { ...title, ...aligned };
  return { size: 8.5, ...aligned, bold: kind === 'sums', ...(wraps ? { lines: 2 } : { fitted: true }) };
}

function heightOf(page: Page, columns: readonly Column[], cells: readonly Cell[], kind: Kind): number {
  const heights = columns.map((column, index) => {
    const cell = cells[index];
    const width = column.width - 2 * padding;
    const below = cell?.under === undefined ? 0 : page.height(cell.under, width, under);
    return page.height(cell?.text ?? '', width, styleOf(column, kind)) + below;
  });
  return Math.max(...heights) + 2 * above;
}

function row(
  page: Page,
  left: number,
  y: number,
  columns: readonly Column[],
  cells: readonly Cell[],
  kind: Kind,
): number {
  const height = heightOf(page, columns, cells, kind);
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  if (kind !== 'row') page.ground({ x: left, y, width, height });
  let x = left;
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? { text: '' };
    const box = { x: x + padding, y: y + above, width: column.width - 2 * padding };
    const tag = tagOf(kind, index);
    const style = styleOf(column, kind);
    if (cell.under === undefined) page.write(tag, cell.text, box, style);
    else {
      const below = cell.under;
      page.inside(tag, () => {
        const end = page.write('P', cell.text, box, style);
        page.write('P', below, { ...box, y: end }, under);
      });
    }
    x += column.width;
  }
  page.line({ x: left, y: y + height, width }, 'thin');
  return y + height;
}

function tagOf(kind: Kind, column: number) {
  if (kind === 'head') return { type: 'TH', scope: 'Column' } as const;
  return column === 0 ? ({ type: 'TH', scope: 'Row' } as const) : { type: 'TD' };
}
