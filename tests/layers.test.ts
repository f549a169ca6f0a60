import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a channel that is switched on by settings may import. */
const channelRooms = [
  'src/core',
  'src/locales',
  'src/setting.ts',
  'src/bots/bot.ts',
  'src/bots/channel.ts',
  'src/bots/channel-link.ts',
  'src/bots/owning.ts',
  'src/bots/progress.ts',
];

/** What each room may import of the others; every room may import itself. Packages are named as they are imported. */
const rooms: Record<string, { readonly rooms: readonly string[]; readonly packages: readonly RegExp[] }> = {
  // No SDK, no socket, no clock, no randomness: whatever touches the world comes in as a service.
  'src/core': {
    rooms: ['src/locales'],
    packages: [/^zod$/, /^i18next$/, /^yaml$/, /^unhomoglyph$/],
  },
  // The knowledge articles are files that are read once, as JSON would be.
  'src/locales': { rooms: ['src/core'], packages: [/^node:(fs|path)$/] },
  'src/engine': {
    rooms: ['src/core', 'src/bots/bot.ts', 'src/backends/memory', 'src/backends/redis', 'src/backends/system'],
    packages: [/^node:(crypto|fs|path)$/, /^zod$/],
  },
  'src/bots/bot.ts': { rooms: ['src/core'], packages: [] },
  'src/bots/owning.ts': { rooms: [], packages: [] },
  'src/bots/channel-link.ts': { rooms: ['src/bots/channel.ts'], packages: [] },
  'src/bots/progress.ts': { rooms: ['src/core'], packages: [] },
  'src/bots/channel.ts': {
    rooms: ['src/core', 'src/bots/bot.ts', 'src/bots/owning.ts', 'src/bots/progress.ts', 'src/setting.ts'],
    packages: [/^fastify$/],
  },
  'src/bots/terminal': { rooms: ['src/core', 'src/bots/bot.ts', 'src/locales'], packages: [/^node:/, /^zod$/] },
  'src/bots/web': {
    rooms: ['src/core', 'src/bots/bot.ts', 'src/locales', 'src/source.ts'],
    packages: [/^node:/, /^zod$/, /^fastify$/],
  },
  'src/bots/sms': { rooms: channelRooms, packages: [/^node:/, /^zod$/, /^fastify$/, /^undici$/] },
  'src/bots/telegram': { rooms: channelRooms, packages: [/^node:/, /^zod$/, /^fastify$/, /^grammy(\/types)?$/] },
  'src/bots/whatsapp': { rooms: channelRooms, packages: [/^node:/, /^zod$/, /^@whiskeysockets\/baileys$/, /^uqr$/] },
  // What a QR code says and the page that it opens: it knows no member, and reaches no store but the limits'.
  'src/verification': {
    rooms: ['src/core', 'src/locales', 'src/source.ts'],
    packages: [/^node:(crypto|fs|path)$/, /^fastify$/],
  },
  'src/source.ts': { rooms: [], packages: [/^node:net$/] },
  'src/metrics': {
    rooms: ['src/core', 'src/engine', 'src/bots/channel.ts', 'src/bots/progress.ts'],
    packages: [/^prom-client$/],
  },
  'src/backends': {
    rooms: [
      'src/core',
      'src/bots/bot.ts',
      'src/bots/owning.ts',
      'src/bots/progress.ts',
      'src/bots/web/chat-log.ts',
      'src/engine',
    ],
    packages: [/./],
  },
};

const files = globSync('src/**/*.{ts,js}', { cwd: root }).sort();
const roomOf = (file: string) => Object.keys(rooms).find((room) => file === room || file.startsWith(`${room}/`));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/\b(?:from\s+|import\s*\(?\s*)'([^']+)'/g)].map(([, from = '']) => from);
}

describe('the rooms', () => {
  for (const file of files) {
    const room = roomOf(file);
    // Only main.ts and its commands wire, so they may import everything.
    if (room === undefined) continue;
    it(`${file} imports only what ${room} may`, () => {
      for (const from of importsOf(file)) {
        if (!from.startsWith('.')) {
          expect(
            rooms[room]?.packages.some((allowed) => allowed.test(from)),
            `package ${from}`,
          ).toBe(true);
          continue;
        }
        const target = relative(root, join(root, dirname(file), from));
        const allowed = [room, ...(rooms[room]?.rooms ?? [])];
        expect(
          allowed.some((prefix) => target === prefix || target.startsWith(`${prefix}/`)),
          `${file} → ${target}`,
        ).toBe(true);
      }
    });
  }

  it('the core asks no clock and draws no random number of its own', () => {
    for (const file of files.filter((each) => each.startsWith('src/core/'))) {
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      expect(text, file).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|setInterval|process\./,
      );
    }
  });

  it('no room is named for nothing', () => {
    for (const file of files) expect(file).not.toMatch(/\b(utils?|helpers?|common|managers?|misc)\b/);
  });
});
