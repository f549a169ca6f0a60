import { encode } from 'uqr';
import type { ReplyFile } from '../../core/reply.ts';
import type { CardContent } from '../../core/services.ts';
import { type Speech, speeches } from '../../core/speech.ts';
import { type Fitted, fitted } from './fitting.ts';
import { palette } from './palette.ts';
import { escaped, fontFamily, type Measure, measuring, picture } from './picture.ts';

/** In pixels: the proportions of a bank card (ISO/IEC 7810 ID-1), 300 to an inch. On a small phone a third of it. */
const size = { width: 1011, height: 638 } as const;
const left = 48;
const right = size.width - left;
const header = 112;
const footer = size.height - 122;
const labels = 196;
/** Where a code goes: at most so wide. */
const code = { top: 134, width: 320 } as const;
/** The white rim of a code, in modules; the light ground around it is the rest of what a scanner needs. */
const rim = 2;

/** A digital card as a picture, of our own looks: no logo, and it says who made it. See `Documents.card`. */
export async function card(content: CardContent): Promise<ReplyFile> {
  const speech = speeches[content.language];
  const svg = drawn(content, speech, await measuring());
  return picture({ svg, width: size.width }, { name: 'digital-card.png', words: cardInWords(content, speech) });
}

function drawn(content: CardContent, speech: Speech, measure: Measure): string {
  const { membership, address } = content;
  const own = (key: OwnText) => speech.text(`pictures.card.${key}`);
  const width = (address === null ? right : right - code.width - 30) - left;
  const write = (x: number, y: number, { lines, size }: Fitted, style: Style) =>
    lines.map((line, index) => text(x, y + index * size * 1.18, line, { ...style, size })).join('');
  const fit = (words: string, lines: number, sizes: readonly number[], bold = false, room = width - labels) =>
    fitted(words, { width: room, lines, sizes, bold }, measure);

  const short = fit(content.name, 2, [54, 46, 40, 36], true, width);
  const long = short.lines.at(-1)?.endsWith('…') === true;
  const name = long ? fit(content.name, 3, [32, 30, 28], true, width) : short;
  const nameTop = [182, 182, 162, 152][name.lines.length] ?? 182;
  const rows = [
    { label: own('kpj'), value: fit(membership.kpj, 1, [46, 40], true), bold: true },
    { label: own('nik'), value: fit(content.maskedNik, 1, [36, 32, 28]) },
    { label: own('employer'), value: fit(membership.employer, 2, [34, 30, 28]) },
    { label: own('programs'), value: fit(content.programs.join(' · '), 1, [34, 30, 28]) },
  ];
  const body: string[] = [];
  let y = [256, 256, 270, 290][name.lines.length] ?? 256;
  for (const { label, value, bold = false } of rows) {
    if (value.lines.length === 0) continue;
    body.push(text(left, y, label, { size: 28, fill: 'soft' }), write(left + labels, y, value, { fill: 'ink', bold }));
    y += 54 + (value.lines.length - 1) * 34;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="${fontFamily}">`,
    `<rect width="100%" height="100%" fill="${palette.ground}"/>`,
    `<rect width="100%" height="${header}" fill="${palette.brand}"/>`,
    text(left, 56, own('title'), { size: 42, fill: 'onBrand', bold: true }),
    text(left, 94, own('system'), { size: 28, fill: 'onBrand' }),
    status(membership.active, own(membership.active ? 'active' : 'inactive'), measure),
    write(left, nameTop, name, { fill: 'brand', bold: true }),
    ...body,
    address === null ? '' : qr(address, own('scan')),
    `<rect y="${footer}" width="100%" height="2" fill="${palette.line}"/>`,
    text(left, footer + 48, speech.text('pictures.card.as_of', { day: speech.day(content.asOf) }), {
      size: 30,
      fill: 'ink',
      bold: true,
    }),
    write(left, footer + 90, fit(own('issuer'), 1, [28, 27, 26, 25], false, right - left), { fill: 'soft' }),
    '</svg>',
  ].join('');
}

type OwnText = 'title' | 'system' | 'kpj' | 'nik' | 'employer' | 'programs' | 'active' | 'inactive' | 'scan' | 'issuer';

interface Style {
  readonly fill: keyof typeof palette;
  readonly bold?: boolean;
}

function text(x: number, y: number, words: string, { size, fill, bold = false }: Style & { size: number }): string {
  const weight = bold ? ' font-weight="700"' : '';
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${palette[fill]}"${weight}>${escaped(words)}</text>`;
}

/** A filled shape with a tick, or an empty one with a bar, so that it is told by more than its colour. */
function status(active: boolean, words: string, measure: Measure): string {
  const letter = 30;
  const width = measure(words, true) * letter + 88;
  const x = right - width;
  const { brand, onBrand } = palette;
  const shape = `<rect x="${x}" y="27" width="${width}" height="58" rx="29" fill="${active ? onBrand : brand}" stroke="${onBrand}" stroke-width="3"/>`;
  const sign = active ? `M${x + 26} 57l9 9l17-19` : `M${x + 26} 56h24`;
  const line = `<path d="${sign}" fill="none" stroke="${active ? brand : onBrand}" stroke-width="6"/>`;
  return shape + line + text(x + 62, 67, words, { size: letter, fill: active ? 'brand' : 'onBrand', bold: true });
}

/** The address as a QR code of whole pixels, with what to do with it underneath. */
function qr(address: string, words: string): string {
  const { size: modules, data } = encode(address, { ecc: 'M', border: 0 });
  const side = Math.floor(code.width / (modules + 2 * rim));
  const width = side * (modules + 2 * rim);
  const x = right - width;
  const inner = { x: x + rim * side, y: code.top + rim * side };
  const dark = data.flatMap((row, line) =>
    row.flatMap((on, column) =>
      on ? [`M${inner.x + column * side} ${inner.y + line * side}h${side}v${side}h-${side}z`] : [],
    ),
  );
  const caption = `<text x="${right}" y="${code.top + width + 32}" font-size="28" text-anchor="end" fill="${palette.ink}">${escaped(words)}</text>`;
  return [
    `<rect x="${x}" y="${code.top}" width="${width}" height="${width}" fill="${palette.codeGround}"/>`,
    `<path d="${dark.join('')}" fill="${palette.code}" shape-rendering="crispEdges"/>`,
    caption,
  ].join('');
}

/** The card for who cannot see it, and for channels that show no pictures. */
function cardInWords({ name, maskedNik, membership, programs, asOf, address }: CardContent, speech: Speech): string {
  const { kpj, employer, active } = membership;
  const status = speech.text(active ? 'pictures.card.active' : 'pictures.card.inactive');
  return [
    speech.text('pictures.card.words', { name, kpj, nik: maskedNik, employer, status }),
    ...(programs.length > 0 ? [speech.text('pictures.card.words_programs', { programs: programs.join(', ') })] : []),
    speech.text('pictures.card.as_of', { day: speech.day(asOf) }),
    ...(address === null ? [] : [speech.text('pictures.card.words_check', { address })]),
    speech.text('pictures.card.issuer'),
  ].join('\n');
}
