import { callCenterOpeningAt, type Opens, openingAt } from '../offices/hours.ts';
import { zoneOf } from '../offices/zones.ts';
import type { Speech } from '../speech.ts';
import type { Asked } from './topic.ts';

/** Whether the offices of a province are open now, by its own clocks, and when they open next. */
export function officeHours(province: string, { speech, now }: Pick<Asked, 'speech' | 'now'>): string {
  const zone = zoneOf(province);
  const opening = openingAt(zone, now);
  if (!opening) return speech.text('hours.unknown');
  if (opening.is === 'open') return speech.text('hours.office_open', { until: opening.until, zone });
  const closed = speech.text('hours.closed', { ...opens(opening.opens, speech), zone });
  if (!opening.holiday) return closed;
  const key = opening.holidaySure ? 'hours.holiday' : 'hours.perhaps_holiday';
  const { day, name } = opening.holiday;
  return `${speech.text(key, { day: speech.weekday(day), name: name[speech.language] })} ${closed}`;
}

/** Whether the call center answers now. */
export function callCenterHours({ speech, now }: Pick<Asked, 'speech' | 'now'>): string {
  const opening = callCenterOpeningAt(now);
  if (!opening) return speech.text('hours.unknown');
  if (opening.is === 'open') return speech.text('hours.open', { until: opening.until, zone: 'WIB' });
  return speech.text('hours.closed', { ...opens(opening.opens, speech), zone: 'WIB' });
}

function opens({ day, time }: Opens, speech: Speech): { readonly day: string; readonly time: string } {
  return { day: speech.weekday(day), time };
}
