import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { demoMembers } from '../src/backends/demo/members.ts';
import type { ConversationId } from '../src/core/inbound.ts';
import { daySchema } from '../src/core/jamsostek/month.ts';
import { turnId } from '../src/core/services.ts';
import { traceOf } from '../src/engine/trace.ts';
import { openLog } from '../src/log.ts';
import { redact, safeError } from '../src/redaction.ts';

const members = demoMembers(daySchema.parse('2026-11-22'));

/** The digits of any script, as they are read. */
function plainDigits(text: string): string {
  return text.normalize('NFKC').replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0) ?? 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && (digit.codePointAt(0) ?? 0) - zero < 9) zero -= 1;
    return String((digit.codePointAt(0) ?? 0) - zero);
  });
}

/** All digits that are left, in a row, whatever stands between them. */
function digitsLeft(text: string): string {
  return plainDigits(text).replace(/\D/g, '');
}

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const separator = fc.constantFrom(
  '',
  '',
  '',
  ' ',
  '.',
  '-',
  ' - ',
  '\u00a0',
  '\u200b',
  '\u2013',
  ':',
  '/',
  ', ',
  '\ufe0f\u20e3',
);
const zeros = [0x30, 0xff10, 0x660, 0x6f0, 0x966, 0xa9d0, 0x1b50, 0x1d7ce];

/** A number as people write it: with separators anywhere, in the digits of one script. */
const written = (number: fc.Arbitrary<string>) =>
  fc
    .tuple(number, fc.constantFrom(...zeros), fc.array(separator, { minLength: 20, maxLength: 20 }))
    .map(([plain, zero, gaps]) => ({
      plain,
      text: Array.from(plain)
        .map((digit, at) => String.fromCodePoint(zero + Number(digit)) + (gaps[at] ?? ''))
        .join(''),
    }));

/** Text around it, without digits of its own. */
const prose = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.normalize('NFKC').replace(/\p{N}/gu, ''));

describe('what is taken out of every text', () => {
  it.each([
    ['a NIK', digits(16)],
    ['a one-time code', digits(6)],
    ['a membership number', digits(11)],
    ['a phone number', fc.constantFrom('08', '628').chain((start) => digits(9).map((rest) => start + rest))],
  ])('%s, however it is written', (_, number) => {
    fc.assert(
      fc.property(written(number), prose, prose, ({ plain, text }, before, after) => {
        const left = digitsLeft(redact(`${before} ${text} ${after}`));
        expect(left).not.toContain(plain.slice(0, 6));
        expect(left.length).toBeLessThan(6);
      }),
      { numRuns: 500 },
    );
  });

  it('an old membership number with its letter', () => {
    expect(redact('KPJ 02D98425444.')).toBe('KPJ [digits].');
  });

  it('amounts, however small', () => {
    const amount = fc.tuple(
      fc.constantFrom('Rp', 'Rp ', 'rp. ', 'Rp\u00a0', 'IDR '),
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.constantFrom('id', 'en'),
    );
    fc.assert(
      fc.property(amount, prose, ([sign, value, language], before) => {
        const text = sign + value.toLocaleString(language);
        expect(digitsLeft(redact(`${before} ${text} lalu`))).toBe('');
      }),
    );
    for (const text of ['1,5 juta', '500 ribu', '25 rb', '2 jt', '3.5 million'])
      expect(digitsLeft(redact(text))).toBe('');
  });

  it('bot tokens', () => {
    const token = fc.tuple(
      digits(10),
      fc.string({ unit: fc.constantFrom('a', 'B', '3', '_', '-'), minLength: 35, maxLength: 35 }),
    );
    fc.assert(
      fc.property(token, ([id, secret]) => {
        expect(redact(`https://api.telegram.org/bot${id}:${secret}/getMe`)).not.toContain(secret);
        expect(redact(`token ${id}:${secret}.`)).not.toContain(secret);
      }),
    );
  });

  it('all of an address but its host', () => {
    const places = [
      'postgres://bot:hunter2@db.example/members?sslmode=require',
      'postgres://bot:hun@ter/2@db.example/members',
      'http://db.example/cgi-bin/sendsms?password=hunter2&text=kode',
      'https://db.example#hunter2',
    ];
    for (const place of places)
      expect(redact(`at ${place} now`)).toMatch(/^at \w+:\/\/db\.example(\/…)? now$|db\.example\/… now$/);
    for (const place of places) expect(redact(place)).not.toMatch(/hunter2|hun@|kode/);
  });

  it('line breaks and everything that steers a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(redact(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/u);
      }),
    );
  });

  it('is quick about texts made to be slow', () => {
    const hard = ['1 ', '1'.repeat(5) + 'x', 'x://', 'a.', '"', 'Rp', '1234567890:', 'x://a@', 'x://a"'].map((part) =>
      part.repeat(200_000),
    );
    const began = performance.now();
    for (const text of hard) redact(text);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('leaves other words as they are', () => {
    const text = 'turn 3 of lane 12 failed: the registry is unavailable (57P01) at engine.ts:42';
    expect(redact(text)).toBe(text);
  });
});

