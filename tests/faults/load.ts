import { setTimeout as pause } from 'node:timers/promises';
import { type Chance, chance } from './chance.ts';
import type { Fleet } from './fleet.ts';
import type { Ledger } from './ledger.ts';
import type { PlatformEvent } from './wire.ts';

/** How often an acknowledged event is handed over again, up to five times. */
const repeated = 0.15;

/** How a chat has fared: events handed over again after they were acknowledged, and those that were taken again. */
export interface Talked {
  readonly handedAgain: number;
  readonly takenAgain: Promise<number>;
}

/** One chat: says one thing after the other, each as soon as the one before is acknowledged, some of them again later. */
export async function talk(chat: string, fleet: Fleet, ledger: Ledger, seed: number, until: number): Promise<Talked> {
  const draws = chance(seed, chat);
  const again: Promise<number>[] = [];
  let handedAgain = 0;
  for (let nth = 1; performance.now() < until; nth += 1) {
    await pause(draws.between(0, 1_000));
    const event: PlatformEvent = { id: `${chat}-${nth}`, chat, text: textFrom(draws) };
    await fleet.deliver(event, draws);
    ledger.acknowledge(chat, event.id);
    if (!draws.happens(repeated)) continue;
    const times = Math.ceil(draws.between(0, 5));
    handedAgain += times;
    again.push(handAgain(event, times, fleet, chance(seed, event.id)));
  }
  // One last time, so that the state of every conversation shows.
  const last: PlatformEvent = { id: `${chat}-last`, chat, text: 'plain' };
  await fleet.deliver(last, draws);
  ledger.acknowledge(chat, last.id);
  return { handedAgain, takenAgain: Promise.all(again).then((taken) => taken.reduce((sum, count) => sum + count, 0)) };
}

/** Hands an event over that was acknowledged before; resolves to how often it was taken all the same. */
async function handAgain(event: PlatformEvent, times: number, fleet: Fleet, draws: Chance): Promise<number> {
  let taken = 0;
  for (let time = 0; time < times; time += 1) {
    await pause(draws.between(0, 1_000));
    if ((await fleet.deliver(event, draws)) === 'taken') taken += 1;
  }
  return taken;
}

function textFrom(draws: Chance): string {
  if (draws.happens(0.15)) return 'sms';
  if (draws.happens(0.2)) return `slow ${Math.round(draws.between(50, 400))}`;
  return 'plain';
}
