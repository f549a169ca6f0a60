import type { Segment } from '../../core/jamsostek/member.ts';
import type { Day, Month } from '../../core/jamsostek/month.ts';
import { type Rupiah, rupiah } from '../../core/jamsostek/rupiah.ts';
import { chance } from './chance.ts';
import { endOf, monthsAfter, workday } from './months.ts';
import type { Work } from './person.ts';
import { demoWage, growthRate } from './rates.ts';

/** What was paid in, grown and paid out under one membership number. */
export interface Savings {
  readonly contributions: readonly Payment[];
  /** One entry for each year, the running one up to the last month. */
  readonly growth: readonly { readonly year: number; readonly amount: Rupiah }[];
  readonly payouts: readonly { readonly paidOn: Day; readonly amount: Rupiah }[];
}

/** One month's contribution. */
interface Payment {
  readonly month: Month;
  readonly wage: Rupiah | null;
  readonly amount: Rupiah;
  readonly postedOn: Day;
}

/** The first day on which months that were late can have been paid for: the newest of them is then 40 days late. */
const lateDay = 25;

/** Months after the last contribution until a payout. */
const payoutAfter = 3;

/** Reckons a membership up to the end of the month `last`. `about` decides the days that payments were posted on. */
export function savingsOf(work: Work, last: Month, about: string): Savings {
  const contributions = paymentsOf(work, last, about);
  const postedIn = Map.groupBy(contributions, ({ postedOn }) => postedOn.slice(0, 7));
  const growth = new Map<number, number>();
  const payouts: { paidOn: Day; amount: Rupiah }[] = [];
  let saved = 0;
  let uncredited = 0;

  for (let back = work.from; back >= 0; back--) {
    const month = monthsAfter(last, -back);
    const year = Number(month.slice(0, 4));
    uncredited += (saved * growthRate(year)) / 12;
    saved += sum(postedIn.get(month) ?? []);
    const payout = work.paidOut > 0 && back === work.to - payoutAfter;
    // Growth is credited in whole rupiah: at the end of the year, before a payout, and for the figures' last month.
    if (payout || back === 0 || month.endsWith('-12')) {
      const credited = Math.floor(uncredited);
      uncredited -= credited;
      saved += credited;
      growth.set(year, (growth.get(year) ?? 0) + credited);
    }
    if (payout) {
      const amount = rupiah(Math.floor(saved * work.paidOut));
      payouts.push({ paidOn: workday(month, 10 + chance(15, about, 'payout')), amount });
      saved -= amount;
      if (saved === 0) break;
    }
  }
  return {
    contributions,
    growth: [...growth].map(([year, amount]) => ({ year, amount: rupiah(amount) })).filter(({ amount }) => amount > 0),
    payouts,
  };
}

function sum(entries: readonly { readonly amount: Rupiah }[]): number {
  return entries.reduce((total, { amount }) => total + amount, 0);
}

function paymentsOf(work: Work, last: Month, about: string): readonly Payment[] {
  const { segment } = work;
  if (segment === 'JAKON') return [];
  const backs = Array.from({ length: work.from - work.to + 1 }, (_, index) => work.from - index);
  return backs
    .filter((back) => !work.missing.includes(back))
    .map((back) => payment(segment, work, back, last, about))
    .filter(({ postedOn }) => postedOn <= endOf(last));
}

function payment(segment: Exclude<Segment, 'JAKON'>, work: Work, back: number, last: Month, about: string): Payment {
  const month = monthsAfter(last, -back);
  const days = chance(6, about, month);
  if (segment === 'PU') {
    // 3.7 % from the employer and 2 % from the worker (PP 46/2015): exact, as wages are in whole thousands.
    const { region, pay, drop, late } = work;
    const share = drop !== null && back <= drop.from ? drop.share : 1;
    const wage = demoWage(region, pay * share, Number(month.slice(0, 4)));
    // Due on the 15th of the next month, seen some days later.
    const postedOn = late?.months.includes(back)
      ? workday(monthsAfter(last, -late.paidIn), lateDay + chance(3, about, 'late'))
      : workday(monthsAfter(month, 1), 15 + days);
    return { month, wage: rupiah(wage), amount: rupiah((wage / 1_000) * 57), postedOn };
  }
  // Those who pay for themselves do so in the same month: BPU 2 % of the bracket's base (PP 44/2015 annex II), migrant
  // workers an amount of their choice.
  const [wage, amount] = segment === 'BPU' ? [rupiah(work.pay), work.pay / 50] : [null, work.pay];
  return { month, wage, amount: rupiah(amount), postedOn: workday(month, 8 + days) };
}
