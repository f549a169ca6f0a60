import type { DemoMember } from '../../src/backends/demo/members.ts';
import type { Language } from '../../src/core/language.ts';
import type { Chance } from './chance.ts';
import type { Telephone } from './sms-telephone.ts';
import type { Weather } from './sms-weather.ts';

/** What is said in each language: at the end, out of the session, and from another side that needs none. */
const words = {
  id: {
    balance: 'SALDO',
    yes: 'YA',
    after: ['IURAN', 'KANTOR BANDUNG', 'STOP', 'BANTUAN', 'KARTU', 'KANTOR MEDAN'],
  },
  en: {
    balance: 'BALANCE',
    yes: 'YES',
    after: ['CONTRIBUTIONS', 'OFFICE MEDAN', 'STOP', 'HELP', 'CARD', 'OFFICE BANDUNG'],
  },
} as const satisfies Record<Language, unknown>;

/** An amount of money, as answers write it. */
export const amount = /Rp\s?\d/;

/** What a telephone lives in: chance, what happens around it, and after how many faults it begins. */
export interface Surroundings {
  readonly draws: Chance;
  readonly weather: Weather;
  readonly begins: number;
}

/** Whether the balance was read, and whether a code came for it. */
export interface Lived {
  readonly codeCame: boolean;
  readonly balanceRead: boolean;
}

/** Milliseconds that somebody thinks, unless something breaks meanwhile: then it breaks in the middle of what they do. */
const think = ({ draws, weather }: Surroundings): Promise<void> => weather.lull(draws.between(1_000, 7_000));

/** A member whose phone is the one on file, from the first text to the balance, out again, and on from another side. */
export async function memberLives(
  telephone: Telephone,
  { memberships }: Pick<DemoMember, 'memberships'>,
  language: Language,
  around: Surroundings,
): Promise<Lived> {
  const { balance, yes, after } = words[language];
  await around.weather.roused(around.begins);
  await telephone.says(`${balance} ${memberships[0]?.kpj ?? ''}`);
  await think(around);
  const before = telephone.codes.length;
  await telephone.says(yes);
  const code = await telephone.codeAfter(before);
  if (code !== null) {
    await think(around);
    await telephone.says(code);
  }
  for (const text of after) {
    await think(around);
    await telephone.says(text);
  }
  return { codeCame: code !== null, balanceRead: telephone.answers.some((text) => amount.test(text)) };
}

/** Somebody who knows the numbers of others, and has none of their phones. */
export async function strangerLives(
  telephone: Telephone,
  others: readonly Pick<DemoMember, 'memberships'>[],
  around: Surroundings,
): Promise<void> {
  await around.weather.roused(around.begins);
  for (const { memberships } of others) {
    for (const text of [`SALDO ${memberships[0]?.kpj ?? ''}`, 'YA', 'IURAN', 'STOP']) {
      await think(around);
      await telephone.says(text);
    }
  }
}
