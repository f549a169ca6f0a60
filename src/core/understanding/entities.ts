import { names } from '../../locales/index.ts';
import { branded } from '../brand.ts';
import type { Kpj } from '../jamsostek/kpj.ts';
import { type Nik, readNik } from '../jamsostek/nik.ts';
import { looksLikePhone, type Phone } from '../jamsostek/phone.ts';
import { type Program, programs } from '../jamsostek/program.ts';
import type { Rupiah } from '../jamsostek/rupiah.ts';
import { type Language, languages } from '../language.ts';
import { amountsIn } from './amounts.ts';
import { Heard } from './commands.ts';
import { dateIn } from './dates.ts';
import { digitRuns, menuNumber, numbersOfLength } from './digits.ts';
import { placesIn } from './places.ts';
import { plainDigits, turnsAround } from './text.ts';
import { readWords, type Word } from './words.ts';

/** What a text names. Of each there is only what was said; nothing here is checked against anything but its own form. */
export interface Entities {
  readonly nik?: Nik;
  /** Eleven digits. */
  readonly kpj?: Kpj;
  /** Six digits: perhaps a one-time code. */
  readonly code?: string;
  /** In international form. */
  readonly phone?: Phone;
  /** A city or regency, by the name that people say: `Bandung`. */
  readonly city?: string;
  readonly province?: string;
  readonly year?: number;
  /** 1 to 12. */
  readonly month?: number;
  /** All amounts of money, in their order. */
  readonly amounts?: readonly Rupiah[];
  /** All programs, in the order of {@link programs}. */
  readonly programs?: readonly Program[];
  /** A language that is named: "pakai bahasa inggris". One that names both names none. */
  readonly language?: Language;
  /** The whole text is a yes or a no. */
  readonly answer?: 'yes' | 'no';
  /** The whole text is a number from a menu. */
  readonly choice?: number;
}

/** Names are looked for in so many characters; who writes more tells a story, and is asked again. */
const entityCap = 1_024;

/** Finds what a text names, in digits of any script, in Indonesian and in English. */
export function entitiesIn(text: string, read: readonly Word[] = readWords(text)): Entities {
  const words = read.map(({ written }) => written);
  const start = text.slice(0, entityCap);
  const plain = plainDigits(start);
  // What is shown in another order than it is written says nothing for certain.
  if (turnsAround(start)) return areasIn(read);
  return {
    ...numbersIn(plain, words),
    ...areasIn(read),
    ...dateIn(words),
    ...moneyIn(plain),
    ...repliesIn(plain, words),
  };
}

function numbersIn(text: string, words: readonly string[]): Entities {
  const runs = digitRuns(text);
  const nik = readNik(text);
  const phone = runs.map(({ digits }) => digits).find((digits) => looksLikePhone(digits));
  const [kpj] = numbersOfLength(runs, 11);
  // Eleven digits that begin with 08 can be either: the words beside them tell.
  const isKpj =
    kpj !== undefined && (!looksLikePhone(kpj) || words.some((word) => /^(kpj|kartu|card|peserta)/.test(word)));
  const [code] = numbersOfLength(runs, 6);
  return {
    ...(nik.ok && { nik: nik.value }),
    ...(isKpj && { kpj: branded<Kpj>(kpj) }),
    ...(code !== undefined && { code }),
    ...(phone !== undefined && !(isKpj && phone === kpj) && { phone: internationalForm(phone) }),
  };
}

function internationalForm(digits: string): Phone {
  return branded<Phone>(`+62${digits.replace(/^(0|62)/, '')}`);
}

function areasIn(words: readonly Word[]): Entities {
  const places = placesIn(words);
  const city = places.find(({ kind }) => kind === 'city')?.name;
  const province = places.find(({ kind }) => kind === 'province')?.name;
  return { ...(city !== undefined && { city }), ...(province !== undefined && { province }) };
}

function moneyIn(text: string): Entities {
  const amounts = amountsIn(text);
  return amounts.length > 0 ? { amounts } : {};
}

function repliesIn(text: string, words: readonly string[]): Entities {
  const phrase = ` ${words.join(' ')} `;
  const named = programs.filter((program) => names.programs[program].some((name) => phrase.includes(` ${name} `)));
  const spoken = languages.filter((language) => words.some((word) => names.languages[language].includes(word)));
  // "Bahasa inggris" says "bahasa", too.
  const language = spoken.includes('en') ? (words.includes('indonesia') ? undefined : 'en') : spoken[0];
  const heard = new Heard(text);
  const choice = menuNumber(text.toLowerCase());
  return {
    ...(named.length > 0 && { programs: named }),
    ...(language !== undefined && { language }),
    ...(choice === null && (heard.is('yes') || heard.isAll('yes')) && { answer: 'yes' as const }),
    ...(choice === null && (heard.is('no') || heard.isAll('no')) && { answer: 'no' as const }),
    ...(choice !== null && { choice }),
  };
}
