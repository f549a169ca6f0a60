import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import { figureKeys, figureNamed, figureRow } from '../../../src/core/jamsostek/figures/figures.ts';
import { type Day, daySchema } from '../../../src/core/jamsostek/month.ts';
import { articleIds, articleNamed } from '../../../src/core/knowledge/articles.ts';
import { filled } from '../../../src/core/knowledge/filled.ts';
import { type Language, languages } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { articleAnswer } from '../../../src/core/topics/article.ts';
import { topicFor } from '../../../src/core/topics/index.ts';
import type { Intent } from '../../../src/core/understanding/intents.ts';
import { askedIn } from './asked.ts';

/** Before anything has run out; with the year's figures gone; with those of the first quarter gone, too. */
const days = ['2026-11-30', '2027-01-02', '2027-04-01'] as const;
type OneDay = (typeof days)[number];

const noon = (day: string) => Date.parse(`${day}T12:00+07:00`);
const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');

/** What a member who asks in these words is told on a day. */
async function told(text: string, intent: Intent, day: string, language: Language): Promise<string> {
  const topic = topicFor(intent);
  if (topic?.access !== 'open') throw new Error(`${intent} is not for everybody`);
  return textOf(await topic.answer(askedIn(language, noon(day), text, { intent })));
}

/** An article as it is said on a day; null when it has withdrawn. */
function article(name: string, day: string, language: Language): string | null {
  const id = articleIds.find((each) => each === name);
  if (!id) throw new Error(`no article ${name}`);
  const said = articleAnswer(id, askedIn(language, noon(day), null));
  return said && textOf(said);
}

interface RunsOut {
  readonly what: string;
  readonly intent: Intent;
  readonly article: string;
  readonly asked: Readonly<Record<Language, string>>;
  /** What is said from each day on, as it is written in Indonesian and in English; and what is not. */
  readonly said: Readonly<Record<OneDay, Readonly<Record<Language, readonly string[]>>>>;
  readonly unsaid: Readonly<Record<OneDay, Readonly<Record<Language, readonly string[]>>>>;
}

