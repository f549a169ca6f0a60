/**
 * What never leaves in a log line, whatever brought it there. Typed events hold nothing personal in the first place;
 * this is the net below them, and it would rather take too much than too little: any six digits go, since six are a
 * one-time code, and so do longer ones (NIK, KPJ, phone numbers, amounts, network addresses).
 */

/** Longer texts are cut: nothing in a log line needs more. */
const mostRead = 4_000;
const mostKept = 1_000;

/** What people put between the digits of one number. */
const between = String.raw`[\s.,:\-_/()+‐-―−·•\p{M}]{0,3}`;

const rules: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  // Format characters can hide between digits; controls can forge lines and colours.
  [/\p{Cf}/gu, ''],
  [/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '],
  // An address keeps its host alone: names, passwords, queries and paths can all hold secrets.
  [/\b[a-z][a-z\d+.-]{0,15}:\/\/\S+/giu, hostOnly],
  [/\d{8,10}:[\w-]{35,}/gu, '[token]'],
  [/\b(?:Rp|IDR)[\s.]*\p{N}[\p{N}.,]*/giu, '[amount]'],
  [/(?<![\p{N}.,])([.,]*)\p{N}[\p{N}.,]*\s?(?:rb|ribu|jt|juta|miliar|thousand|million)\b/giu, '$1[amount]'],
  // The letter in third place is that of old membership numbers.
  [new RegExp(String.raw`(?:\p{N}{2}\p{L})?\p{N}(?:${between}\p{N}){5,}`, 'gu'), '[digits]'],
];

/** The text without numbers that could be somebody's, secrets in addresses, and control characters; cut when long. */
export function redact(text: string): string {
  let safe = text.slice(0, mostRead).toWellFormed();
  for (const [pattern, mark] of rules) {
    safe = typeof mark === 'string' ? safe.replace(pattern, mark) : safe.replace(pattern, mark);
  }
  return safe.length > mostKept ? `${safe.slice(0, mostKept)}…` : safe;
}

/** All that follows the scheme up to a space is the address: a quote or a bracket can stand in a password. */
function hostOnly(address: string): string {
  const scheme = address.slice(0, address.indexOf('://') + 3);
  const [host = ''] = address.slice(Math.max(scheme.length, address.lastIndexOf('@') + 1)).split(/[/?#"'<>]/);
  return `${scheme}${host}/…`;
}

/** What is kept of an error. */
export interface SafeError {
  readonly name: string;
  /** The system's or the database's code, `ECONNREFUSED` or `57P01`. */
  readonly code?: string;
  readonly message: string;
  /** Where in the program, innermost first, as `function file:line`. */
  readonly at?: readonly string[];
  readonly cause?: SafeError;
}

const mostFrames = 8;
const mostCauses = 3;

/**
 * An error without what it may quote: databases and parsers repeat the value they choke on, in quotes, and hang the
 * statement and its values on the error as properties. Name, code, the message without what is quoted, the places in
 * the program and the causes that are errors themselves are all that is kept.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { name: 'thrown', message: `a ${typeof error} that is no error` };
  const code = 'code' in error && typeof error.code === 'string' ? redact(error.code) : undefined;
  const at = framesOf(error);
  return {
    name: redact(error.name),
    ...(code !== undefined && { code }),
    message: redact(withoutQuotes(error.message)),
    ...(at.length > 0 && { at }),
    ...(error.cause instanceof Error && depth < mostCauses && { cause: safeError(error.cause, depth + 1) }),
  };
}

/** Cuts at the first quote that is not closed, too: what follows it may be the value. */
function withoutQuotes(message: string): string {
  return message.replace(/(["'`])(?:.*?\1|.*$)/gsu, '[quoted]');
}

/** The stack begins with the message, which may hold lines that look like places. */
function framesOf(error: Error): string[] {
  const { stack, message } = error;
  if (typeof stack !== 'string') return [];
  const end = stack.indexOf(message);
  const frames = end === -1 ? [] : stack.slice(end + message.length).split('\n');
  return frames
    .map((line) => /^ {4}at (?:(?:async )?([^\s()]+)(?:\s[^()]*)?\()?([^()\s]+):(\d+):\d+\)?$/u.exec(line))
    .filter((found) => found !== null)
    .slice(0, mostFrames)
    .map(([, name, file = '', line]) => {
      const place = file
        .replace(/^file:\/\//u, '')
        .split('/')
        .slice(-3)
        .join('/');
      return redact(`${name ?? ''} ${place}:${line}`.trim());
    });
}
