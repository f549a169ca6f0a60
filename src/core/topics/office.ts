import { type Answer, answer } from '../answer.ts';
import { areas } from '../areas/areas.ts';
import { provinces } from '../areas/regencies.ts';
import { wordingOf } from '../jamsostek/figures/figures.ts';
import type { NearOffice } from '../offices/directory.ts';
import type { Office } from '../offices/office.ts';
import type { Place } from '../reply.ts';
import type { Speech, Values } from '../speech.ts';
import type { Subject } from '../subject.ts';
import { cityOfDistrict } from '../understanding/districts.ts';
import { briefly } from './brief-text.ts';
import { exactAnswer } from './knowledge.ts';
import { officeHours } from './office-hours.ts';
import { type Asked, openTopic } from './topic.ts';

/** Characters that fit one phone screen, and between two paragraphs. */
const screen = 600;
const gap = 2;
/** More offices than this nobody reads. */
const shown = 4;
const nearestShown = 3;
/** And so many where each character counts. */
const inShort = 2;

/** Where an office is looked for. */
type Where =
  | { readonly is: 'city' | 'province'; readonly name: string }
  | { readonly is: 'point'; readonly latitude: number; readonly longitude: number };

/** What is shown: the offices, how far away they are where that is known, and what stands above them. */
interface Shown {
  readonly title: string;
  /** The same in a few words. */
  readonly short: string;
  readonly offices: readonly (Office | NearOffice)[];
}

/**
 * member:    kantor di mojokerto
 * assistant: Kantor BPJS Ketenagakerjaan di Mojokerto: … Sekarang buka sampai 15.00 WIB. …
 */
export const office = openTopic({
  id: 'office',
  intents: ['office'],
  answer(asked) {
    const said = whereSaid(asked);
    if (said) return officesAt(said, asked);
    // "Kantor" alone asks for an office.
    const exact = asked.said?.text.includes(' ') ? exactAnswer(asked, ['office', 'office_visit']) : null;
    const before = asked.topic === 'office' || asked.topic === 'office_visit' ? whereBefore(asked) : null;
    if (before && asked.said) return officesAt(before, asked);
    return exact ?? askWhere(asked);
  },
});

/** The place that the member names, or where they say that they are. */
function whereSaid({ said, point }: Asked): Where | null {
  if (point) return { is: 'point', latitude: point.latitude, longitude: point.longitude };
  if (!said) return null;
  const { city, province } = said.meaning.entities;
  if (city !== undefined) return { is: 'city', name: city };
  const district = cityOfDistrict(said.text);
  if (district) return { is: 'city', name: district.name };
  return province === undefined ? null : { is: 'province', name: province };
}

function whereBefore({ subject: { city, province } }: Asked): Where | null {
  if (city !== undefined) return { is: 'city', name: city };
  return province === undefined ? null : { is: 'province', name: province };
}

function officesAt(where: Where, asked: Asked): Answer {
  const found = lookUp(where, asked);
  const [nearest] = found.offices;
  const about: Subject = {
    ...asked.subject,
    city: where.is === 'city' ? where.name : undefined,
    province: where.is === 'province' ? where.name : undefined,
  };
  if (!nearest) {
    return { ...askWhere(asked), paragraphs: [found.title, fullList(asked)], short: found.short, subject: about };
  }
  const first = officeOf(nearest);
  const place = placeOf(first);
  const hours = officeHours(first.province.code, asked);
  const way = wayTo(first, asked.speech);
  const end = fullList(asked);
  const list = listed(found, screen - [hours, way, end].join('\n\n').length - gap, asked.speech);
  // An address can be so long that there is no room for a link.
  const all = [list, hours, way, end];
  const paragraphs = all.join('\n\n').length > screen ? [list, hours, end] : all;
  return {
    ...answer(paragraphs, ['office_visit', 'call_center', 'menu']),
    short: shortOf(found, hours, asked.speech),
    ...(place && { place }),
    subject: about,
  };
}

/** The title and as many offices as there is room for, one at least; the rest are counted. */
function listed({ title, offices }: Shown, room: number, speech: Speech): string {
  const lines: string[] = [];
  for (const [index, each] of offices.slice(0, shown).entries()) {
    const line = `${index + 1}) ${lineOf(each, speech)}`;
    const rest = speech.text('office.more', { count: offices.length });
    if (index > 0 && [title, ...lines, line, rest].join('\n').length > room) break;
    lines.push(line);
  }
  const more = offices.length - lines.length;
  return [title, ...lines, ...(more > 0 ? [speech.text('office.more', { count: more })] : [])].join('\n');
}

