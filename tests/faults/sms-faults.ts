import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import type { SmsRig } from './sms-rig.ts';

/** One way to break the way between telephones and the program. `once` breaks it, and resolves when all of it is up again. */
export interface SmsFault {
  readonly name: string;
  once(rig: SmsRig, draws: Chance): Promise<void>;
}

/** How long something is away, in milliseconds, beside what it takes to start again. */
const away = (draws: Chance): Promise<void> => pause(draws.between(0, 800));

/** How long the operator takes nothing, in milliseconds. */
const throttling = 2_000;

export const smsFaults: readonly SmsFault[] = [
  {
    name: 'program killed',
    async once(rig, draws) {
      await rig.killProgram();
      await away(draws);
      await rig.startProgram();
    },
  },
  {
    name: 'smsbox killed',
    async once({ kannel }, draws) {
      await kannel.kill('smsbox');
      await away(draws);
      await kannel.start('smsbox');
    },
  },
  {
    // With it goes the smsbox, which has nobody to hand anything to.
    name: 'bearerbox killed',
    async once({ kannel, operator }, draws) {
      await kannel.kill('bearerbox');
      await away(draws);
      await kannel.start('bearerbox');
      await operator.bound();
    },
  },
  {
    name: 'operator down',
    async once({ operator }, draws) {
      await operator.goDown();
      await away(draws);
      await operator.comeUp();
      await operator.bound();
    },
  },
  {
    name: 'operator throttles',
    async once({ operator }) {
      operator.treat = () => 'throttle';
      await pause(throttling);
      operator.treat = () => 'take';
    },
  },
];

/** Each fault so many times, in an order of chance. */
export function inSomeOrder(each: number, draws: Chance): readonly SmsFault[] {
  return Array.from({ length: each }, () => smsFaults)
    .flat()
    .map((fault) => ({ fault, place: draws.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ fault }) => fault);
}
