import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import { areas } from '../../../src/core/areas/areas.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { languages } from '../../../src/core/language.ts';
import { officeDirectory } from '../../../src/core/offices/directory.ts';
import { speeches } from '../../../src/core/speech.ts';
import { office } from '../../../src/core/topics/office.ts';
import type { Asked } from '../../../src/core/topics/topic.ts';
import { type goodRow, officesOf } from '../offices/list.ts';
import { askedIn } from './asked.ts';

/** Offices are open everywhere: 10.00 in Jakarta, noon in Jayapura, on a Monday. */
const monday = Date.parse('2026-11-30T03:00:00Z');
/** The evening before joint leave and Christmas, which takes the most words. */
const beforeChristmas = Date.parse('2026-12-23T09:00:00Z');
/** Lebaran of a year whose decree nobody has read. */
const lebaran = Date.parse('2027-03-09T03:00:00Z');
/** One screen of a small phone, and what WhatsApp takes beside choices. */
const screen = 600;
const textLimit = 1_024;
const gambir = { latitude: -6.1767, longitude: 106.8306 };

async function asks(text: string | null, more: Partial<Asked> = {}, language: (typeof languages)[number] = 'id') {
  return office.answer({ ...askedIn(language, more.now ?? monday, text, { intent: 'office' }), ...more });
}

/** The same of a list of offices of a test's own. */
async function asksOf(rows: readonly Partial<typeof goodRow>[], text: string | null, more: Partial<Asked> = {}) {
  const { services } = askedIn('id', monday, null);
  return asks(text, { ...more, services: { ...services, offices: officeDirectory(officesOf(...rows)) } });
}

const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');
/** What is said of each office, without the title. */
const listIn = ({ paragraphs: [list = ''] }: Answer) => list.split(/\n(?=\d\) )/).slice(1);
const asksWhere = (answer: Answer) => answer.asksLocation === true && /di kota mana|which city/i.test(textOf(answer));