const nothing = { id: [], en: [] };
const runningOut: readonly RunsOut[] = [
  {
    what: 'the discount for own-account members',
    intent: 'register',
    article: 'bpu-discount',
    asked: { id: 'diskon bpu masih ada ga', en: 'until when is the bpu discount' },
    said: {
      '2026-11-30': { id: ['50%', '31 Desember 2026', 'Rp8.400'], en: ['50%', '31 December 2026', 'Rp8,400'] },
      '2027-01-02': { id: ['31 Maret 2027', 'Rp16.800'], en: ['31 March 2027', 'Rp16,800'] },
      '2027-04-01': nothing,
    },
    unsaid: {
      '2026-11-30': nothing,
      '2027-01-02': { id: ['31 Desember 2026'], en: ['31 December 2026'] },
      '2027-04-01': { id: ['50%', 'Rp8.400', '31 Maret'], en: ['50%', 'Rp8,400', '31 March'] },
    },
  },
  {
    what: 'the least that own-account members pay',
    intent: 'register',
    article: 'bpu-cost',
    asked: { id: 'iuran bpu brp sebulan', en: 'how much is bpu per month' },
    said: {
      '2026-11-30': { id: ['Rp8.400', 'Rp28.400', 'Rp16.800'], en: ['Rp8,400', 'Rp28,400', 'Rp16,800'] },
      '2027-01-02': { id: ['Rp16.800', 'Rp36.800', '31 Maret 2027'], en: ['Rp16,800', 'Rp36,800', '31 March 2027'] },
      '2027-04-01': { id: ['Rp16.800', 'Rp36.800'], en: ['Rp16,800', 'Rp36,800'] },
    },
    unsaid: {
      '2026-11-30': nothing,
      '2027-01-02': { id: ['31 Desember 2026'], en: ['31 December 2026'] },
      '2027-04-01': { id: ['Rp8.400', 'Rp28.400'], en: ['Rp8,400', 'Rp28,400'] },
    },
  },
  {
    what: 'the wage ceiling of JP',
    intent: 'program_info',
    article: 'jp-ceiling',
    asked: { id: 'batas upah jp brp', en: 'what is the jp wage limit' },
    said: {
      '2026-11-30': { id: ['Rp11.086.300', '28 Februari 2027'], en: ['Rp11,086,300', '28 February 2027'] },
      '2027-01-02': { id: ['Rp11.086.300', '28 Februari 2027'], en: ['Rp11,086,300', '28 February 2027'] },
      '2027-04-01': nothing,
    },
    unsaid: {
      '2026-11-30': nothing,
      '2027-01-02': nothing,
      '2027-04-01': { id: ['Rp11.086.300', '28 Februari'], en: ['Rp11,086,300', '28 February'] },
    },
  },
  {
    what: 'the least and the most that JP pays a month',
    intent: 'program_info',
    article: 'jp-how-much',
    asked: { id: 'pensiun minimal brp', en: 'what is the minimum pension' },
    said: {
      '2026-11-30': { id: ['Rp411.400', 'Rp4.932.300'], en: ['Rp411,400', 'Rp4,932,300'] },
      '2027-01-02': { id: ['Rp411.400', '31 Januari 2027'], en: ['Rp411,400', '31 January 2027'] },
      '2027-04-01': nothing,
    },
    unsaid: {
      '2026-11-30': nothing,
      '2027-01-02': nothing,
      '2027-04-01': { id: ['Rp411.400', 'Rp4.932.300'], en: ['Rp411,400', 'Rp4,932,300'] },
    },
  },
  {
    what: 'the growth of JHT',
    intent: 'program_info',
    article: 'jht-growth',
    asked: { id: 'hasil pengembangan jht brp', en: 'what is the jht interest this year' },
    said: {
      '2026-11-30': { id: ['5,51%', '6,64%'], en: ['5.51%', '6.64%'] },
      '2027-01-02': nothing,
      '2027-04-01': nothing,
    },
    unsaid: {
      '2026-11-30': nothing,
      '2027-01-02': { id: ['5,51', '6,64'], en: ['5.51', '6.64'] },
      '2027-04-01': { id: ['5,51', '6,64'], en: ['5.51', '6.64'] },
    },
  },
];

describe.each(languages)('what runs out, in %s', (language) => {
  describe.each(runningOut)('$what', ({ intent, article: name, asked, said, unsaid }) => {
    it.each(days)('is what holds on %s, asked for in words', async (day) => {
      const text = await told(asked[language], intent, day, language);
      expect(
        said[day][language].filter((each) => !text.includes(each)),
        text,
      ).toEqual([]);
      expect(
        unsaid[day][language].filter((each) => text.includes(each)),
        text,
      ).toEqual([]);
    });

    it.each(days)('is what holds on %s, or withdrawn, in its article', (day) => {
      const text = article(name, day, language) ?? '';
      expect(
        unsaid[day][language].filter((each) => text.includes(each)),
        text,
      ).toEqual([]);
      if (text !== '')
        expect(
          said[day][language].filter((each) => !text.includes(each)),
          text,
        ).toEqual([]);
    });
  });

  it('withdraws whole articles, and brings others, by itself', () => {
    const standing = (name: string) => days.map((day) => article(name, day, language) !== null);
    expect(standing('bpu-discount')).toEqual([true, true, false]);
    expect(standing('bpu-discount-over')).toEqual([false, false, true]);
    expect(standing('jht-growth')).toEqual([true, false, false]);
    expect(standing('jp-ceiling')).toEqual([true, true, true]);
    expect(standing('bpu-cost')).toEqual([true, true, true]);
  });

  it('is offered by no choice that leads to a withdrawn article', () => {
    for (const day of days) {
      const asked = askedIn(language, noon(day), null);
      const standing = new Set<string>(articleIds.filter((id) => articleAnswer(id, asked) !== null));
      const offered = articleIds.flatMap((id) => articleAnswer(id, asked)?.offers ?? []);
      const articles = offered.filter((offer) => articleIds.some((id) => id === offer));
      expect(articles.length).toBeGreaterThan(100);
      expect(articles.filter((offer) => !standing.has(offer))).toEqual([]);
    }
  });

  it('stands in no article by another way: written out, or under another name', () => {
    const speech = speeches[language];
    for (const day of days) {
      const today = daySchema.parse(day);
      const known = new Set(figureKeys.map((key) => figureNamed(key, today)?.value));
      const amounts = figureKeys.flatMap((key) => {
        const before = figureNamed(key, daySchema.parse('2026-11-30'));
        if (before?.unit !== 'rupiah' || typeof before.value !== 'number' || known.has(before.value)) return [];
        return [written(before.value, language)];
      });
      const gone = [...new Set(amounts)];
      expect(gone.length > 0).toBe(day === '2027-04-01');
      for (const id of articleIds) {
        const text = filled(articleNamed(id, language), today, speech)?.paragraphs.join('\n') ?? '';
        expect(
          gone.filter((amount) => new RegExp(`${amount.replaceAll('.', '\\.')}\\b`).test(text)),
          id,
        ).toEqual([]);
      }
    }
  });
});

