import { checkSync, type Parameters } from 'recheck';
import { describe, expect, it, vi } from 'vitest';
import { expressionsIn, expressionsOfProject, type Found } from './regexes.ts';

/**
 * Steps are counted and no clock is read, so that a slow machine judges as a fast one does. What makes a small automaton
 * is proved with it; the rest (look-around, back-references, large counts) is attacked with generated texts, which are
 * long enough to tell a square from a line.
 */
const limits: Parameters = {
  timeout: null,
  seedingTimeout: null,
  incubationTimeout: null,
  attackTimeout: null,
  maxNFASize: 800,
  attackLimit: 2_000_000,
  maxAttackStringSize: 8_000,
  maxGeneStringSize: 800,
  maxIteration: 2,
  maxInitialGenerationSize: 50,
  maxGenerationSize: 20,
  mutationSize: 10,
  crossoverSize: 5,
};

// The checker would otherwise start a binary or Java where it finds one.
vi.stubEnv('RECHECK_BACKEND', 'pure');

/** Null when the time grows with the text and no faster; otherwise how it grows, or why that is not known. */
function problemOf(pattern: string, flags: string): string | null {
  // Nothing is repeated, so nothing can be tried in many ways.
  if (!/[*+?{]/.test(pattern)) return null;
  const judged = checkSync(pattern, flags, limits);
  if (judged.status === 'safe') return null;
  return judged.status === 'unknown' ? `cannot be judged (${judged.error.kind})` : judged.complexity.summary;
}

/**
 * What takes time with the square of the text, outside of src, on texts that are short and our own. Nothing of src may
 * stand here: what members, servers and files send is matched there.
 */
const harmless: Readonly<Record<string, { readonly why: string; readonly patterns: readonly string[] }>> = {
  'bench/load/shares.ts': {
    why: 'one frame of a profile, a function and a path',
    patterns: [
      String.raw`node_modules\/(undici|grammy|node-fetch)|node:_http_client|node:_http_agent|send bench|bots\/telegram.*send`,
    ],
  },
  'tests/bots/web/balance.test.ts': { why: "one answer of the assistant's", patterns: ['175[^]*NIK'] },
  'tests/conversations/transcript.ts': {
    why: 'one line of a transcript in this folder',
    patterns: [
      String.raw`^([a-z ]+):\s*(.*)$`,
      String.raw`^(.*?)\s*\[(?:at )?([a-z]+)\]$`,
      String.raw`^\[(.*?) ago\] (.*)$`,
    ],
  },
  'tests/conversations/values.ts': {
    why: 'one line of a transcript in this folder',
    patterns: [String.raw`\{([^}]+)\}`],
  },
  'tests/engine/redis-workers.test.ts': { why: "one of the engine's keys", patterns: [String.raw`.*\}:(\w+).*`] },
  'tests/fakes/desk/desk.test.ts': {
    why: 'the own scripts of the desk, and commands that it shows',
    patterns: ["^import .* from '(.+)';$", '[A-Z_]+(?==)'],
  },
  'tests/fakes/telegram/found-entities.ts': {
    why: 'messages that tests send to the fake',
    patterns: [String.raw`[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}`],
  },
  'tests/layers.test.ts': {
    why: 'the own sources, each of a few hundred lines',
    patterns: [String.raw`\b(?:from\s+|import\s*\(?\s*)'([^']+)'`, String.raw`\/\*[\s\S]*?\*\/|\/\/.*`],
  },
  'tests/metrics/documents.test.ts': {
    why: 'expressions and labels of our own dashboard and figures',
    patterns: [String.raw`(\w+)="`, String.raw`(\w+)(?:=~|!=|=)"`, String.raw`(?:sum|max) by \(([^)]*)\)`],
  },
};

/** Patterns that only the running test knows, one in each file: fixed texts around a value of the test's own. */
const made: Readonly<Record<string, string>> = {
  'bench/load/stand.ts': 'the name of a figure of Redis, at the beginning of a line',
  'tests/bots/telegram/settings.test.ts': 'the name of a setting, at the beginning',
  'tests/bots/web/messages.test.ts': 'the name of a cookie, at the beginning',
  'tests/core/topics/expiry.test.ts': 'an amount, taken literally',
  'tests/core/topics/office.test.ts': 'the name of a city, at the beginning',
  'tests/fakes/telegram/multipart.ts': 'the name of an attribute, in a head of a few lines',
  'tests/http/server.test.ts': 'a status, at the beginning of one answer',
  'tests/leak-search.ts': 'a secret, every character of it taken literally',
  'tests/log.test.ts': 'a number and a name of a demo member, nothing repeated',
  'tests/metrics/documents.test.ts': 'the name of a figure, taken literally',
};

/** Every kind that has to be found: exponential and polynomial, anchored and not, with all that the checker splits by. */
const bad: readonly (readonly [pattern: string, flags: string])[] = [
  ['^(a+)+$', ''],
  ['^(a|a)*b', ''],
  ['(.*)*=', ''],
  [String.raw`^(\w+\s?)*$`, ''],
  [String.raw`^(?:\p{L}\p{M}*|\p{L})+$`, 'u'],
  [String.raw`^(\d+|\d)*x`, 'u'],
  ['^(?=(a+)+$)', ''],
  ['^(?:a?){30}a{30}$', ''],
  [String.raw`^(?<!x)(?:\w+-?)+$`, 'iu'],
  [String.raw`\s*\s*x`, ''],
  [String.raw`\s+$`, ''],
  ['^a+a+$', ''],
  ['<!--.*?-->', 's'],
  [String.raw`(a*)\1b`, ''],
  ['^(.*?,){11}P', ''],
  [String.raw`(?<![\w@])[\w.]+[\w-]+(?!\w)@`, 'giu'],
];

const place = ({ file, line, written, flags }: Found) => `${file}:${line} /${written}/${flags}`;

describe('no regular expression here can take longer than its text is long, times a constant', () => {
  const all = expressionsOfProject();

  it('by the checker, for all that are written down', { timeout: 120_000 }, () => {
    const known = new Map<string, string | null>();
    const problems: string[] = [];
    const listed = new Set<string>();
    for (const found of all) {
      if (found.pattern === null) continue;
      const key = `/${found.pattern}/${found.flags}`;
      const problem = known.has(key) ? known.get(key) : problemOf(found.pattern, found.flags);
      known.set(key, problem ?? null);
      if (typeof problem !== 'string') continue;
      const allowed = !found.file.startsWith('src/') && harmless[found.file]?.patterns.includes(found.pattern);
      if (allowed === true) listed.add(`${found.file} /${found.pattern}/`);
      else problems.push(`${place(found)}: ${problem}`);
    }
    expect(problems).toStrictEqual([]);
    const entries = Object.entries(harmless).flatMap(([file, { patterns }]) =>
      patterns.map((pattern) => `${file} /${pattern}/`),
    );
    expect([...listed].sort(), 'what is listed is still there').toStrictEqual(entries.sort());
  });

  it('by the list, for those that are put together while the tests run; src has none of them', () => {
    const unknown = all.filter(({ pattern }) => pattern === null);
    expect(unknown.filter(({ file }) => made[file] === undefined).map(place)).toStrictEqual([]);
    expect(unknown.filter(({ file }) => file.startsWith('src/')).map(place)).toStrictEqual([]);
    expect(unknown.map(({ file }) => file)).toStrictEqual(Object.keys(made).sort());
  });
});

describe('that check', () => {
  it.each(bad)('finds /%s/%s', (pattern, flags) => {
    expect(problemOf(pattern, flags)).toMatch(/exponential|polynomial/);
  });

  it('lets through what is linear', () => {
    for (const pattern of ['^a+$', String.raw`^(\w+):(\d+)$`, '^(?:a|b)*c', String.raw`(?<!\d)\d{6}(?!\d)`]) {
      expect(problemOf(pattern, ''), pattern).toBeNull();
    }
  });

  it('does not let through what it cannot judge', () => {
    expect(problemOf(String.raw`^(\d+|\d)*x`, 'v')).toBe('cannot be judged (invalid)');
  });

  it('sees literals, and calls of RegExp with texts, names and templates', () => {
    const source = [
      'const gap = String.raw`[\\s.]{0,3}`;',
      'const all = [/a\\/b/gu, new RegExp("a+"), RegExp(String.raw`\\d(?:${gap}\\d)*`, "g"), z.string().regex(/c/)];',
      'const other = (text: string) => [new RegExp(text), new globalThis.RegExp(`^${text}$`, "u"), "/no/", 4 / 2 / 1];',
    ].join('\n');
    const seen = expressionsIn('some.ts', source).map(({ line, pattern, flags }) => [line, pattern, flags]);
    expect(seen).toStrictEqual([
      [2, String.raw`a\/b`, 'gu'],
      [2, 'a+', ''],
      [2, String.raw`\d(?:[\s.]{0,3}\d)*`, 'g'],
      [2, 'c', ''],
      [3, null, ''],
      [3, null, 'u'],
    ]);
  });
});
