import { type Confidence, type Figure, figureNamed } from '../jamsostek/figures/figures.ts';
import type { Day } from '../jamsostek/month.ts';
import { rupiah } from '../jamsostek/rupiah.ts';
import type { Speech } from '../speech.ts';
import type { Article } from './article.ts';

/** An article as it is said on one day. */
export interface Filled {
  readonly paragraphs: readonly string[];
  /** What is told by SMS instead; null where that is how it begins. */
  readonly short: string | null;
  /** `medium` when the article or any figure in it is. */
  readonly confidence: Confidence;
}

/** A place in a text: the name of a figure, and perhaps which end of its time is meant. */
const place = /\{\{([a-z_0-9]+\.[a-z_0-9]+)(?:\.(from|until))?\}\}/g;

/**
 * An article with its figures as they hold on a day. A paragraph with a figure that nobody knows for that day is left
 * out; null when the article does not hold then, or its first paragraph is left out: the answer withdraws itself.
 */
export function filled(article: Article, day: Day, speech: Speech): Filled | null {
  if (day < article.from || (article.until !== undefined && day > article.until)) return null;
  const said = article.paragraphs.map((paragraph) => filledParagraph(paragraph, day, speech));
  if (!said[0]) return null;
  const kept = said.filter((paragraph) => paragraph !== null);
  const sure = article.confidence === 'high' && kept.every(({ confidence }) => confidence === 'high');
  const short = article.short === undefined ? null : (filledParagraph(article.short, day, speech)?.text ?? null);
  return { paragraphs: kept.map(({ text }) => text), short, confidence: sure ? 'high' : 'medium' };
}

function filledParagraph(
  paragraph: string,
  day: Day,
  speech: Speech,
): { readonly text: string; readonly confidence: Confidence } | null {
  const places = [...paragraph.matchAll(place)].map(([, key = '', end]) => {
    const figure = figureNamed(key, day);
    return { figure, shown: figure && shownFigure(figure, end, speech) };
  });
  if (places.some(({ shown }) => shown === undefined)) return null;
  const shown = places.values();
  return {
    text: paragraph.replace(place, () => shown.next().value?.shown ?? ''),
    confidence: places.every(({ figure }) => figure?.confidence === 'high') ? 'high' : 'medium',
  };
}

/** A figure, or one end of its time, as people write it; undefined for an end that nobody knows. */
function shownFigure(
  { value, unit, from, until }: Figure,
  end: string | undefined,
  speech: Speech,
): string | undefined {
  if (end === 'from') return speech.day(from);
  if (end === 'until') return until === null ? undefined : speech.day(until);
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'rupiah':
      return speech.rupiah(rupiah(value));
    case 'percent':
      return `${speech.number(value)}%`;
    case 'number':
    case 'text':
      return speech.number(value);
  }
}

/** The figures that a text has places for. */
export function figuresIn(text: string): string[] {
  return [...text.matchAll(place)].map(([, key = '']) => key);
}
