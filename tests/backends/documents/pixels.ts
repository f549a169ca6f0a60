import { Resvg } from '@resvg/resvg-js';

/** A picture as rows of pixels from the top: red, green, blue and opacity of each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** Opens a PNG by drawing it. */
export function opened(png: Uint8Array): Picture {
  const content = Buffer.from(png);
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)];
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${content.toString('base64')}"/>`;
  const drawn = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${image}</svg>`,
    { font: { loadSystemFonts: false } },
  ).render();
  return { width, height, pixels: drawn.pixels };
}

/** How much a channel of a pixel may differ: renderers on other processors round edges of letters differently. */
const tolerance = 32;

/** The part of the pixels that are not the same in both; 1 when the pictures are not of one size. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.pixels.length; at += 4) {
    const off = [0, 1, 2].some(
      (channel) => Math.abs((one.pixels[at + channel] ?? 0) - (other.pixels[at + channel] ?? 0)) > tolerance,
    );
    if (off) different += 1;
  }
  return different / (one.width * one.height);
}
