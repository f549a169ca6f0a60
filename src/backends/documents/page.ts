import type { Day } from '../../core/jamsostek/month.ts';
import { fonts, printable } from './fonts.ts';

/** A text of a page in one style. Sizes and distances are in points, 72 to an inch. */
export interface Style {
  readonly size: number;
  readonly bold?: boolean;
  readonly grey?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** Language of the words, where it is not the document's. */
  readonly lang?: string;
  /** At most so many lines: what is over ends in `…`. */
  readonly lines?: number;
  /** One line, in smaller letters where it would be too long. */
  readonly fitted?: boolean;
  /** The address that it opens. */
  readonly link?: string;
}

/** What the document says of itself. Nothing personal: every program shows it, and it stays when a page is covered. */
export interface About {
  readonly title: string;
  readonly lang: string;
  /** The day it is made on; with the same content, and no lock, it makes the same bytes. */
  readonly day: Day;
  /** Who may open it; everybody when not given. */
  readonly lock?: Lock;
  /** What stands at the foot of each page: `Halaman 1 dari 2`. */
  readonly foot?: (page: number, pages: number) => string;
}

/** The document is encrypted (AES-256) with a key that only these open. No two are the same bytes: the key is random. */
export interface Lock {
  /** Opens it to be read, printed and read out. */
  readonly password: string;
  /** Opens it to be changed. */
  readonly owner: string;
}

/** Where a text stands on its page: its left edge, its top, its width. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** An area of a page. */
export interface Area extends Box {
  readonly height: number;
}

/** What an element is to those who have the page read out; `scope`: of which cells a `TH` is the head. */
export interface Tag {
  readonly type: string;
  readonly scope?: 'Row' | 'Column';
  /** What a picture shows. */
  readonly alt?: string;
}

/**
 * A4 pages, tagged so that they can be read out. Everything is placed by hand: a document has as many pages as
 * {@link next} was called for, and one.
 */
export interface Page {
  /** Writes a text as one element (`H1`, `P` …) and gives the y under it. */
  write(tag: string | Tag, text: string, box: Box, style: Style): number;
  /** How high a text would be. */
  height(text: string, width: number, style: Style): number;
  /** What `draw` writes belongs to one element: a `Table`, its `TR`. */
  inside(tag: string | Tag, draw: () => void): void;
  /** What `draw` writes is nothing to those who have the page read out: it stands there for the eye only. */
  aside(draw: () => void): void;
  /** Black squares, a row of a picture each, as one picture. */
  squares(rows: readonly (readonly boolean[])[], area: Area, alt: string): void;
  /** A dotted line to write on, or a thin one between rows; to those who have the page read out it is nothing. */
  line(box: Box, kind?: 'dotted' | 'thin'): void;
  /** A light ground under what is written next, white when printed too faintly. */
  ground(area: Area): void;
  next(): void;
  /** The bytes of the document; nothing can be written afterwards. */
  bytes(): Promise<Uint8Array>;
}

/** A4 in points. */
export const a4 = { width: 595.28, height: 841.89 } as const;
/** The foot of a page stands this far above its end. */
const footAt = a4.height - 34;
const lineGap = 0.5;
const smallest = 4;

/** Figures that stand under each other are all as wide. */
function figuresOf({ align }: Style): { features?: ['tnum'] } {
  return align === 'right' ? { features: ['tnum'] } : {};
}