function lookUp(where: Where, { speech, services: { offices } }: Asked): Shown {
  if (where.is === 'point') return { ...titled('nearest', {}, speech), offices: offices.nearest(where, nearestShown) };
  const { name } = where;
  const there = where.is === 'city' ? offices.inCity(name) : offices.inProvince(name);
  const place = placeName(name);
  if (there.length > 0) return { ...titled('in', { place }, speech), offices: there };
  const near = where.is === 'city' ? offices.nearestTo(name, nearestShown) : [];
  if (near.length > 0) return { ...titled('none_but_near', { place }, speech), offices: near };
  const around = offices.inProvince(provinces.get(areas.get(name)?.codes[0]?.slice(0, 2) ?? '')?.name ?? '');
  return { ...titled(around.length > 0 ? 'none_but_near' : 'none', { place }, speech), offices: around };
}

function titled(
  as: 'in' | 'nearest' | 'none_but_near' | 'none',
  values: Values,
  speech: Speech,
): Pick<Shown, 'title' | 'short'> {
  return { title: speech.text(`office.${as}`, values), short: speech.text(`short.office.${as}`, values) };
}

/** One office or two, as there is room for, and when they are open. */
function shortOf({ short, offices }: Shown, hours: string, speech: Speech): string {
  const lines = offices.slice(0, inShort).map((each) => shortLine(officeOf(each), speech));
  const end = `${hours} ${speech.text('short.office.check')}`;
  const two = [`${short} ${lines.join('. ')}.`, end].join('\n');
  return two.length <= briefly ? two : [`${short} ${lines[0] ?? ''}.`, end].join('\n');
}

/** `Kantor Cabang Kudus, Jl. Pramuka No. 368, telp (0291) 432117` */
function shortLine({ name, area, address, phone, certain }: Office, speech: Speech): string {
  return [
    certain ? name : `${name} (${speech.text('short.office.unsure')})`,
    address ?? area.label,
    ...(phone === null ? [] : [speech.text('short.office.phone', { phone })]),
  ].join(', ');
}

/** As people say it. */
function placeName(name: string): string {
  return name.replace('Daerah Khusus Ibukota ', 'DKI ').replace('Daerah Istimewa ', 'DI ');
}

/** `Kantor Cabang Kudus, Kab. Kudus, sekitar 12 km. Jl. Pramuka No. 368` */
function lineOf(found: Office | NearOffice, speech: Speech): string {
  const { name, area, address, phone, certain } = officeOf(found);
  const away = 'km' in found ? awayOf(found, speech) : null;
  return [
    [name, `(${area.label}${away === null ? '' : `, ${away}`})`].join(' '),
    ...(address === null ? [] : [`   ${address}`]),
    ...(phone === null ? [] : [`   ${speech.text('office.phone', { phone })}`]),
    ...(certain ? [] : [`   ${speech.text('office.unsure')}`]),
  ].join('\n');
}

/** A distance to the centre of a town is no distance to an office: it is rounded, and called what it is. */
function awayOf({ km, exact }: NearOffice, speech: Speech): string {
  if (!exact) return speech.text('office.about_km', { km: Math.max(1, Math.round(km)) });
  return speech.text('office.km', { km: speech.number(Math.round(km * 10) / 10) });
}

function officeOf(found: Office | NearOffice): Office {
  return 'office' in found ? found.office : found;
}

/** A link that leads to the first office; where only its town is known, one that looks for it by its name. */
function wayTo({ name, latitude, longitude, precision }: Office, speech: Speech): string {
  if (precision === 'office') return speech.text('office.way', { link: `${maps}${latitude},${longitude}` });
  const words = name
    .replace(/^Kantor Cabang (Perintis )?/, '')
    .split(' ')
    .slice(0, 2);
  return speech.text('office.search', {
    link: `${maps}BPJS+Ketenagakerjaan+${words.map(encodeURIComponent).join('+')}`,
  });
}

const maps = 'https://maps.google.com/?q=';

/** A map shows only what is known to be there. */
function placeOf({ name, address, latitude, longitude, precision }: Office): Place | null {
  return precision === 'office' ? { name, address, latitude, longitude } : null;
}

function askWhere(asked: Asked): Answer {
  return {
    ...answer([asked.speech.text('office.where'), fullList(asked)], ['office_visit', 'call_center', 'menu']),
    short: asked.speech.text('short.office.where'),
    asksLocation: true,
  };
}

function fullList({ speech, today }: Asked): string {
  return speech.text('office.check', {
    phone: wordingOf('contact.phone', today),
    list: wordingOf('contact.offices', today),
  });
}
