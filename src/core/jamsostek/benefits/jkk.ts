import type { Day } from '../month.ts';
import { type Rupiah, rupiah } from '../rupiah.ts';
import { percentOf, sum } from './percent.ts';
import { type Worked, worked } from './worked.ts';

/** What the family gets when a member dies of work. A scholarship comes on top: `scholarship`. */
export interface JkkDeath {
  readonly compensation: Rupiah;
  readonly periodic: Rupiah;
  readonly funeral: Rupiah;
  readonly total: Rupiah;
}

/** 60 % × 80 × wage (48 wages), the periodic benefit at once, and the funeral. Source: PP 82/2019. */
export function jkkDeath(wage: Rupiah, day: Day): Worked<JkkDeath> {
  return worked(day, (of) => {
    const compensation = percentOf(rupiah(wage * of('jkk.disability_wages')), of('jkk.death'));
    const periodic = rupiah(of('jkk.periodic'));
    const funeral = rupiah(of('jkk.funeral'));
    return { compensation, periodic, funeral, total: sum([compensation, periodic, funeral]) };
  });
}

/** What a member gets who can never work again. A scholarship comes on top: `scholarship`. */
export interface JkkTotalDisability {
  readonly compensation: Rupiah;
  readonly periodic: Rupiah;
  readonly total: Rupiah;
}

/** 70 % × 80 × wage (56 wages) and the periodic benefit at once. Source: PP 82/2019. */
export function jkkTotalDisability(wage: Rupiah, day: Day): Worked<JkkTotalDisability> {
  return worked(day, (of) => {
    const compensation = percentOf(rupiah(wage * of('jkk.disability_wages')), of('jkk.disability_total'));
    const periodic = rupiah(of('jkk.periodic'));
    return { compensation, periodic, total: sum([compensation, periodic]) };
  });
}

/**
 * A lasting disability in part: `percent` of the regulation's table × 80 × wage; where a limb is there but has lost some of
 * its use, `functionLost` percent of that.
 *
 * Source: PP 82/2019.
 */
export function jkkPartialDisability(wage: Rupiah, percent: number, day: Day, functionLost = 100): Worked<Rupiah> {
  return worked(day, (of) => percentOf(rupiah(wage * of('jkk.disability_wages')), (percent * functionLost) / 100));
}

/** Wages while a member cannot work (STMB). */
export interface JkkNotWorking {
  readonly fullMonths: number;
  readonly halfMonths: number;
  /** For one month at first. */
  readonly full: Rupiah;
  /** For one month later on. */
  readonly half: Rupiah;
  readonly total: Rupiah;
}

/** The whole wage for the first 12 months, half of it from the 13th until recovery. Source: PP 82/2019. */
export function jkkNotWorking(wage: Rupiah, months: number, day: Day): Worked<JkkNotWorking> {
  return worked(day, (of) => {
    const fullMonths = Math.min(months, of('jkk.stmb_full_months'));
    const halfMonths = months - fullMonths;
    const full = percentOf(wage, of('jkk.stmb_full'));
    const half = percentOf(wage, of('jkk.stmb_after'));
    return { fullMonths, halfMonths, full, half, total: rupiah(fullMonths * full + halfMonths * half) };
  });
}
