import { branded } from '../../core/brand.ts';
import { type Kpj, kpjSchema } from '../../core/jamsostek/kpj.ts';
import type { MemberRef, Segment } from '../../core/jamsostek/member.ts';
import type { Day } from '../../core/jamsostek/month.ts';
import type { Nik } from '../../core/jamsostek/nik.ts';
import { type Phone, phoneSchema } from '../../core/jamsostek/phone.ts';
import { chance, chanceUuid } from './chance.ts';
import { endOf, monthOf, monthsAfter } from './months.ts';
import { people } from './people.ts';
import type { Person, Scenario } from './person.ts';
import { regionName } from './rates.ts';
import { type Savings, savingsOf } from './savings.ts';

/** A membership number of a demo member, with all that was paid in and out. */
interface DemoMembership extends Savings {
  readonly kpj: Kpj;
  readonly segment: Segment;
  readonly employer: string | null;
  readonly active: boolean;
  /** Where the employer is, as in `demoFloors`; null for those who are not employed. */
  readonly wageRegion: string | null;
}

/** An invented member for trying the assistant out. */
export interface DemoMember {
  readonly ref: MemberRef;
  readonly nik: Nik;
  readonly name: string;
  /** What this member is there to show. */
  readonly scenario: Scenario;
  /** The phone on file; null when there is none. */
  readonly phone: Phone | null;
  readonly deceased: boolean;
  readonly claimInProgress: boolean;
  /** The last day that is reckoned: the end of the month before. */
  readonly asOf: Day;
  readonly memberships: readonly DemoMembership[];
}

/**
 * The demo members as of the month before `today`, the plainest cases first. Who they are never changes: NIK, name,
 * phone and membership numbers are the same on every day; their payments move along with the months.
 */
export function demoMembers(today: Day): readonly DemoMember[] {
  const last = monthsAfter(monthOf(today), -1);
  return people.map((person, index) => {
    const nik = nikOf(person);
    return {
      ref: branded<MemberRef>(chanceUuid('member', nik)),
      nik,
      name: person.name,
      scenario: person.scenario,
      phone: person.scenario === 'no phone on file' ? null : phoneOf(index),
      deceased: person.scenario === 'deceased',
      claimInProgress: person.scenario === 'claim in progress',
      asOf: endOf(last),
      memberships: person.works.map((work, place) => {
        const kpj = kpjOf(index, place);
        const { segment, employer, active, region } = work;
        const wageRegion = segment === 'PU' ? regionName(region) : null;
        return { kpj, segment, employer, active, wageRegion, ...savingsOf(work, last, kpj) };
      }),
    };
  });
}

/** District, birth date with 40 added to a woman's day, serial. Serials from 9000 on are not reached in any district. */
function nikOf({ district, born, female, name }: Person): Nik {
  const [year = '', month = '', day = ''] = born.split('-');
  const dayOfBirth = String(Number(day) + (female ? 40 : 0)).padStart(2, '0');
  return branded<Nik>(`${district}${dayOfBirth}${month}${year.slice(2)}${9_000 + chance(1_000, 'serial', name)}`);
}

/** In +62 840, which no operator has: nobody can be called by mistake. */
function phoneOf(index: number): Phone {
  return phoneSchema.parse(`+628400000${1_000 + ((index * 197) % 9_000)}`);
}

/** Some of the older numbers have a letter, as old cards do. */
function kpjOf(index: number, place: number): Kpj {
  const serial = 10_000_000 + (((index * 10 + place) * 7_368_787) % 89_999_999);
  return kpjSchema.parse(place === 2 || index % 17 === 9 ? `02D${serial}` : `990${serial}`);
}