/** Takes a while to load, so that only who makes a document waits for it. */
export async function openPage({ title, lang, day, lock, foot }: About): Promise<Page> {
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: lock === undefined ? '1.7' : '1.7ext3',
    compress: true,
    tagged: true,
    bufferPages: true,
    lang,
    displayTitle: true,
    font: fonts.regular,
    info: { Title: title, CreationDate: new Date(`${day}T00:00Z`) },
    ...(lock === undefined
      ? {}
      : {
          userPassword: lock.password,
          ownerPassword: lock.owner,
          permissions: { printing: 'highResolution', contentAccessibility: true } as const,
        }),
  });
  const parts: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))));
    document.on('error', reject);
  });
  const root = document.struct('Document');
  document.addStructure(root);
  /** The element that is written into; null: into none. */
  let into: PDFKit.PDFStructureElement | null = root;

  const as = (tag: Tag & { readonly lang?: string }, draw: () => void): void => {
    if (into === null) draw();
    else into.add(document.struct(tag.type, tag, draw));
  };
  const artifact = (type: 'Layout' | 'Pagination', draw: () => void): void => {
    const before = into;
    into = null;
    if (before !== null) document.markContent('Artifact', { type });
    draw();
    if (before !== null) document.endMarkedContent();
    into = before;
  };
  const set = (text: string, width: number, style: Style): string => {
    const { size, bold = false, fitted = false } = style;
    const letters = printable(text);
    document.font(bold ? fonts.bold : fonts.regular).fontSize(size);
    const wide = fitted ? document.widthOfString(letters, figuresOf(style)) : 0;
    if (wide > width) document.fontSize(Math.max(smallest, (size * width * 0.99) / wide));
    return letters;
  };
  const atMost = (lines: number): number => lines * (document.currentLineHeight(true) + lineGap) + 0.1;

  return {
    write(tag, text, { x, y, width }, style) {
      const { grey = false, align = 'left', lines, lang: own, link } = style;
      const draw = () => {
        const letters = set(text, width, style);
        document.fillColor(grey ? '#444444' : '#000000');
        document.text(letters, x, y, {
          width,
          align,
          lineGap,
          ...figuresOf(style),
          ...(lines === undefined ? {} : { height: atMost(lines), ellipsis: '…' }),
          ...(link === undefined ? {} : { link }),
        });
      };
      as({ ...(typeof tag === 'string' ? { type: tag } : tag), ...(own === undefined ? {} : { lang: own }) }, draw);
      return document.y;
    },
    height(text, width, style) {
      const letters = set(text, width, style);
      const whole = document.heightOfString(letters, { width, lineGap });
      return style.lines === undefined ? whole : Math.min(whole, atMost(style.lines));
    },
    inside(tag, draw) {
      const parent = into;
      if (parent === null) {
        draw();
        return;
      }
      const { type, ...about } = typeof tag === 'string' ? { type: tag } : tag;
      const element = document.struct(type, about);
      parent.add(element);
      into = element;
      draw();
      element.end();
      into = parent;
    },
    aside: (draw) => artifact('Pagination', draw),
    squares(rows, { x, y, width, height }, alt) {
      as({ type: 'Figure', alt }, () => {
        const [across, down] = [width / (rows[0]?.length ?? 1), height / rows.length];
        for (const [row, squares] of rows.entries()) {
          for (const [column, black] of squares.entries()) {
            if (black) document.rect(x + column * across, y + row * down, across, down);
          }
        }
        document.fill('#000000');
      });
    },
    line({ x, y, width }, kind = 'dotted') {
      artifact('Layout', () => {
        document.moveTo(x, y).lineTo(x + width, y);
        if (kind === 'thin') document.lineWidth(0.5).stroke('#777777');
        else document.lineWidth(0.8).dash(1, { space: 2.5 }).stroke('#555555').undash();
      });
    },
    ground({ x, y, width, height }) {
      artifact('Layout', () => document.rect(x, y, width, height).fill('#eeeeee'));
    },
    next() {
      document.addPage();
    },
    bytes() {
      root.end();
      const { count } = document.bufferedPageRange();
      const feet = foot === undefined ? [] : Array.from({ length: count }, (_, page) => foot(page + 1, count));
      for (const [page, words] of feet.entries()) {
        document.switchToPage(page);
        artifact('Pagination', () => {
          document.font(fonts.regular).fontSize(8).fillColor('#444444');
          document.text(printable(words), 0, footAt, { width: a4.width, align: 'center' });
        });
      }
      document.end();
      return done;
    },
  };
}
