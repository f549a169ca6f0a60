import { createHmac } from 'node:crypto';
import type { Phone } from '../../core/jamsostek/phone.ts';
import type { Admission, Admissions } from '../../core/services.ts';
import { day, hour, type Instant } from '../../core/time.ts';

/** Parts of replies to one number. */
export const perNumber = [
  { max: 30, within: hour },
  { max: 60, within: day },
] as const;

/** Different numbers that differ in their last four digits alone: whoever has many of those is paid for what we send. */
export const perRange = [{ max: 60, within: hour }] as const;

/** A member is told that a cap is reached once in so much, in milliseconds. */
const toldOnce = [{ max: 1, within: day }] as const;

/**
 * Whether a reply may be paid for: `number`, `range` and `day` say which cap it is over. With `tell`, the member may be
 * told so, by one part more.
 */
export type Verdict = 'fine' | 'range' | 'day' | { readonly over: 'number'; readonly tell: boolean };

/** The caps on what replies by SMS cost. Codes are not counted: a flood of replies must never lock them out. */
export class Spending {
  readonly #admissions: Admissions;
  readonly #secret: string;
  readonly #daily: Admission['rules'];

  /** `secret` is what numbers are digested with: none is stored. */
  constructor(admissions: Admissions, secret: string, dailyParts: number) {
    this.#admissions = admissions;
    this.#secret = secret;
    this.#daily = [{ max: dailyParts, within: day }];
  }

  /** `effect` names the reply for good: sent again, it counts once. Throws `Unavailable` when there is no answer. */
  async judge(to: Phone, effect: string, parts: number, now: Instant): Promise<Verdict> {
    const number = this.#digestOf(to);
    const items = Array.from({ length: parts }, (_, part) => `${effect}/${part}`);
    const each = (window: string, rules: Admission['rules']) => items.map((item) => ({ window, item, rules }));
    const own = each(`sms:number:${number}`, perNumber);
    const range = [{ window: `sms:range:${this.#digestOf(to.slice(0, -4))}`, item: number, rules: perRange }];
    const all = each('sms:day', this.#daily);
    const admits = async (asked: readonly Admission[]) => (await this.#admissions.admit(asked, now)).admitted;
    if (await admits([...own, ...range, ...all])) return 'fine';
    // Which of them refused is asked only now; what is admitted by the way counts against a number that is refused anyway.
    if (!(await admits(own))) {
      const told = [{ window: `sms:told:${number}`, item: effect, rules: toldOnce }];
      const notice = [{ window: 'sms:day', item: `${effect}/told`, rules: this.#daily }];
      return { over: 'number', tell: await admits([...told, ...notice]) };
    }
    return (await admits(range)) ? 'day' : 'range';
  }

  #digestOf(digits: string): string {
    return createHmac('sha256', this.#secret).update(digits).digest('base64url').slice(0, 22);
  }
}
