import { figure, wordingOf } from '../../core/jamsostek/figures/figures.ts';
import type { ReplyFile } from '../../core/reply.ts';
import type { LetterContent } from '../../core/services.ts';
import { filled, speeches } from '../../core/speech.ts';
import { english, full, margin, notes, type Put, putting, signing, signingHeight, width } from './form.ts';
import texts from './letter.json' with { type: 'json' };
import { openPage, type Page, type Style } from './page.ts';

const own = texts.id;
const body: Style = { size: 10.5 };
const labelWidth = 130;
/** How findings are written: in which size, and whether with their English. */
interface Way {
  readonly size: number;
  readonly translated: boolean;
}

/** A text, and its English. */
interface Written {
  readonly text: string;
  readonly under: string;
}

/** The first in which all findings have room is taken; where they have none in the densest, the rest is counted. */
const ways: readonly Way[] = [
  { size: 10.5, translated: true },
  { size: 9.5, translated: true },
  { size: 9.5, translated: false },
  { size: 8.5, translated: false },
];
const densest: Way = { size: 7.5, translated: false };
const gap = 3;

/**
 * A letter that asks the employer's HR, or a branch of the agency, to check a member's contributions and to answer in
 * writing: one A4 page (PDF) to read, print and sign. It says what the record shows and accuses nobody. The same input
 * makes the same bytes.
 *
 * Source: the day that a month is due on, PP 44, 45 and 46 of 2015.
 */
export async function letter(content: LetterContent): Promise<Uint8Array> {
  const { language, to, day, name, kpj, employer } = content;
  const [mine, theirs] = [own[to], texts.en[to]];
  const values = { day: speeches.id.day(day), employer, phone: wordingOf('contact.phone', day) };
  const say = (text: string) => filled(text, values);
  const sayEnglish = (text: string) => filled(text, { ...values, day: speeches.en.day(day) });
  const page = await openPage({ title: mine.title, lang: 'id-ID', day });
  const put = putting(page, language);

  let y = 44;
  for (const [index, line] of mine.to.entries()) {
    y = page.write('P', say(line), full(y), { ...body, bold: index > 0, lines: 2 });
  }
  y = put(own.place, sayEnglish(theirs.to), y, body) + 14;
  y = page.write('H1', own.subject, full(y), { ...body, bold: true });
  y = put('', texts.en.subject, y, body) + 14;
  y = put(own.greeting, texts.en.greeting, y, body) + 4;
  y = put(mine.intro, theirs.intro, y, body) + 6;
  for (const [field, value] of [
    ['name', name],
    ['kpj', kpj],
    ['employer', employer],
  ] as const) {
    const end = put(own.fields[field], '', y, body, margin, labelWidth);
    const x = margin + labelWidth;
    const bottom = page.write('P', `: ${value}`, { x, y, width: width - labelWidth }, { ...body, lines: 2 });
    y = Math.max(end, bottom) + 3;
  }
  y = put(say(mine.seen), sayEnglish(theirs.seen), y + 5, body) + 5;

  const due = figure('pay.day', day);
  const after = [
    { text: mine.asks, under: theirs.asks },
    // The employer's due day is not said where it is not known.
    ...(to === 'employer' && due === undefined
      ? []
      : [{ text: filled(mine.also, { payDay: due ?? '' }), under: filled(theirs.also, { payDay: due ?? '' }) }]),
    { text: mine.answer, under: theirs.answer },
  ];
  const foot = notes(page, language, mine.notes.map(say), theirs.notes.map(sayEnglish));
  const taken = after.reduce((sum, { text, under }) => sum + tall(page, content, text, under, body, width) + 6, 0);
  y = findings(page, put, y, foot - signingHeight - taken - 8, content) + 8;
  for (const { text, under } of after) y = put(text, under, y, body) + 6;
  signing(page, put, y + 8, own, texts.en, values.day, name);
  return page.bytes();
}

/** The letter as what goes with a reply. Neither its name nor its words hold anything personal. */
export async function letterFile(content: LetterContent): Promise<ReplyFile> {
  const { language, to } = content;
  return {
    kind: 'document',
    name: own[to].file,
    type: 'application/pdf',
    content: Buffer.from(await letter(content)).toString('base64'),
    words: texts[language][to].words,
  };
}

/** How high a text is, with its English where that is written. */
function tall(
  page: Page,
  { language }: LetterContent,
  text: string,
  under: string,
  style: Style,
  wide: number,
): number {
  const below = language === 'id' || under === '' ? 0 : page.height(under, wide, english);
  return page.height(text, wide, style) + below;
}

/** Numbers the findings from `top` on, down to `lowest` at most, and gives the y under them. */
function findings(page: Page, put: Put, top: number, lowest: number, content: LetterContent): number {
  const { findings: all, translated } = content;
  const [indent, inner, room] = [20, width - 20, lowest - top];
  const written = (way: Way) =>
    all.map((text, index) => ({ text, under: way.translated ? (translated[index] ?? '') : '' }));
  const high = (way: Way, some: readonly Written[]) =>
    some.map(({ text, under }) => tall(page, content, text, under, { size: way.size, lines: 4 }, inner) + gap);
  const way = ways.find((each) => total(high(each, written(each))) <= room) ?? densest;
  const shown = [...written(way)];
  const heights = high(way, shown);
  const rest: Written[] = [];
  while (shown.length > 0 && total(heights) + total(high(way, rest)) > room) {
    shown.pop();
    heights.pop();
    const count = all.length - shown.length;
    rest[0] = { text: filled(own.more, { count }), under: filled(texts.en.more, { count }) };
  }
  let y = top;
  for (const [index, { text, under }] of [...shown, ...rest].entries()) {
    if (index < shown.length) page.write('P', `${index + 1}.`, { x: margin, y, width: indent - 2 }, { size: way.size });
    y = put(text, under, y, { size: way.size, lines: 4 }, margin + indent, inner) + gap;
  }
  return y;
}

function total(heights: readonly number[]): number {
  return heights.reduce((sum, height) => sum + height, 0);
}
