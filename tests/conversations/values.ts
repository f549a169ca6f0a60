import type { DemoMember } from '../../src/backends/demo/members.ts';

/** What `{…}` stands for in a transcript. */
export interface TranscriptValues {
  fill(text: string): string;
  /** Takes note of the code in an SMS: `{CODE}` is the newest, `{OLD CODE}` the one before. */
  heardSms(text: string): void;
  /** Takes note of the number in an SMS that tells of a login: `{ALARM}`. */
  heardNotice(text: string): void;
}

/** A NIK of the right shape that nobody has. */
const unknownNik = '3201014101900001';

export function valuesFor(member: DemoMember, total: string): TranscriptValues {
  const { nik } = member;
  const codes: string[] = [];
  let alarm: string | undefined;
  const newest = () => codes.at(-1) ?? fail('{CODE} before any SMS');
  const values: Record<string, () => string> = {
    NIK: () => nik,
    'NIK in groups': () => nik.replace(/(.{4})(?=.)/g, '$1 '),
    'NIK with dots': () => nik.replace(/(.{6})(.{6})/, '$1.$2-'),
    'NIK fullwidth': () => shifted(nik, 0xff10),
    'NIK arabic': () => shifted(nik, 0x0660),
    'NIK turned around': () => `\u202E${[...nik].reverse().join('')}\u202C`,
    'NIK one short': () => nik.slice(0, 15),
    'NIK two long': () => `${nik}77`,
    'NIK with letters': () => `${nik.slice(0, 8)}OO${nik.slice(10)}`,
    'UNKNOWN NIK': () => unknownNik,
    'SECOND NIK': () => '3201014101900002',
    'THIRD NIK': () => '3201014101900003',
    'FOURTH NIK': () => '3201014101900004',
    KPJ: () => member.memberships[0]?.kpj ?? '',
    'SECOND KPJ': () => member.memberships[1]?.kpj ?? '',
    TOTAL: () => total,
    CODE: newest,
    'CODE in groups': () => newest().replace(/(.{3})/, '$1 '),
    'CODE arabic': () => shifted(newest(), 0x0660),
    'CODE one short': () => newest().slice(0, 5),
    'OLD CODE': () => codes.at(-2) ?? fail('{OLD CODE} before two SMS'),
    'WRONG CODE': () => String((Number(codes.at(-1) ?? '123456') + 1) % 1_000_000).padStart(6, '0'),
    ALARM: () => alarm ?? fail('{ALARM} before any notice'),
    'WRONG ALARM': () => String((Number(alarm ?? '12345678') + 1) % 100_000_000).padStart(8, '0'),
    LONG: () => 'panjang sekali '.repeat(4_700),
  };
  return {
    fill: (text) => text.replace(/\{([^}]+)\}/g, (_, name: string) => (values[name] ?? fail(`no value {${name}}`))()),
    heardSms: (text) => {
      const code = /\d{6}/.exec(text)?.[0];
      if (code !== undefined) codes.push(code);
    },
    heardNotice: (text) => {
      alarm = /\d{8}/.exec(text)?.[0] ?? alarm;
    },
  };
}

/** The digits in another script, whose zero is this code point. */
function shifted(digits: string, zero: number): string {
  return [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
}

function fail(what: string): never {
  throw new Error(what);
}