describe('an error in the log', () => {
  it('loses what it quotes, the statement, its values and causes that are no errors', () => {
    const [member] = members;
    const nik = member?.nik ?? '';
    const name = member?.name ?? '';
    const inner = Object.assign(new Error(`duplicate key: "${name}" and '${name}`), {
      code: '23505',
      detail: `Key (nik)=(${nik}) already exists.`,
      query: 'select * from registry.members',
      params: [nik, name],
      cause: { nik, name },
    });
    const text = JSON.stringify(safeError(new Error(`no row for ${nik}`, { cause: inner })));
    expect(text).not.toMatch(new RegExp(`${nik}|${name}|select|Key`));
    expect(z.object({ cause: z.object({ code: z.string() }) }).parse(JSON.parse(text)).cause.code).toBe('23505');
  });

  it('says where in the program it came from, without lines that its message made up', () => {
    const error = safeError(new Error('first\n    at Budi Santoso (/members/Budi.ts:1:2)'));
    expect(error.at?.[0]).toMatch(/tests\/log\.test\.ts:\d+$/);
    expect(error.at?.join()).not.toContain('Budi');
  });

  it('that refers to itself ends', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(safeError(error)).match(/round/g)?.length).toBe(4);
  });

  it('can be anything that was thrown', () => {
    for (const thrown of ['3175011234560001', null, undefined, 3175011234560001n, { nik: '3175011234560001' }]) {
      expect(JSON.stringify(safeError(thrown))).not.toContain('3175');
    }
  });
});

const idOf = z.custom<ConversationId>();

describe('the log', () => {
  const conversation = idOf.parse('123456789012345678_-AB');
  const turn = turnId(conversation, 'event-3175011234560001');
  const accepted = (channel: string) =>
    ({ code: 'inbound.accepted', turn, conversation, channel, content: 'text' }) as const;

  function linesAt(level: 'debug' | 'warn', write: (log: ReturnType<typeof openLog>) => void): string[] {
    const lines: string[] = [];
    write(openLog(level, { write: (line) => lines.push(line) }));
    return lines;
  }

  it('writes one line of JSON for each event, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (channel) => {
        const lines = linesAt('debug', (log) => log.debug(accepted(channel)));
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatch(/^[^\p{Cc}]+\n$/u);
        const line: unknown = JSON.parse(lines[0] ?? '');
        expect(line).toMatchObject({ level: 'debug', code: 'inbound.accepted', conversation });
      }),
    );
  });

  it('takes numbers out of every field but the conversation id', () => {
    const [line] = linesAt('debug', (log) => log.debug(accepted('3175011234560001')));
    expect(JSON.parse(line ?? '')).toMatchObject({ conversation, channel: '[digits]' });
    const [other] = linesAt('debug', (log) =>
      log.debug({ ...accepted('web'), conversation: idOf.parse('3175011234560001') }),
    );
    expect(other).not.toContain('3175');
  });

  it('writes a turn as its trace alone', () => {
    const [line] = linesAt('debug', (log) => log.debug(accepted('web')));
    expect(JSON.parse(line ?? '')).toMatchObject({ trace: traceOf(turn) });
    expect(line).not.toMatch(/event-|"turn"/);
  });

  it('leaves out what is below its level', () => {
    const lines = linesAt('warn', (log) => {
      log.debug(accepted('web'));
      log.error({ code: 'program.failed', error: new Error('x') });
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'error',
      code: 'program.failed',
      error: { name: 'Error', message: 'x' },
    });
  });
});
