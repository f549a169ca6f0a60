import { z } from 'zod';
import { provinceNamed, regenciesNamed } from '../areas/named.ts';
import type { Province, Regency } from '../areas/regencies.ts';
import type { Point } from '../areas/seats.ts';
import words from './words.json' with { type: 'json' };

/** An office of the agency: branch (KC), pioneer branch (KCP), regional office (Kanwil) or head office (Pusat). */
export interface Office extends Point {
  /** The agency's own, `L00`; null where it is not known. */
  readonly code: string | null;
  readonly name: string;
  readonly kind: OfficeKind;
  /** Street and number; null where it is not known: never to be made up. */
  readonly address: string | null;
  readonly area: Regency;
  readonly province: Province;
  /** As the list has it, `(024) 3520279`; null where it is not known. */
  readonly phone: string | null;
  /** What the coordinates are those of: the office itself, or the centre of its town. */
  readonly precision: Precision;
  /** False where nothing but general knowledge speaks for it: a member is told to ask first. */
  readonly certain: boolean;
}

const kinds = ['branch', 'pioneer', 'regional', 'head'] as const;
export type OfficeKind = (typeof kinds)[number];

const precisions = ['office', 'city', 'regency'] as const;
export type Precision = (typeof precisions)[number];

/** What a row says that cannot be used; `row` counts from 1 without the header, and is 0 for what is wrong with them all. */
export interface RowProblem {
  readonly row: number;
  readonly wrong: string;
}

/** What a list of offices comes to: a bad row is left out and named, the good ones are used. */
export interface OfficeList {
  readonly offices: readonly Office[];
  readonly problems: readonly RowProblem[];
}

/** The columns that a list must have, as `data/offices.csv` has them; others are not looked at. */
const columns = [
  'code',
  'name',
  'type',
  'address',
  'city',
  'province',
  'phone',
  'latitude',
  'longitude',
  'coord_precision',
  'confidence',
] as const;

/** Reads the rows of a list of offices: records of strings by column. */
export function readOffices(rows: readonly Readonly<Record<string, string>>[]): OfficeList {
  const [first] = rows;
  if (!first) return { offices: [], problems: [{ row: 0, wrong: 'there are no rows' }] };
  const missing = columns.filter((column) => !Object.hasOwn(first, column));
  if (missing.length > 0) {
    return { offices: [], problems: missing.map((column) => ({ row: 0, wrong: `there is no column "${column}"` })) };
  }
  const offices: Office[] = [];
  const problems: RowProblem[] = [];
  const taken = new Map<string, Office>();
  for (const [index, fields] of rows.entries()) {
    const row = index + 1;
    const read = rowSchema.safeParse(fields);
    const wrong = read.success ? wrongWithNames(read.data, taken) : read.error.issues.map(told);
    if (read.success && wrong.length === 0) offices.push(read.data);
    else problems.push(...wrong.map((each) => ({ row, wrong: each })));
  }
  return { offices, problems };
}

/** What an office shares with one that is used and stands before it; the code and the name of a good one are taken then. */
function wrongWithNames(office: Office, taken: Map<string, Office>): string[] {
  const { code, name } = office;
  const keys = { name: `name ${name.toLowerCase()}`, ...(code === null ? {} : { code: `code ${code.toLowerCase()}` }) };
  const wrong = Object.entries(keys).flatMap(([what, key]) => {
    const earlier = taken.get(key);
    return earlier ? [`the ${what} is that of ${quoted(earlier.name)}, which stands before it`] : [];
  });
  if (wrong.length === 0) for (const key of Object.values(keys)) taken.set(key, office);
  return wrong;
}

function told({ path, message }: z.core.$ZodIssue): string {
  return path.length > 0 ? `${path.join('.')}: ${message}` : message;
}

const line = z.string('is missing').transform((text) => text.trim().replace(/\s+/g, ' '));
const optional = line.transform((text) => (text === '' ? null : text));

/** A word of the list, in any capitals, and what it stands for here. */
function word<Meaning extends string>(list: Readonly<Record<string, string>>, meanings: readonly Meaning[]) {
  const known = new Map(Object.entries(list).map(([written, meant]) => [written.toLowerCase(), meant]));
  return line
    .refine((text) => known.has(text.toLowerCase()), {
      error: ({ input }) => `${quoted(input)} is none of ${Object.keys(list).join(', ')}`,
    })
    .transform((text) => known.get(text.toLowerCase()))
    .pipe(z.enum(meanings));
}

/** Degrees with a decimal point, within the bounds of Indonesia's land (Rondo, Ndana, Benggala, the border of Papua). */
function degrees(from: number, to: number) {
  return line.transform((text, context) => {
    const value = /^-?\d{1,3}(\.\d{1,15})?$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    const message = Number.isNaN(value)
      ? `${quoted(text)} is no number of degrees`
      : `${text} lies outside Indonesia, ${from} to ${to}`;
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  });
}

/** An Indonesian number as people write it: 9 to 13 digits with the 0 or +62 in front, and what is put between them. */
const phone = optional.refine(
  (text) =>
    text === null || (/^[+(\d][\d ().-]*$/.test(text) && /^(0|62)[1-9]\d{6,11}$/.test(text.replace(/[ ().+-]/g, ''))),
  { error: ({ input }) => `${quoted(input)} is no phone number` },
);

const rowSchema = z
  .object({
    code: optional,
    name: line.refine((text) => text !== '', 'is empty'),
    type: word(words.kinds, kinds),
    address: optional,
    city: line,
    province: line,
    phone,
    latitude: degrees(-11.1, 6.2),
    longitude: degrees(94.9, 141.1),
    coord_precision: word(words.precisions, precisions),
    confidence: word(words.confidences, ['certain', 'uncertain']),
  })
  .transform(({ type, city, province, coord_precision, confidence, ...same }, context): Office => {
    const fail = (path: string, message: string) => {
      context.issues.push({ code: 'custom', message, path: [path], input: same });
      return z.NEVER;
    };
    const within = provinceNamed(province);
    if (!within) return fail('province', `${quoted(province)} is no province`);
    const named = regenciesNamed(city);
    const here = named.filter((regency) => regency.province.code === within.code);
    const [area, other] = here;
    if (named.length === 0) return fail('city', `${quoted(city)} is no city or regency`);
    if (!area) return fail('city', `${quoted(city)} does not lie in ${within.name}`);
    if (other) return fail('city', `${quoted(city)} can be ${here.map(({ label }) => label).join(' or ')}`);
    return {
      ...same,
      kind: type,
      area,
      province: within,
      precision: coord_precision,
      certain: confidence === 'certain',
    };
  });

function quoted(written: unknown): string {
  return JSON.stringify(String(written).slice(0, 60));
}
