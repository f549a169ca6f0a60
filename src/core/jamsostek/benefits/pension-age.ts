import { figure } from '../figures/figures.ts';
import type { Day } from '../month.ts';
import { anniversary } from './calendar.ts';

const oldest = 100;

/** The age that JP is paid from for who reaches it on that day; JHT has its own, 56. Source: PP 45/2015 art. 15. */
export function pensionAge(day: Day): number | undefined {
  return figure('jp.age', day);
}

/**
 * The day a member reaches pension age: the first birthday on which they are as old as that year asks for. Undefined for
 * who had passed it before JP began.
 *
 * Source: PP 45/2015 art. 15.
 */
export function pensionDate(birthDay: Day): Day | undefined {
  for (let age = 0; age <= oldest; age++) {
    const birthday = anniversary(birthDay, age);
    if (pensionAge(birthday) === age) return birthday;
  }
  return undefined;
}