describe('an office', () => {
  it.each([
    ['kantor di mojokerto', 'Mojokerto', 'Kantor Cabang Mojokerto'],
    ['kantor sby', 'Surabaya', 'Kantor Cabang Surabaya Darmo'],
    ['kantor jogja', 'Yogyakarta', 'Kantor Cabang Yogyakarta'],
    ['kantor bdg dmn', 'Bandung', 'Kantor Cabang Bandung Suci'],
    ['kantor surabya', 'Surabaya', 'Kantor Cabang Surabaya Karimunjawa'],
    ['kantor ujung pandang', 'Makassar', 'Kantor Cabang Makassar'],
    ['kantor deket stasiun gambir', 'Jakarta Pusat', 'Kantor Cabang Jakarta Salemba'],
    ['where is the office in kudus', 'Kudus', 'Kantor Cabang Kudus'],
  ])('is found by "%s"', async (text, city, name) => {
    const answer = await asks(text);
    expect(answer.paragraphs[0]).toMatch(new RegExp(`^Kantor BPJS Ketenagakerjaan di ${city}:`));
    expect(answer.paragraphs[0]).toContain(name);
    expect(answer.subject).toEqual({ city, province: undefined });
    expect(answer.asksLocation).toBeUndefined();
  });

  it.each([
    ['kantor jatim', 'Jawa Timur', 'Kantor Cabang Surabaya Darmo'],
    ['kantor di jawa timur', 'Jawa Timur', 'Kantor Cabang Bojonegoro'],
    ['office in west java', 'Jawa Barat', 'Kantor Cabang'],
  ])(
    'is found by its province in "%s", and the city is asked for where there are more',
    async (text, province, name) => {
      const answer = await asks(text);
      expect(answer.paragraphs[0]).toContain(`di ${province}:`);
      expect(answer.paragraphs[0]).toContain(name);
      expect(answer.paragraphs[0]).toMatch(/\.\.\. dan \d+ kantor lain\. Tulis nama kotanya\.$/);
      expect(answer.subject?.city).toBeUndefined();
    },
  );

  it('is found by a province that has few of them, without another question', async () => {
    const answer = await asks('kantor dki');
    expect(answer.paragraphs[0]).toMatch(/^Kantor BPJS Ketenagakerjaan di DKI Jakarta:/);
    expect(answer.paragraphs[0]).not.toContain('Tulis nama kotanya');
  });

  it('is found in the city and in the regency of its name', async () => {
    const answer = await asksOf(
      [
        { name: 'Kantor Kota', city: 'Kota Mojokerto', province: 'Jawa Timur' },
        { name: 'Kantor Kabupaten', city: 'Kab. Mojokerto', province: 'Jawa Timur' },
        { name: 'Kantor Lain', city: 'Kab. Sidoarjo', province: 'Jawa Timur' },
      ],
      'kantor di mojokerto',
    );
    expect(textOf(answer)).toContain('Kantor Kota (Kota Mojokerto)');
    expect(textOf(answer)).toContain('Kantor Kabupaten (Kab. Mojokerto)');
    expect(textOf(answer)).not.toContain('Kantor Lain');
  });

  it('is the nearest one where a city has none, with about how far away it is, nearest first', async () => {
    const answer = await asks('kantor di salatiga');
    expect(answer.paragraphs[0]).toMatch(/^Di Salatiga belum ada kantor di daftar saya\. Yang terdekat:/);
    const away = listIn(answer).map((each) => Number(/, sekitar (\d+) km\)/.exec(each)?.[1]));
    expect(away).toHaveLength(3);
    expect(away).toEqual(away.toSorted((one, other) => one - other));
    expect(answer.subject?.city).toBe('Salatiga');
  });

  it('that a province has none of is not made up: the location is asked for', async () => {
    const answer = await asks('kantor di papua pegunungan');
    expect(answer.paragraphs[0]).toBe('Di Papua Pegunungan belum ada kantor di daftar saya.');
    expect(answer.asksLocation).toBe(true);
    expect(answer.place).toBeUndefined();
  });

  it('that is not certain is marked, and no other, in every city that has one', async () => {
    const { offices } = askedIn('id', monday, null).services;
    let marked = 0;
    for (const { name, kind } of areas.values()) {
      const there = kind === 'city' ? offices.inCity(name) : offices.inProvince(name);
      if (there.length === 0) continue;
      for (const said of listIn(await asks(`kantor di kota ${name}`, { said: placed(name, kind) }))) {
        const shown = there.find((each) => said.includes(`) ${each.name} (`));
        expect(said.includes('Belum pasti: tanya 175 dulu.'), said).toBe(shown?.certain === false);
        marked += Number(shown?.certain === false);
      }
    }
    expect(marked).toBeGreaterThan(40);
  });
});

describe('a location', () => {
  it('is answered by the nearest three offices, about as far away as their towns', async () => {
    const answer = await asks(null, { point: gambir });
    expect(listIn(answer)).toHaveLength(3);
    expect(listIn(answer)[0]).toMatch(/^1\) Kantor Cabang Jakarta Salemba \(Kota Jakarta Pusat, sekitar \d km\)/);
    for (const each of listIn(answer)) expect(each).toMatch(/, sekitar \d+ km\)/);
  });

  it('is answered by distances and a place on the map where the office itself is known to be there', async () => {
    const here = { latitude: String(gambir.latitude), longitude: String(gambir.longitude + 0.01) };
    const town = { latitude: String(gambir.latitude), longitude: String(gambir.longitude + 0.1) };
    const answer = await asksOf(
      [
        { ...here, name: 'Kantor Dekat', coord_precision: 'office' },
        { ...town, name: 'Kantor Jauh', coord_precision: 'city' },
      ],
      null,
      { point: gambir },
    );
    expect(listIn(answer)[0]).toContain('Kantor Dekat (Kota Semarang, 1,1 km)');
    expect(listIn(answer)[1]).toContain('Kantor Jauh (Kota Semarang, sekitar 11 km)');
    expect(answer.place?.name).toBe('Kantor Dekat');
    expect(answer.place?.longitude).toBeCloseTo(gambir.longitude + 0.01);
  });

  it('shows no place on a map where only the town of the nearest office is known', async () => {
    const at = { latitude: String(gambir.latitude), longitude: String(gambir.longitude) };
    for (const coord_precision of ['city', 'regency']) {
      const answer = await asksOf([{ ...at, coord_precision }], null, { point: gambir });
      expect(answer.place).toBeUndefined();
      expect(textOf(answer)).not.toContain(String(gambir.latitude));
    }
  });

  it('goes before a city that was talked about, and its clocks are those of the nearest office', async () => {
    const jayapura = { latitude: -2.53, longitude: 140.72 };
    const answer = await asks(null, { point: jayapura, topic: 'office', subject: { city: 'Mojokerto' } });
    expect(textOf(answer)).toContain('Jayapura');
    expect(textOf(answer)).toContain('WIT.');
    expect(textOf(answer)).not.toContain('Mojokerto');
  });

  // The subject keeps the city from before, and a question afterwards is answered about it.
  it('is what a question afterwards is about, and not the city that was talked about before it', async () => {
    const { subject } = await asks(null, { point: gambir, topic: 'office', subject: { city: 'Mojokerto' } });
    expect(subject?.city).toBeUndefined();
    expect(textOf(await asks('jam berapa tutup?', { topic: 'office', subject: subject ?? {} }))).not.toContain(
      'Mojokerto',
    );
  });
});

