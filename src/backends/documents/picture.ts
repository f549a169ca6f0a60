import type { ResvgRenderOptions } from '@resvg/resvg-js';
import type { ReplyFile } from '../../core/reply.ts';
import { fonts, printable } from './fonts.ts';
import { indexedPng } from './png.ts';

/** The one family that pictures are written in, regular and bold. */
export const fontFamily = 'Plus Jakarta Sans';

/** Texts look the same on every machine: the fonts come with the packages, and the system's are not looked at. */
const options: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: Object.values(fonts),
    defaultFontFamily: fontFamily,
  },
  // What it has to say could hold what is in the picture.
  logLevel: 'off',
};

/** A drawing in its own units, and how wide it comes out in pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
}

/** Draws an SVG, with a ground that lets nothing through, as an image that goes with a reply. Its renderer takes a while to load, so only who draws waits for it. */
export async function picture(
  { svg, width }: Drawing,
  { name, words }: { readonly name: string; readonly words: string },
): Promise<ReplyFile> {
  const { Resvg } = await import('@resvg/resvg-js');
  const drawn = new Resvg(svg, { ...options, fitTo: { mode: 'width', value: width } }).render();
  const png = indexedPng(drawn) ?? drawn.asPng();
  return { kind: 'image', name, type: 'image/png', content: png.toString('base64'), words };
}

/** Measures texts: how wide one is at size 1, in our font. */
export type Measure = (text: string, bold: boolean) => number;

/** Measures as the renderer will write, without drawing. */
export async function measuring(): Promise<Measure> {
  const { Resvg } = await import('@resvg/resvg-js');
  return (text, bold) => {
    // Bars before and after, because blanks at the ends take room and leave no mark.
    const width = (written: string) => {
      const weight = bold ? 700 : 400;
      const line = `<text y="100" font-family="${fontFamily}" font-size="100" font-weight="${weight}">|${escaped(written)}|</text>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="100" height="200">${line}</svg>`;
      return (new Resvg(svg, options).getBBox()?.width ?? 0) / 100;
    };
    return width(text) - width('');
  };
}

/** A text as it may stand in an SVG, between tags or in quotes, in letters that the font has. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}
