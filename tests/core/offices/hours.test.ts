import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holidayOn } from '../../../src/core/offices/holidays.ts';
import { callCenterOpeningAt, openingAt } from '../../../src/core/offices/hours.ts';
import { calendarDay, localTime, weekdayOf, type Zone, zoneOf } from '../../../src/core/offices/zones.ts';
import { hour, minute } from '../../../src/core/time.ts';

const zones: readonly (readonly [Zone, string, string])[] = [
  ['WIB', '+07:00', 'Asia/Jakarta'],
  ['WITA', '+08:00', 'Asia/Makassar'],
  ['WIT', '+09:00', 'Asia/Jayapura'],
];
const zone = fc.constantFrom(...zones.map(([name]) => name));
const offsets = new Map(zones.map(([name, offset]) => [name, offset]));

/** `2026-11-27 16:00` by the clocks of a zone. */
const at = (local: string, inZone: Zone = 'WIB') => Date.parse(`${local.replace(' ', 'T')}${offsets.get(inZone)}`);
const instant = (from: string, until: string) => fc.integer({ min: at(from), max: at(until) });
const tabled = instant('2026-01-01 08:00', '2028-12-20 00:00');
const later = instant('2029-01-01 00:00', '2060-01-01 00:00');

describe('an office', () => {
  describe.each(zones)('in %s', (inZone) => {
    it('is open from 08.00 until 15.00 by its own clocks, on a working day', () => {
      const open = { is: 'open', until: '15.00', calendar: 'decree' };
      expect(openingAt(inZone, at('2026-12-01 08:00', inZone))).toEqual(open);
      expect(openingAt(inZone, at('2026-12-01 15:00', inZone) - 1)).toEqual(open);
    });

    it('opens later that day before 08.00, and the next day from 15.00 on', () => {
      expect(openingAt(inZone, at('2026-12-01 08:00', inZone) - 1)).toMatchObject({
        is: 'closed',
        opens: { day: '2026-12-01', weekday: 'tuesday', time: '08.00' },
        holiday: null,
        holidaySure: true,
      });
      expect(openingAt(inZone, at('2026-12-01 15:00', inZone))).toMatchObject({
        is: 'closed',
        opens: { day: '2026-12-02', weekday: 'wednesday', time: '08.00' },
      });
    });

    it('has its own midnight at the end of the year', () => {
      expect(openingAt(inZone, at('2027-01-01 00:00', inZone) - 1)).toMatchObject({ calendar: 'computed' });
      expect(openingAt(inZone, at('2025-12-31 23:59', inZone))).toBeUndefined();
      expect(openingAt(inZone, at('2026-01-01 00:00', inZone))).toMatchObject({
        opens: { day: '2026-01-02' },
        holiday: { day: '2026-01-01' },
      });
    });
  });

  it.each([
    ['on Friday afternoon opens on Monday', '2026-11-27 15:00', '2026-11-30', 'monday', null, true],
    ['on Saturday opens on Monday', '2026-11-28 10:00', '2026-11-30', 'monday', null, true],
    ['on Sunday night opens on Monday', '2026-11-29 23:59', '2026-11-30', 'monday', null, true],
    ['before a holiday on Friday opens on Monday', '2026-04-30 15:00', '2026-05-04', 'monday', '2026-05-01', true],
    ['on a holiday on Friday opens on Monday', '2026-05-01 10:00', '2026-05-04', 'monday', '2026-05-01', true],
    ['before a holiday on Monday opens on Tuesday', '2026-08-14 16:00', '2026-08-18', 'tuesday', '2026-08-17', true],
    ['on probable leave is closed, but not surely', '2026-12-24 10:00', '2026-12-28', 'monday', '2026-12-24', false],
    ['before it opens after it, but not surely', '2026-12-23 15:00', '2026-12-28', 'monday', '2026-12-24', false],
    ['on Christmas is surely closed', '2026-12-25 10:00', '2026-12-28', 'monday', '2026-12-25', true],
    ['on the last of December opens in January', '2026-12-31 15:00', '2027-01-04', 'monday', '2027-01-01', true],
    ['takes no notice of a holiday on Sunday', '2026-05-31 10:00', '2026-06-02', 'tuesday', '2026-06-01', true],
    ['is closed for all of Idulfitri', '2026-03-17 15:00', '2026-03-25', 'wednesday', '2026-03-18', false],
  ])('%s', (_what, local, day, weekday, holiday, holidaySure) => {
    const found = openingAt('WIB', at(local));
    expect(found).toMatchObject({ is: 'closed', opens: { day, weekday, time: '08.00' }, holidaySure });
    expect(found?.is === 'closed' ? (found.holiday?.day ?? null) : 'open').toBe(holiday);
  });

  it('is open on the working days around them', () => {
    for (const day of ['2026-12-23', '2026-12-28', '2026-12-31', '2027-01-04', '2026-08-14', '2026-08-18']) {
      expect(openingAt('WIB', at(`${day} 10:00`)), day).toMatchObject({ is: 'open' });
    }
  });

  it('says what is known of holidays: the decree, a computed calendar, or weekends alone', () => {
    expect(openingAt('WIB', at('2026-12-01 10:00'))).toMatchObject({ calendar: 'decree' });
    expect(openingAt('WIB', at('2028-12-01 10:00'))).toMatchObject({ calendar: 'computed' });
    expect(openingAt('WIB', at('2028-12-29 15:00'))).toMatchObject({
      calendar: 'weekends',
      opens: { day: '2029-01-01' },
    });
    expect(openingAt('WIB', at('2029-01-01 10:00'))).toEqual({ is: 'open', until: '15.00', calendar: 'weekends' });
  });

  it('opens when it is said to, on the first working day, and not a minute before', () => {
    fc.assert(
      fc.property(zone, fc.oneof(tabled, later), (inZone, now) => {
        const found = openingAt(inZone, now);
        if (found?.is !== 'closed') return;
        const { day, time } = found.opens;
        const opens = at(`${day} ${time.replace('.', ':')}`, inZone);
        expect(opens).toBeGreaterThan(now);
        expect(openingAt(inZone, opens)).toMatchObject({ is: 'open' });
        expect(openingAt(inZone, opens - 1)).toMatchObject({ is: 'closed', opens: found.opens });
        for (let between = now; between < opens; between += hour) {
          expect(openingAt(inZone, between)).toMatchObject({ is: 'closed', opens: found.opens });
        }
      }),
    );
  });

  it('is open on no weekend and no holiday, and at no other hours', () => {
    fc.assert(
      fc.property(zone, fc.oneof(tabled, later), (inZone, now) => {
        const { dayNumber, minutes } = localTime(inZone, now);
        const weekend = ['saturday', 'sunday'].includes(weekdayOf(dayNumber));
        const works = !weekend && holidayOn(calendarDay(dayNumber)) === undefined;
        const open = works && minutes >= 8 * 60 && minutes < 15 * 60;
        expect(openingAt(inZone, now)?.is).toBe(open ? 'open' : 'closed');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is an hour earlier in WITA than in WIB, and two in WIT, all year round', () => {
    fc.assert(
      fc.property(fc.oneof(tabled, later), (now) => {
        expect(openingAt('WITA', now)).toEqual(openingAt('WIB', now + hour));
        expect(openingAt('WIT', now)).toEqual(openingAt('WIB', now + 2 * hour));
      }),
    );
  });
});

describe('the call center', () => {
  it('answers from 06.00 until 22.00 by the clocks of Jakarta, on weekends and holidays, too', () => {
    for (const day of ['2026-12-01', '2026-12-05', '2026-12-06', '2026-12-25', '2027-01-01']) {
      expect(callCenterOpeningAt(at(`${day} 06:00`))).toEqual({ is: 'open', until: '22.00' });
      expect(callCenterOpeningAt(at(`${day} 22:00`) - 1)).toEqual({ is: 'open', until: '22.00' });
      expect(callCenterOpeningAt(at(`${day} 06:00`) - 1)).toMatchObject({
        is: 'closed',
        opens: { day, time: '06.00' },
      });
    }
    expect(callCenterOpeningAt(at('2026-12-31 22:00'))).toEqual({
      is: 'closed',
      opens: { day: '2027-01-01', weekday: 'friday', time: '06.00' },
    });
  });
});

describe('the clocks of Indonesia', () => {
  it('show what they show anywhere else, without summer time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        instant('2000-01-01 00:00', '2100-01-01 00:00'),
        ([inZone, , iana], now) => {
          const { dayNumber, minutes } = localTime(inZone, now);
          const clock = new Intl.DateTimeFormat('sv', { timeZone: iana, dateStyle: 'short', timeStyle: 'short' });
          const shown = `${Math.floor(minutes / 60)}`.padStart(2, '0');
          expect(`${calendarDay(dayNumber)} ${shown}:${`${minutes % 60}`.padStart(2, '0')}`).toBe(clock.format(now));
          const week = new Intl.DateTimeFormat('en', { timeZone: iana, weekday: 'long' });
          expect(weekdayOf(dayNumber)).toBe(week.format(now).toLowerCase());
        },
      ),
    );
    expect(weekdayOf(-1)).toBe('wednesday');
    expect(localTime('WIB', -7 * hour - minute)).toEqual({ dayNumber: -1, minutes: 1_439 });
  });

  it.each([
    ['WIB', ['11', '12', '14', '21', '19', '31', '36', '34', '35', '61', '62']],
    ['WITA', ['51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76']],
    ['WIT', ['81', '82', '91', '92', '93', '94', '95', '96']],
  ])('are %s in these provinces', (inZone, codes) => {
    expect(new Set(codes.map((code) => zoneOf(code)))).toEqual(new Set([inZone]));
  });
});
