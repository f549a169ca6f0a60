import { randomBytes } from 'node:crypto';
import { encode } from 'uqr';
import { wordingOf } from '../../core/jamsostek/figures/figures.ts';
import { type Day, daySchema } from '../../core/jamsostek/month.ts';
import { type Rupiah, rupiah } from '../../core/jamsostek/rupiah.ts';
import type { ReplyFile } from '../../core/reply.ts';
import type { StatementContent } from '../../core/services.ts';
import { filled, type Speech, speeches } from '../../core/speech.ts';
import { a4, openPage, type Page, type Style } from './page.ts';
import texts from './statement.json' with { type: 'json' };
import { lowest, type Table, table } from './table.ts';

const margin = 42;
const width = a4.width - 2 * margin;
const plain: Style = { size: 10, lines: 2 };
const small: Style = { size: 8, grey: true };
const heading: Style = { size: 11, bold: true };
/** With the white that a reader needs around it: four squares on each side. */
const codeSize = 112;
const quiet = 4;
const regions = { id: 'id-ID', en: 'en-GB' } as const;

type Texts = (typeof texts)['id'];

/**
 * A balance statement of one calendar year in A4 (PDF), which only the member's NIK opens: encrypted with AES-256, to be
 * read, printed and read out. The same content makes the same pages, never the same bytes.
 *
 * `owner`: the password to change it, from a secure source. Nobody keeps it.
 */
export async function statement(
  content: StatementContent,
  owner: string = randomBytes(32).toString('base64url'),
): Promise<Uint8Array> {
  const { language, year, maskedNik, day, password } = content;
  const own: Texts = texts[language];
  const speech = speeches[language];
  const page = await openPage({
    title: own.title,
    lang: regions[language],
    day,
    lock: { password, owner },
    foot: (at, pages) => filled(own.foot, { year, nik: maskedNik, page: at, pages }),
  });
  let y = head(page, own, speech, content);
  y = titled(page, y, own.balances.heading, balancesExplained(own, speech, content));
  y = table(page, margin, y, balances(own, speech, content));
  y = contributions(page, y, own, speech, content);
  wrong(page, y + 16, own, wordingOf('contact.phone', day));
  return page.bytes();
}

/** The statement as what goes with a reply. Neither its name nor its words hold anything personal. */
export async function statementFile(content: StatementContent): Promise<ReplyFile> {
  const { year, language } = content;
  const { file, words } = texts[language];
  return {
    kind: 'document',
    name: filled(file, { year }),
    type: 'application/pdf',
    content: Buffer.from(await statement(content)).toString('base64'),
    words: filled(words, { year }),
  };
}

/** Whose statement it is, of when, and how to see that it was made here. */
function head(page: Page, own: Texts, speech: Speech, content: StatementContent): number {
  const { name, maskedNik, year, asOf, day, address } = content;
  const beside = address === null ? width : width - codeSize;
  let y = page.write(
    'H1',
    filled(own.heading, { year }),
    { x: margin, y: 42, width: beside },
    { size: 17, bold: true },
  );
  y = page.write('P', own.about, { x: margin, y: y + 2, width: beside }, small) + 12;
  const after = lastDay(content);
  const values = {
    name,
    nik: maskedNik,
    year: after === yearEnd(year) ? String(year) : filled(own.running, { year, day: speech.day(after) }),
    asOf: speech.day(asOf),
    day: speech.day(day),
  };
  for (const field of ['name', 'nik', 'year', 'asOf', 'day'] as const) {
    page.write('P', own.fields[field], { x: margin, y, width: 90 }, { size: 10, grey: true });
    y = page.write('P', values[field], { x: margin + 94, y, width: beside - 94 }, plain) + 3;
  }
  return address === null ? y : code(page, Math.max(y, 42 + codeSize) + 4, own, address);
}

function code(page: Page, top: number, own: Texts, address: string): number {
  const { data } = encode(address, { ecc: 'M', border: quiet });
  // The white around it goes over the margins of the page: so the code itself stands in line with the tables.
  const white = (codeSize / data.length) * quiet;
  const area = { x: margin + width - codeSize + white, y: 42 - white, width: codeSize, height: codeSize };
  page.squares(data, area, own.code.alt);
  const y = page.write('P', own.code.explained, { x: margin, y: top, width }, small);
  return page.write('Link', address, { x: margin, y, width }, { ...small, lines: 3, link: address });
}