describe('a question without a place', () => {
  it('is about the city that was talked about before', async () => {
    for (const topic of ['office', 'office_visit'] as const) {
      const answer = await asks('alamatnya dimana?', { topic, subject: { city: 'Mojokerto' } });
      expect(answer.paragraphs[0]).toContain('Kantor BPJS Ketenagakerjaan di Mojokerto:');
      expect(answer.subject?.city).toBe('Mojokerto');
    }
  });

  it('is about another place as soon as one is named', async () => {
    const about = { topic: 'office', subject: { city: 'Mojokerto', program: 'JHT' } } as const;
    const city = await asks('kalau di sidoarjo?', about);
    expect(city.subject).toEqual({ city: 'Sidoarjo', province: undefined, program: 'JHT' });
    const province = await asks('yang jawa barat?', about);
    expect(province.subject).toEqual({ city: undefined, province: 'Jawa Barat', program: 'JHT' });
  });

  it('is not about a city that came up while something else was talked about', async () => {
    const answer = await asks('cari kantor', { topic: 'claim_howto', subject: { city: 'Mojokerto' } });
    expect(textOf(answer)).not.toContain('Mojokerto');
  });

  it.each([
    ['id', null],
    ['en', null],
    ['id', 'cari kantor'],
    ['id', 'lokasi kantor'],
    ['id', 'ada kantor di dekat sini ga'],
    ['en', 'find an office near me'],
  ] as const)('that names none is asked where, and for the location, in %s: %s', async (language, text) => {
    const answer = await asks(text, {}, language);
    expect(asksWhere(answer), textOf(answer)).toBe(true);
    expect(answer.offers).toContain('call_center');
  });

  it('that asks for nothing but an office is asked where, whatever its words', async () => {
    const missed: string[] = [];
    for (const text of ['kantor terdekat', 'kantor terdekat dimana', 'cabang terdekat', 'alamat kantor dong']) {
      if (!asksWhere(await asks(text))) missed.push(text);
    }
    for (const text of ['nearest office', 'where is the office']) {
      if (!asksWhere(await asks(text, {}, 'en'))) missed.push(text);
    }
    expect(missed).toEqual([]);
  });

  // "Kantor" is told the opening hours as soon as the article has a confidence of 0.15, which it has in some trainings.
  it('of one word asks for an office, whatever article is a little likely', async () => {
    const hours = articleIds.find((id) => id === 'visit-office');
    const articles = hours ? [{ id: hours, confidence: 0.2 }] : [];
    expect(articles).toHaveLength(1);
    const said = anOffice && { ...anOffice, text: 'kantor', meaning: { ...anOffice.meaning, articles } };
    expect(asksWhere(await asks('kantor', { said }))).toBe(true);
  });
});