describe.each(languages)('every article on every day that a figure begins or ends, in %s', (language) => {
  it('shows each figure as the table has it for that day, and no paragraph with one that it has not', () => {
    const speech = speeches[language];
    const turning = turningDays();
    expect(turning.length).toBeGreaterThan(20);
    let figures = 0;
    for (const id of articleIds) {
      const { from, until, paragraphs } = articleNamed(id, language);
      for (const day of turning) {
        const expected = paragraphs.map((paragraph) => shownOn(paragraph, day, language));
        const over = day < from || (until !== undefined && day > until) || expected[0] === null;
        const said = filled(articleNamed(id, language), day, speech);
        expect(said?.paragraphs ?? null, `${id} on ${day}`).toEqual(
          over ? null : expected.filter((each) => each !== null),
        );
        figures += said ? 1 : 0;
      }
    }
    expect(figures).toBeGreaterThan(1_000);
  });
});

/** All days on which a figure begins, ends, or has ended, and those above. */
function turningDays(): Day[] {
  const found = new Set<string>(days);
  for (const key of figureKeys) {
    for (const { from, until } of figureRow(key)?.values ?? []) {
      found.add(from);
      if (until === undefined) continue;
      found.add(until);
      found.add(new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10));
    }
  }
  return [...found].sort().map((each) => daySchema.parse(each));
}

/** A paragraph with its figures, written by other means than the program's; null where one is not known for that day. */
function shownOn(paragraph: string, day: Day, language: Language): string | null {
  const parts = paragraph.split(/\{\{([^{}]{1,60})\}\}/);
  const shown = parts.map((part, index) => (index % 2 === 0 ? part : figureOn(part, day, language)));
  return shown.includes(null) ? null : shown.join('');
}

function figureOn(name: string, day: Day, language: Language): string | null {
  const [, key = '', end] = /^([a-z_0-9]+\.[a-z_0-9]+)(?:\.(from|until))?$/.exec(name) ?? [];
  const found = figureNamed(key, day);
  if (!found) return null;
  if (end === 'from') return speeches[language].day(found.from);
  if (end === 'until') return found.until && speeches[language].day(found.until);
  if (typeof found.value === 'string') return found.value;
  if (found.unit === 'rupiah') return written(found.value, language);
  const [whole = '', part] = String(found.value).split('.');
  const number = part === undefined ? whole : `${whole}${language === 'id' ? ',' : '.'}${part}`;
  return found.unit === 'percent' ? `${number}%` : number;
}

/** An amount as people write it there. */
function written(amount: number, language: Language): string {
  const groups: string[] = [];
  for (let rest = String(amount); rest !== ''; rest = rest.slice(0, -3)) groups.unshift(rest.slice(-3));
  return `Rp${groups.join(language === 'id' ? '.' : ',')}`;
}
