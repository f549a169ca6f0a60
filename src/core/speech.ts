import { createInstance } from 'i18next';
import { messages } from '../locales/index.ts';
import type { Day, Month } from './jamsostek/month.ts';
import type { Rupiah } from './jamsostek/rupiah.ts';
import { type Language, languages } from './language.ts';
import { hour, minute, second } from './time.ts';

/** The key of a text in `messages.json`; a plural's key is without its ending. */
export type MessageKey = Leaves<(typeof messages)['id']>;

type Leaves<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string | readonly string[]
    ? Singular<Key>
    : `${Key}.${Leaves<Node[Key]>}`;
}[keyof Node & string];

type Singular<Key extends string> = Key extends `${infer Base}_other` ? Base : Key;

export type Values = Readonly<Record<string, string | number>>;

/** How the assistant speaks in one language: texts by key, and figures as people there write them. */
export interface Speech {
  readonly language: Language;
  text(key: MessageKey, values?: Values): string;
  /** `Rp12.345.678` */
  rupiah(amount: Rupiah): string;
  /** `3,7` */
  number(value: number): string;
  /** `Oktober 2026` */
  month(month: Month): string;
  /** `Jan–Mar 2026`, or `Jan 2026` where both are the same. */
  months(first: Month, last: Month): string;
  /** `31 Oktober 2026` */
  day(day: Day): string;
  /** `31 Okt 2026` */
  shortDay(day: Day): string;
  /** `Senin, 30 November` */
  weekday(day: Day): string;
  /** `saldo JHT dan riwayat iuran` */
  list(items: readonly string[]): string;
  /** A wait in the unit that suits it, rounded up: never sooner than it is. Milliseconds. */
  wait(milliseconds: number): string;
}

const i18n = createInstance();
void i18n.init({
  resources: Object.fromEntries(languages.map((language) => [language, { translation: messages[language] }])),
  fallbackLng: false,
  initAsync: false,
  joinArrays: '\n',
});

const regions: Record<Language, string> = { id: 'id-ID', en: 'en-GB' };

/**
 * A text with its values in. Replies are plain text: each bot escapes for its own platform. In one pass: a value is never
 * read as text with places.
 */
export function filled(template: string, values: Values): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

function speechIn(language: Language): Speech {
  const translate = i18n.getFixedT(language);
  const region = regions[language];
  const amounts = new Intl.NumberFormat(region, { maximumFractionDigits: 0 });
  const numbers = new Intl.NumberFormat(region, { maximumFractionDigits: 2, useGrouping: false });
  const months = new Intl.DateTimeFormat(region, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const spans = new Intl.DateTimeFormat(region, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const weekdays = new Intl.DateTimeFormat(region, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
  const lists = new Intl.ListFormat(region, { type: 'conjunction' });
  const days = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const shortDays = new Intl.DateTimeFormat(region, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  // Looked up once, but for plurals. Filling in is done here, as it takes six times as long there.
  const templates = new Map<MessageKey, string>();
  const template = (key: MessageKey, count: number | undefined): string => {
    if (count !== undefined) return translate(key, { count, skipInterpolation: true });
    const known = templates.get(key);
    if (known !== undefined) return known;
    const found = translate(key, { skipInterpolation: true });
    templates.set(key, found);
    return found;
  };
  const text = (key: MessageKey, values: Values = {}): string =>
    filled(template(key, typeof values['count'] === 'number' ? values['count'] : undefined), values);
  return {
    language,
    text,
    rupiah: (amount) => `${amount < 0 ? '-' : ''}Rp${amounts.format(Math.abs(amount))}`,
    number: (value) => numbers.format(value),
    month: (month) => months.format(new Date(`${month}-01T00:00Z`)),
    // Each language puts other spaces about the dash, some of them only between two years.
    months: (first, last) =>
      spans
        .formatRange(new Date(`${first}-01T00:00Z`), new Date(`${last}-01T00:00Z`))
        .split('–')
        .map((part) => part.trim())
        .join('–'),
    day: (day) => days.format(new Date(`${day}T00:00Z`)),
    shortDay: (day) => shortDays.format(new Date(`${day}T00:00Z`)),
    weekday: (day) => weekdays.format(new Date(`${day}T00:00Z`)),
    list: (items) => lists.format(items),
    wait(milliseconds) {
      if (milliseconds < 90 * second)
        return text('wait.seconds', { count: Math.max(1, Math.ceil(milliseconds / second)) });
      if (milliseconds < 90 * minute) return text('wait.minutes', { count: Math.ceil(milliseconds / minute) });
      return text('wait.hours', { count: Math.ceil(milliseconds / hour) });
    },
  };
}

export const speeches: Readonly<Record<Language, Speech>> = { id: speechIn('id'), en: speechIn('en') };