describe('the hours', () => {
  it.each([
    ['are those of now, in WIB', 'Surabaya', '2026-11-30T10:00+07:00', 'Sekarang jam buka kantor, sampai 15.00 WIB.'],
    ['are those of the place, in WITA', 'Makassar', '2026-11-30T14:59+08:00', 'sampai 15.00 WITA.'],
    ['are over an hour earlier in WITA', 'Makassar', '2026-11-30T15:00+08:00', 'Selasa, 1 Desember pukul 08.00 WITA.'],
    ['are those of the place, in WIT', 'Jayapura', '2026-11-30T08:00+09:00', 'sampai 15.00 WIT.'],
    ['have not begun yet in WIT', 'Jayapura', '2026-11-30T07:59+09:00', 'Senin, 30 November pukul 08.00 WIT.'],
    ['end for the week on Friday evening', 'Surabaya', '2026-11-27T19:00+07:00', 'Senin, 30 November pukul 08.00 WIB.'],
    ['are none on Christmas', 'Surabaya', '2026-12-25T10:00+07:00', 'Jumat, 25 Desember libur: Natal.'],
    ['come after it', 'Surabaya', '2026-12-25T10:00+07:00', 'Buka lagi Senin, 28 Desember pukul 08.00 WIB.'],
    ['are perhaps none on joint leave', 'Surabaya', '2026-12-23T16:00+07:00', 'Kamis, 24 Desember mungkin libur:'],
    ['are perhaps none at Lebaran of 2027', 'Surabaya', '2027-03-09T10:00+07:00', 'Selasa, 9 Maret mungkin libur:'],
  ])('%s', async (_what, city, at, said) => {
    expect((await asks(`kantor di ${city}`, { now: Date.parse(at) })).paragraphs[1]).toContain(said);
  });

  it('are said in English, too', async () => {
    const at = (now: string) => asks('office in surabaya', { now: Date.parse(now) }, 'en');
    expect((await at('2026-11-27T19:00+07:00')).paragraphs[1]).toBe(
      'Closed now. Opens again Monday 30 November at 08.00 WIB.',
    );
    expect((await at('2026-12-25T10:00+07:00')).paragraphs[1]).toContain('Friday 25 December is a holiday: Christmas');
    expect((await at('2027-03-09T10:00+07:00')).paragraphs[1]).toContain('Tuesday 9 March may be a holiday: Eid');
  });

  it('of a computed holiday are never called certain', async () => {
    const [, said = ''] = (await asks('kantor surabaya', { now: lebaran })).paragraphs;
    expect(said).toContain('Tanya 175.');
    expect(said).not.toMatch(/Maret libur/);
  });
});

describe('the answer for every city, regency and province', () => {
  // Long addresses, and the link to a map.
  it(`has at most ${screen} characters, on all days, in both languages`, async () => {
    expect((await everyAnswer()).filter(({ length }) => length > screen)).toEqual([]);
  });

  // The link to a map: 1,057 in Gunung Mas.
  it(`has at most ${textLimit} characters, which is what WhatsApp takes`, async () => {
    expect((await everyAnswer()).filter(({ length }) => length > textLimit)).toEqual([]);
  });

  it('names the place, says where to check, and has nothing left to fill in', async () => {
    for (const { name, text, language } of await everyAnswer()) {
      expect(text, name).toContain(name.replace('Daerah Khusus Ibukota', 'DKI').replace('Daerah Istimewa', 'DI'));
      expect(text).toContain(speeches[language].text('office.check', { phone: '175', list: listOf(text) }));
      expect(text).not.toMatch(/\{\{|undefined|null|NaN/);
    }
  });
});

/** The address of the agency's own list, as it is said. */
const listOf = (text: string) => /[a-z.]{1,60}\/kontak\.html/.exec(text)?.[0] ?? '';

const { said: anOffice } = askedIn('id', monday, 'kantor');

/** What asks for an office there: `places.test.ts` shows that every name is understood. */
function placed(name: string, kind: 'city' | 'province'): Asked['said'] {
  return (
    anOffice && { ...anOffice, text: `kantor di ${name}`, meaning: { ...anOffice.meaning, entities: { [kind]: name } } }
  );
}

async function everyAnswer() {
  const found: {
    readonly name: string;
    readonly language: (typeof languages)[number];
    readonly text: string;
    readonly length: number;
  }[] = [];
  for (const language of languages) {
    for (const now of [monday, beforeChristmas, lebaran]) {
      const asked = askedIn(language, now, null, { intent: 'office' });
      for (const { name, kind } of areas.values()) {
        const text = textOf(await office.answer({ ...asked, said: placed(name, kind) }));
        found.push({ name, language, text, length: text.length });
      }
    }
  }
  return found;
}
