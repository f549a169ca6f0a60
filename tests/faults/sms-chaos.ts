import { setTimeout as pause } from 'node:timers/promises';
import { type DemoMember, demoMembers } from '../../src/backends/demo/members.ts';
import { dayInJakarta } from '../../src/core/jamsostek/month.ts';
import { found, partsOf, unlikeTimes, waysToWrite } from '../leak-search.ts';
import { chance } from './chance.ts';
import { inSomeOrder, type SmsFault } from './sms-faults.ts';
import { findingsOf, type SmsFindings } from './sms-ledger.ts';
import { amount, memberLives, strangerLives } from './sms-lives.ts';
import { broughtIn, handedIn } from './sms-passed.ts';
import { SmsRig, secretKey } from './sms-rig.ts';
import { codeIn, isCode, Telephone } from './sms-telephone.ts';
import { Weather } from './sms-weather.ts';

const members = 16;
const strangers = 4;

/** Members that each stranger names, others than those next to them: so nobody's codes for the day are used up. */
const namedByEach = 2;

/** How long all may take to come to rest after the last answer, in milliseconds, before what is missing counts as lost. */
const recovery = 30_000;

/** Whatever waits in the gateway is tried again within this, in milliseconds: its pauses are two and three seconds. */
const quiet = 4_000;

/** What a run came to, and what was done to it. */
export interface SmsFigures extends SmsFindings {
  readonly seed: number;
  /** From the first text until all was quiet. */
  readonly seconds: number;
  readonly telephones: number;
  /** How often each fault was done, by name. */
  readonly faults: ReadonlyMap<string, number>;
  /** Telephones that were waiting for an answer when something broke, at the fault that met the fewest. */
  readonly fewestMet: number;
  /** Members who asked for their balance, those who read it, and those to whom no code came. */
  readonly members: number;
  readonly balancesRead: number;
  readonly withoutCode: number;
  /** Texts to strangers that hold an amount or a code. */
  readonly toldStrangers: number;
  /** Of members' data, what stands in the program's log or on its screen. */
  readonly leaked: number;
}

/**
 * Each fault so many times, one after another, while telephones talk with the whole program through Kannel and an
 * operator. Whatever is drawn is drawn from `seed`; how long it takes to start again is not.
 */
export async function smsChaos(each: number, seed: number): Promise<SmsFigures> {
  const rig = await SmsRig.open();
  try {
    const since = performance.now();
    const weather = new Weather();
    const faults = inSomeOrder(each, chance(seed, 'order'));
    const owners = ownersOfPhones().slice(0, members);
    const people = owners.map(({ phone, who }) => ({ who, telephone: new Telephone(rig.operator, phone) }));
    const outsiders = Array.from({ length: strangers }, (_, nth) => ({
      telephone: new Telephone(rig.operator, `+628408888000${nth}`),
      others: owners.slice(nth * namedByEach, (nth + 1) * namedByEach).map(({ who }) => who),
    }));
    const telephones = [...people, ...outsiders].map(({ telephone }) => telephone);
    // So that every fault meets some who have just begun and some who are nearly done.
    const around = ({ number }: Telephone, nth: number, of: number) => ({
      weather,
      draws: chance(seed, number),
      begins: Math.floor((nth * faults.length * 0.6) / of),
    });

    const living = people.map(({ telephone, who }, nth) =>
      memberLives(telephone, who, nth % 2 === 0 ? 'id' : 'en', around(telephone, nth, members)),
    );
    const prying = outsiders.map(({ telephone, others }, nth) =>
      strangerLives(telephone, others, around(telephone, nth, strangers)),
    );
    const fewestMet = await disturb(faults, rig, weather, telephones, seed);
    const lived = await Promise.all(living);
    await Promise.all(prying);
    await settle(() => rig.quietFor > quiet);

    const toStrangers = outsiders.flatMap(({ telephone }) => telephone.read.map(({ text }) => text));
    const secrets = secretsOf(
      owners.map(({ who }) => who),
      telephones,
    );
    return {
      ...findingsOf(broughtIn(rig.toUs.exchanges, secretKey), handedIn(rig.toGateway.exchanges), telephones),
      seed,
      seconds: Math.round((performance.now() - since) / 1_000),
      telephones: telephones.length,
      faults: new Map(
        Map.groupBy(faults, ({ name }) => name)
          .entries()
          .map(([name, same]) => [name, same.length]),
      ),
      fewestMet,
      members: lived.length,
      balancesRead: lived.filter(({ balanceRead }) => balanceRead).length,
      withoutCode: lived.filter(({ codeCame }) => !codeCame).length,
      toldStrangers: toStrangers.filter((text) => amount.test(text) || isCode(text) || codeIn(text) !== null).length,
      leaked: found(secrets, rig.said()).length,
    };
  } finally {
    await rig.close();
  }
}

/** Each fault when everybody has just begun to speak, then a pause. Resolves to how few telephones a fault has met. */
async function disturb(
  faults: readonly SmsFault[],
  rig: SmsRig,
  weather: Weather,
  telephones: readonly Telephone[],
  seed: number,
): Promise<number> {
  const draws = chance(seed, 'faults');
  let fewestMet = telephones.length;
  for (const fault of faults) {
    await pause(draws.between(500, 1_500));
    weather.rouse();
    await pause(draws.between(0, 80));
    fewestMet = Math.min(fewestMet, telephones.filter(({ waits }) => waits).length);
    await fault.once(rig, draws);
  }
  weather.clears();
  return fewestMet;
}

/** Waits until the condition holds, as long as recovery may take; whoever asks sees whether it does. */
async function settle(condition: () => boolean): Promise<void> {
  const until = performance.now() + recovery;
  while (!condition() && performance.now() < until) await pause(50);
}

/** The demo members who can read a balance that is more than nothing, by their phones on file. */
function ownersOfPhones(): { readonly phone: string; readonly who: DemoMember }[] {
  return demoMembers(dayInJakarta(Date.now())).flatMap((who) => {
    const { phone, deceased, scenario, memberships } = who;
    const employed = memberships.length > 0 && memberships.every(({ segment }) => segment === 'PU');
    return phone !== null && !deceased && scenario !== 'balance 0' && employed ? [{ phone, who }] : [];
  });
}

/** What may stand in no log: who they are, what they wrote, and what they were told. */
function secretsOf(owners: readonly DemoMember[], telephones: readonly Telephone[]): readonly string[] {
  const read = telephones.flatMap(({ read }) => read.map(({ text }) => text));
  return [
    ...owners.flatMap(({ nik, name, memberships }) => [nik, name, ...memberships.map(({ kpj }) => kpj)]),
    ...telephones.flatMap(({ number, sent }) => [...waysToWrite(number), ...sent.filter((text) => /\d/.test(text))]),
    ...read.flatMap(partsOf),
    ...unlikeTimes(read.flatMap((text) => codeIn(text) ?? [])),
  ];
}
