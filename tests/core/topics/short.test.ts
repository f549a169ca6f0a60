import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { inGsm } from '../../../src/bots/sms/alphabet.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { monthSchema } from '../../../src/core/jamsostek/month.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { languages } from '../../../src/core/language.ts';
import type { Registry } from '../../../src/core/services.ts';
import { speeches } from '../../../src/core/speech.ts';
import type { Subject } from '../../../src/core/subject.ts';
import { articleAnswer, likeliestAnswer } from '../../../src/core/topics/article.ts';
import { briefly, briefText, firstSentence } from '../../../src/core/topics/brief-text.ts';
import { goalIds, memberTopicById, topicById, topicFor } from '../../../src/core/topics/index.ts';
import { estimateAnswer } from '../../../src/core/topics/simulate.ts';
import { intents } from '../../../src/core/understanding/intents.ts';
import { stageDatabase, stageDay } from '../../conversations/stage.ts';
import { askedIn } from './asked.ts';

/** One text message, and three that are joined. */
const onePart = 160;
const threeParts = 459;

const now = Date.parse('2026-11-22T03:00:00Z');
const members = demoMembers(stageDay);
const employers = members.flatMap(({ memberships }) => memberships.flatMap(({ employer }) => employer ?? []));

/** The short wording as it is sent, once it is known that it can be. */
function sent({ short, paragraphs }: Answer): string {
  const text = inGsm(short ?? '');
  expect(text, paragraphs[0]).not.toBe('');
  expect(text.length, text).toBeLessThanOrEqual(threeParts);
  expect(text).not.toMatch(/[a-z\d]\.[a-z]{2}|@|:\/\//i);
  expect(text).not.toMatch(/\{\{|undefined|null|NaN|Invalid|short\.[a-z]/);
  return text;
}

const amountsIn = (text: string) => text.match(/Rp[\d.,]*\d/g) ?? [];

let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await stageDatabase();
  registry = postgresRegistry(database);
});
afterAll(() => database.close());

describe.each(languages)('in a text message, in %s,', (language) => {
  const speech = speeches[language];

  function ask(goal: (typeof goalIds)[number], { ref }: DemoMember, subject: Subject = {}) {
    const { services, ...asked } = askedIn(language, now, null, { subject });
    return memberTopicById(goal).answer({ ...asked, member: ref, services: { ...services, registry } });
  }

  it.each(goalIds.filter((goal) => memberTopicById(goal).elsewhere === undefined))(
    '"%s" is told without an employer, and without an amount but the balance',
    async (goal) => {
      for (const member of members) {
        const text = sent(await ask(goal, member));
        for (const employer of employers) expect(text).not.toContain(employer);
        const total = (await registry.account(member.ref))?.total;
        const balance = goal === 'balance' && total !== undefined ? [speech.rupiah(total)] : [];
        expect(amountsIn(text)).toEqual(balance);
      }
    },
  );

  it('the balance of one membership is one message, and says what next', async () => {
    const alone = members.filter(({ memberships }) => memberships.length === 1);
    expect(alone.length).toBeGreaterThan(10);
    for (const member of alone) {
      const text = sent(await ask('balance', member));
      expect(text.length, text).toBeLessThanOrEqual(onePart);
      expect(text).toMatch(/STOP\.$/);
    }
  });

  it('contributions tell which months are there, of a month whether it is, and what is normal', async () => {
    const periods = [
      ['2026-10', '2026-10'],
      ['2026-12', '2026-12'],
      ['2010-01', '2010-01'],
      ['2026-01', '2026-12'],
      ['2001-01', '2001-12'],
    ].map(([from, to]) => ({ from: monthSchema.parse(from), to: monthSchema.parse(to) }));
    for (const member of members) {
      for (const period of periods) {
        const text = sent(await ask('contributions', member, { contributions: { period } }));
        expect(amountsIn(text)).toEqual([]);
      }
      const text = sent(await ask('contributions', member, { membership: { words: ['90000000000'], sure: true } }));
      for (const employer of employers) expect(text).not.toContain(employer);
    }
  });

  it('newest contributions are counted up to the month that ought to be there', async () => {
    const behind = members.find(({ scenario }) => scenario === 'arrears');
    expect(behind && sent(await ask('contributions', behind))).toMatch(
      language === 'id'
        ? /^Iuran JHT Apr-Sep 2026: tercatat 0 dari 6 bulan\. .* Terakhir tercatat: Mar 2026\./
        : /^JHT contributions Apr-Sept 2026: 0 of 6 months on record\. .* Last on record: Mar 2026\./,
    );
    const [paidUp] = members;
    expect(paidUp && sent(await ask('contributions', paidUp))).toMatch(
      language === 'id'
        ? /^Iuran JHT Apr-Sep 2026: 6 bulan, tercatat semua\./
        : /Apr-Sept 2026: 6 months, all on record/,
    );
  });

  it('what a member is said to earn is not repeated', async () => {
    const [member] = members;
    const wage = (await registry.contributions(member?.ref ?? expect.fail(), 1))[0]?.wage;
    expect(
      amountsIn(sent(await ask('contribution_check', member ?? expect.fail(), { wage: wage ?? undefined }))),
    ).toEqual([]);
  });

  it.each(intents.filter((intent) => topicFor(intent)?.access === 'open'))('"%s" is told', async (intent) => {
    const topic = topicFor(intent);
    expect(topic?.access === 'open' && sent(await topic.answer(askedIn(language, now, null, { intent })))).not.toBe('');
  });

  it('privacy says what is used, how long, and how to end it, in one message', async () => {
    const privacy = topicById('privacy');
    const text = privacy?.access === 'open' ? sent(await privacy.answer(askedIn(language, now, null))) : '';
    expect(text.length, text).toBeLessThanOrEqual(onePart);
    for (const part of ['KPJ/NIK', ' 15 ', 'STOP', { id: 'HAPUS', en: 'ERASE' }[language]])
      expect(text).toContain(part);
  });

  it('the greeting is one message with all keywords', async () => {
    const greeting = topicFor('greet');
    const text = greeting?.access === 'open' ? sent(await greeting.answer(askedIn(language, now, null))) : '';
    expect(text.length, text).toBeLessThanOrEqual(onePart);
    const words = {
      id: 'SALDO IURAN NOMOR KARTU KANTOR KLAIM BANTUAN STOP',
      en: 'BALANCE CONTRIBUTIONS NUMBER CARD OFFICE CLAIM HELP STOP',
    };
    for (const word of words[language].split(' ')) expect(text).toContain(word);
  });

  it('every article leaves room for the question of an open step below it', () => {
    for (const day of ['2026-11-22', '2027-01-02', '2027-04-01']) {
      const asked = askedIn(language, Date.parse(`${day}T03:00:00Z`), null);
      for (const id of articleIds) {
        const said = articleAnswer(id, asked);
        expect(said === null ? 0 : sent(said).length, id).toBeLessThanOrEqual(briefly);
      }
    }
  });

  it('an article that may be meant is told by its name, and two by their first sentences where those say enough', () => {
    const asked = askedIn(language, now, null);
    let both = 0;
    for (const [nth, id] of articleIds.entries()) {
      const best = { id, confidence: 0.4 };
      const next = { id: articleIds[nth + 1] ?? id, confidence: 0.3 };
      for (const readings of [[best], [best, next]]) {
        const said = likeliestAnswer(readings, asked);
        const text = said === null ? '' : sent(said);
        expect(text.length, text).toBeLessThanOrEqual(briefly);
        if (text.split('\n').length === 3 && text.split(': ').length > 2) both += 1;
      }
    }
    expect(both).toBeGreaterThan(articleIds.length / 4);
  });

  it('an office is told with its hours and where to ask, and no way to it', async () => {
    const office = topicFor('office');
    if (office?.access !== 'open') expect.fail();
    for (const point of shippedOffices().nearest({ latitude: -6.2, longitude: 106.8 }, 400)) {
      const { latitude, longitude } = 'office' in point ? point.office : point;
      const text = sent(await office.answer(askedIn(language, now, null, { point: { latitude, longitude } })));
      expect(text).toMatch(/175\.$/);
    }
  });

  it('an estimate tells what it comes to, or asks', async () => {
    const kinds = ['jht', 'payout', 'jp', 'jkk', 'jkm', 'jkp', 'bpu', 'payslip'] as const;
    for (const kind of kinds) {
      for (const text of [null, 'gaji 6 juta', 'gaji 6 juta dipotong 180 ribu saldo 80 juta 2 anak 10 tahun']) {
        expect(sent(await estimateAnswer(askedIn(language, now, text), kind)).length).toBeLessThanOrEqual(briefly + 20);
      }
    }
  });

  it('a text that may be a fraud is answered without what it brought', async () => {
    const fraud = topicFor('report_fraud');
    if (fraud?.access !== 'open') expect.fail();
    const text = sent(await fraud.answer(askedIn(language, now, 'ini asli ga bpjsketenagakerjaan.com/bsu')));
    expect(text).not.toContain('ketenagakerjaan');
    expect(text.length).toBeLessThanOrEqual(onePart);
  });
});

describe('the beginning of a text', () => {
  const { id } = speeches;
  const more = id.text('short.more');

  it('is all of it where it fits and holds no address', () => {
    expect(briefText(['Satu. Dua.', 'Tiga.'], id)).toBe('Satu. Dua.\nTiga.');
  });

  it('is as many paragraphs as fit, and says where the others are', () => {
    expect(briefText(['Satu.', 'Dua.', 'x'.repeat(300)], id)).toBe(`Satu.\nDua. ${more}`);
  });

  it('of a first paragraph that is too long is as many sentences and lines as fit', () => {
    const long = `${'Satu kalimat yang pendek. '.repeat(20)}\n- baris`;
    const said = briefText([long], id);
    expect(said.length).toBeLessThanOrEqual(briefly);
    expect(said.endsWith(`pendek. ${more}`)).toBe(true);
  });

  it('puts where the others are on a line of its own after what is no sentence', () => {
    expect(briefText(['- satu', 'x'.repeat(300)], id)).toBe(`- satu\n${more}`);
  });

  it('calls an official address only that', () => {
    expect(briefText(['Buka www.bpjsketenagakerjaan.go.id/tracking, lalu masuk.'], id)).toBe(
      `Buka situs resmi, lalu masuk. ${more}`,
    );
    expect(briefText(['Tulis ke care@bpjsketenagakerjaan.go.id.'], id)).toBe(`Tulis ke e-mail resmi. ${more}`);
  });

  it('leaves out a sentence with another address, and the question that it answers', () => {
    expect(briefText(['Hati-hati. Palsu? Lihat bpjs.go.id.com/x dulu. Lapor ke 175.'], id)).toBe(
      `Hati-hati. Lapor ke 175. ${more}`,
    );
  });

  it('has no first sentence where it only leads to a list', () => {
    expect(firstSentence(['Caranya:\n1) satu'], id)).toBeNull();
    expect(firstSentence(['Bisa. Caranya:\n1) satu'], id)).toBe('Bisa.');
  });
});
