import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { card } from '../../../src/backends/documents/card.ts';
import { balanceChart, contributionChart } from '../../../src/backends/documents/charts.ts';
import { contrasts, palette } from '../../../src/backends/documents/palette.ts';
import type { ReplyFile } from '../../../src/core/reply.ts';
import { asOf, cardContent, months, years } from './content.ts';
import { difference, opened } from './pixels.ts';

/**
 * Pictures as they looked when somebody last looked at them. Pixels are compared, not bytes: how a PNG is packed depends
 * on Node's own zlib, and the edges of letters on the processor. A change that is meant: run this with UPDATE_GOLDEN=1,
 * and look at the new pictures, also at half of their size.
 */
const golden = join(import.meta.dirname, 'golden');
const update = process.env['UPDATE_GOLDEN'] === '1';

const wage = 288_420;
const gaps = new Set([3, 9, 10, 11, 20, 23]);
const long = {
  ...cardContent,
  name: 'Raden Ayu Kusumawardhani Sastrowardoyo Prawiranegara Hadiningrat',
  membership: {
    ...cardContent.membership,
    employer: 'PT Perdagangan Internasional Nusantara Sejahtera',
    active: false,
  },
  programs: ['JHT', 'JP', 'JKK', 'JKM', 'JKP'],
} as const;

const pictures: Readonly<Record<string, () => Promise<ReplyFile>>> = {
  'balance-one-year-id': () => balanceChart({ language: 'id', asOf, points: years(2_345_678) }),
  'balance-25-years-en': () =>
    balanceChart({
      language: 'en',
      asOf,
      points: years(...Array.from({ length: 25 }, (_, year) => 4_000_000 * year + 150_000 * year ** 2)),
    }),
  'balance-paid-out-id': () =>
    balanceChart({ language: 'id', asOf, points: years(3e6, 9.1e6, 16.2e6, 24e6, 33.4e6, 4_100_250) }),
  'balance-zero-id': () => balanceChart({ language: 'id', asOf, points: years(0, 0, 0) }),
  'contributions-12-months-id': () =>
    contributionChart({
      language: 'id',
      points: months(
        ...Array.from({ length: 12 }, (_, month) => (month === 4 || month === 5 ? 0 : wage + month * 900)),
      ),
    }),
  'contributions-24-months-en': () =>
    contributionChart({
      language: 'en',
      points: months(...Array.from({ length: 24 }, (_, month) => (gaps.has(month) ? 0 : wage + month * 900))),
    }),
  'contributions-one-month-en': () => contributionChart({ language: 'en', points: months(wage) }),
  'contributions-none-id': () => contributionChart({ language: 'id', points: months(0, 0, 0, 0, 0, 0) }),
  'card-id': () => card(cardContent),
  'card-long-en': () => card({ ...long, language: 'en' }),
  'card-without-code-id': () =>
    card({
      ...cardContent,
      address: null,
      programs: [],
      membership: { ...cardContent.membership, employer: 'bekerja sendiri' },
    }),
};

const png = ({ content }: ReplyFile) => Buffer.from(content, 'base64');

const listed = Object.entries(pictures);

describe('a picture', () => {
  it.each(listed)('%s looks as it did', async (name, draw) => {
    const drawn = await draw();
    const path = join(golden, `${name}.png`);
    if (update) writeFileSync(path, png(drawn));
    expect(difference(opened(png(drawn)), opened(readFileSync(path)))).toBeLessThan(0.001);
  });

  it.each(listed)(
    '%s is small enough to travel with a reply, opaque, and has nothing personal in its name',
    async (_, draw) => {
      const file = await draw();
      expect(file).toMatchObject({ kind: 'image', type: 'image/png' });
      expect(file.name).toMatch(/^[a-z-]+\.png$/);
      expect(png(file).length).toBeLessThanOrEqual(60 * 1_024);
      const { width, pixels } = opened(png(file));
      expect(width).toBeGreaterThanOrEqual(720);
      expect(pixels.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
    },
  );
});

describe('the words beside a picture', () => {
  it('say the newest balance in full, and the year ends before it', async () => {
    const { words } = await balanceChart({
      language: 'id',
      asOf,
      points: years(3e6, 9.1e6, 16.2e6, 24e6, 33.4e6, 4_100_250),
    });
    expect(words).toBe(
      [
        'Saldo JHT per 31 Oktober 2026: Rp4.100.250.',
        'Akhir tahun sebelumnya:',
        '2025: Rp33,4 jt',
        '2024: Rp24 jt',
        '2023: Rp16,2 jt',
        '2022: Rp9,1 jt',
      ].join('\n'),
    );
  });

  it('say the newest contribution, how many there are, and which are missing', async () => {
    const { words } = await contributionChart({ language: 'en', points: months(wage, 0, 0, wage) });
    expect(words).toBe(
      [
        'JHT contribution October 2026: Rp288,420.',
        'Recorded: 2 of 4 months since July 2026.',
        'Not recorded: August 2026 and September 2026.',
      ].join('\n'),
    );
  });

  it('name only the last of many missing months, and count the others', async () => {
    const { words } = await contributionChart({ language: 'id', points: months(wage, 0, 0, 0, 0, 0, 0) });
    expect(words).toContain('Iuran JHT Oktober 2026: tidak tercatat.');
    expect(words).toContain('Juli 2026, Agustus 2026, September 2026, Oktober 2026, dan 2 bulan lain.');
    expect(words).not.toContain('Juni');
  });

  it('say everything that is on a card', async () => {
    const { words } = await card(long);
    for (const said of [
      long.name,
      long.maskedNik,
      long.membership.kpj,
      long.membership.employer,
      'TIDAK AKTIF',
      'JHT, JP, JKK, JKM, JKP',
      '31 Oktober 2026',
      long.address ?? '',
      'Bukan kartu resmi',
    ]) {
      expect(words).toContain(said);
    }
  });
});

describe('what is said without words', () => {
  it.each(contrasts)('%s on %s can be told apart by everybody: 4.5 to 1 or more', (front, ground) => {
    const [darker, lighter] = [luminance(palette[front]), luminance(palette[ground])].sort((a, b) => a - b);
    expect(((lighter ?? 0) + 0.05) / ((darker ?? 1) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([cardContent, long])('the code on a card opens its address', async (content) => {
    const { width, height, pixels } = opened(png(await card(content)));
    expect(jsqr.default(Uint8ClampedArray.from(pixels), width, height)?.data).toBe(content.address);
  });
});

describe('a name on a card', () => {
  it.each(['</text><rect width="1011" height="638"/><text>', 'A & B <', '\u0000\uD800\u202E', ''])(
    'is a text and nothing else: %j',
    async (name) => {
      const { width, height, pixels } = opened(png(await card({ ...cardContent, name })));
      expect(jsqr.default(Uint8ClampedArray.from(pixels), width, height)?.data).toBe(cardContent.address);
    },
  );
});

/** Relative luminance, as WCAG 2.2 has it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