function titled(page: Page, y: number, title: string, explained: string): number {
  const end = page.write('H2', title, { x: margin, y: y + 16, width }, heading);
  return page.write('P', explained, { x: margin, y: end, width }, small) + 4;
}

function yearEnd(year: number): Day {
  return daySchema.parse(`${year}-12-31`);
}

/** The last day of the year that the figures know of. */
function lastDay({ year, asOf }: StatementContent): Day {
  const end = yearEnd(year);
  return asOf < end ? asOf : end;
}

function balancesExplained(own: Texts, speech: Speech, content: StatementContent): string {
  return filled(own.balances.explained, { before: content.year - 1, after: speech.day(lastDay(content)) });
}

/** Without `Rp`: what stands over the table says it, and the figures stay large. */
function amount(speech: Speech, value: Rupiah): string {
  return speech.rupiah(value).replace('Rp', '');
}

function balances({ balances: own }: Texts, speech: Speech, { memberships }: StatementContent): Table {
  const figures = ['before', 'contributed', 'growth', 'paidOut', 'after'] as const;
  const each = 74;
  return {
    columns: [
      { title: own.kpj, width: width - figures.length * each },
      ...figures.map((figure) => ({ title: own[figure], width: each, align: 'right' as const })),
    ],
    rows: memberships.map((membership) => [
      {
        text: membership.kpj,
        under: filled(membership.active ? own.active : own.inactive, { employer: membership.employer }),
      },
      ...figures.map((figure) => ({ text: amount(speech, membership[figure]) })),
    ]),
    sums: [
      { text: own.sum },
      ...figures.map((figure) => ({ text: amount(speech, total(memberships.map((each) => each[figure]))) })),
    ],
  };
}

function contributions(page: Page, top: number, all: Texts, speech: Speech, content: StatementContent): number {
  const { contributions: own } = all;
  const { year, memberships, contributions } = content;
  const title = filled(own.heading, { year });
  if (contributions.length === 0) return titled(page, top, title, own.none);
  const y = titled(page, top, title, own.explained);
  return table(page, margin, y, {
    columns: [
      { title: own.month, width: 78 },
      { title: own.kpj, width: 68 },
      { title: own.employer, width: width - 374, wraps: true },
      { title: own.wage, width: 74, align: 'right' },
      { title: own.amount, width: 70, align: 'right' },
      { title: own.postedOn, width: 84, align: 'right' },
    ],
    rows: contributions.map(({ month, kpj, employer, wage, amount: paid, postedOn }) => [
      { text: speech.month(month) },
      { text: kpj },
      { text: employer ?? memberships.find((each) => each.kpj === kpj)?.employer ?? '–' },
      { text: wage === null ? '–' : amount(speech, wage) },
      { text: amount(speech, paid) },
      { text: speech.day(postedOn) },
    ]),
    sums: [
      { text: own.sum },
      { text: '' },
      { text: '' },
      { text: '' },
      { text: amount(speech, total(contributions.map((each) => each.amount))) },
      { text: '' },
    ],
  });
}

function total(amounts: readonly Rupiah[]): Rupiah {
  return rupiah(amounts.reduce((sum, each) => sum + each, 0));
}

/** What to do when something is not right: in one piece, on a new page where there is no room. */
function wrong(page: Page, top: number, { wrong: own }: Texts, phone: string): void {
  const steps = own.steps.map((step, index) => `${index + 1}. ${filled(step, { phone })}`);
  const style: Style = { size: 9 };
  const needed = steps.reduce(
    (sum, step) => sum + page.height(step, width, style) + 2,
    page.height(own.heading, width, heading),
  );
  let y = top;
  if (y + needed > lowest) {
    page.next();
    y = margin;
  }
  y = page.write('H2', own.heading, { x: margin, y, width }, heading) + 2;
  for (const step of steps) y = page.write('P', step, { x: margin, y, width }, style) + 2;
}
