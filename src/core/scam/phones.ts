import type { Finding, Verdicted } from './judgement.ts';
import { channels, knownPhone } from './official.ts';

/** Digits of a run, with what stands before each group. */
interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

const shortest = 9;
const longest = 14;
/** What makes a number an amount, an age or a length. */
const units =
  /^ ?(?:rb|ribu|jt|juta|jutaan|k|m|miliar|%|persen|cm|kg|hari|bulan|tahun|orang|peserta|days|years|people)\b/i;

/** The phone numbers in a text whose digits are plain. Runs of 16 digits are NIK, and are left alone. */
export function phonesIn(text: string): Finding[] {
  return runsIn(text).flatMap((run) => phonesOf(run, text));
}

/** What is known of a number in digits alone, with or without the country's code. */
export function judgePhone(digits: string): Verdicted {
  const own = digits.startsWith('0') ? `62${digits.slice(1)}` : digits;
  return knownPhone(own) ?? { verdict: 'unknown', why: own.startsWith('62') ? 'not_known' : 'foreign' };
}

/** Digits that are at most two characters (space, dot, dash, bracket) apart belong to one run. */
function runsIn(text: string): Group[][] {
  const runs: Group[][] = [];
  let last: Group | undefined;
  for (const { 0: digits, index } of text.matchAll(/\d+/g)) {
    const group = { digits, start: index, end: index + digits.length };
    const between = last === undefined ? null : text.slice(last.end, index);
    if (between !== null && /^[ .()\-+]{1,3}$/.test(between)) runs.at(-1)?.push(group);
    else runs.push([group]);
    last = group;
  }
  return runs;
}

function phonesOf(run: readonly Group[], text: string): Finding[] {
  if (run.reduce((sum, { digits }) => sum + digits.length, 0) === 16) return [];
  const found: Finding[] = [];
  for (let at = 0; at < run.length; ) {
    const size = sizeAt(run.slice(at, at + 8), text);
    const [first, last] = [run[at], run[at + size - 1]];
    if (size > 0 && first && last) {
      const start = text[first.start - 1] === '+' ? first.start - 1 : first.start;
      const digits = joined(run.slice(at, at + size));
      found.push({ kind: 'phone', shown: text.slice(start, last.end), ...judgePhone(digits) });
    }
    at += Math.max(1, size);
  }
  return found;
}

/** How many groups from the first on make a phone number; 0 when they make none. */
function sizeAt(groups: readonly Group[], text: string): number {
  const first = groups[0];
  if (!first) return 0;
  for (let size = 1; size <= groups.length; size += 1) {
    const digits = joined(groups.slice(0, size));
    if (digits.length > longest) break;
    const known = digits.startsWith('0') ? `62${digits.slice(1)}` : digits;
    if (channels.phones.some((phone) => phone.digits === known) && isCalled(groups[size - 1] ?? first, first, text)) {
      return size;
    }
  }
  const before = text[first.start - 1];
  if (before !== '+' && !/^(?:0[2-9]|62)/.test(first.digits) && !(first.digits === '62' && groups.length > 1)) return 0;
  let size = 0;
  for (let length = 0; size < groups.length; size += 1) {
    length += groups[size]?.digits.length ?? 0;
    if (length > longest) break;
  }
  return joined(groups.slice(0, size)).length >= shortest ? size : 0;
}

/** Short numbers are also amounts ("Rp175.000", "165 ribu"); one that is called stands alone. */
function isCalled(last: Group, first: Group, text: string): boolean {
  if (last.end - first.start > 7) return true;
  const before = text.slice(Math.max(0, first.start - 4), first.start);
  const after = text.slice(last.end, last.end + 10);
  return !/(?:rp\.? ?|\d[.,]|[a-z])$/i.test(before) && !/^(?:[.,]\d|[a-z])/i.test(after) && !units.test(after);
}

function joined(groups: readonly Group[]): string {
  return groups.map(({ digits }) => digits).join('');
}
