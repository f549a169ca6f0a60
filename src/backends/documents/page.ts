import type { Day } from '../../core/jamsostek/month.ts';

/** A text of a page in one style. Sizes and distances are in points, 72 to an inch. */
export interface Style {
  readonly size: number;
  readonly bold?: boolean;
  readonly grey?: boolean;
  readonly center?: boolean;
  /** Language of the words, where it is not the document's. */
  readonly lang?: string;
}

/** What the document says of itself. Nothing personal: every program shows it, and it stays when a page is covered. */
export interface About {
  readonly title: string;
  readonly lang: string;
  /** The day it is made on; with the same content it makes the same bytes. */
  readonly day: Day;
}

/** Where a text stands on its page: its left edge, its top, its width. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** One A4 page, tagged so that it can be read out. Everything is placed by hand, so that it never becomes two. */
export interface Page {
  /** Writes a text as one element of the given type (`H1`, `P`) and gives the y under it. */
  write(type: string, text: string, box: Box, style: Style): number;
  /** A dotted line to write on; to those who have the page read out it is nothing. */
  line(box: Box): void;
  /** The bytes of the document; nothing can be written afterwards. */
  bytes(): Promise<Uint8Array>;
}

/** A4 in points. */
export const a4 = { width: 595.28, height: 841.89 } as const;

/** Takes a while to load, so that only who makes a document waits for it. */
export async function openPage({ title, lang, day }: About): Promise<Page> {
  const { default: PdfDocument } = await import('pdfkit');
  const document = new PdfDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    compress: true,
    tagged: true,
    lang,
    displayTitle: true,
    info: { Title: title, CreationDate: new Date(`${day}T00:00Z`) },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (part: Buffer) => parts.push(part));
    document.on('end', () => resolve(Uint8Array.from(Buffer.concat(parts))));
    document.on('error', reject);
  });
  const root = document.struct('Document');
  document.addStructure(root);
  return {
    write(type, text, { x, y, width }, { size, bold = false, grey = false, center = false, lang: own }) {
      const draw = () => {
        document.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
        document.fillColor(grey ? '#444444' : '#000000');
        document.text(printable(text), x, y, { width, align: center ? 'center' : 'left', lineGap: 1.5 });
      };
      root.add(document.struct(type, own === undefined ? {} : { lang: own }, draw));
      return document.y;
    },
    line({ x, y, width }) {
      document.markContent('Artifact', { type: 'Layout' });
      document
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.8)
        .dash(1, { space: 2.5 });
      document.stroke('#555555').undash();
      document.endMarkedContent();
    },
    bytes() {
      root.end();
      document.end();
      return done;
    },
  };
}

/** The built-in fonts know Latin letters only: accents that they lack go, anything else becomes a question mark. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[^\u0020-\u007E\u00A1-\u00FF]/gu, (letter) => {
    const base = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    return /^[\u0020-\u007E]+$/.test(base) ? base : '?';
  });
}
