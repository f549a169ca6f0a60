import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { monthsLater } from '../../../src/core/jamsostek/benefits/calendar.ts';
import type { OnRecord } from '../../../src/core/jamsostek/check/record.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { languages } from '../../../src/core/language.ts';
import type { ReplyFile } from '../../../src/core/reply.ts';
import type { Documents, LetterContent, Registry } from '../../../src/core/services.ts';
import { contributionCheck } from '../../../src/core/topics/contribution-check.ts';
import { letterAgency, letterEmployer } from '../../../src/core/topics/letters.ts';
import { stageDatabase, stageDay } from '../../conversations/stage.ts';
import { registryAway } from '../../fakes/away.ts';
import { day, monthsOf, onRecord, paidFor } from '../jamsostek/check/records.ts';
import { askedIn } from './asked.ts';

/** What an answer is cut to, and the narrowest channel's limit. */
const most = 900;
const textLimit = 1_024;

const now = Date.parse(`${stageDay}T03:00:00Z`);
const [someone] = demoMembers(stageDay);

let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await stageDatabase();
  registry = postgresRegistry(database);
});
afterAll(() => database.close());

function textOf({ paragraphs }: Answer): string {
  return paragraphs.join('\n\n');
}

/** A registry that has this on record, whoever asks. */
function registryOf({ account, contributions, floors }: OnRecord): Registry {
  return {
    ...registryAway,
    account: async () => account,
    contributions: async () => contributions,
    floors: async () => floors,
  };
}

describe.each(languages)('the contribution check, in %s', (language) => {
  const asked = (of: Registry, member = someone, wage?: number) => {
    if (!member) throw new Error('there are demo members');
    const { services, ...rest } = askedIn(language, now, null);
    const subject = wage === undefined ? {} : { wage: rupiah(wage) };
    return { ...rest, subject, member: member.ref, services: { ...services, registry: of } };
  };

  it('fits for every demo member, with a wage that they name and without', async () => {
    for (const member of demoMembers(stageDay)) {
      for (const wage of [undefined, 2_000_000, 30_000_000]) {
        const answer = await contributionCheck.answer(asked(registry, member, wage));
        expect(textOf(answer).length, member.name).toBeLessThanOrEqual(most);
        expect(textOf(answer)).not.toMatch(/\{\{|undefined|null|NaN|Invalid|check\.[a-z]/);
        expect(answer.offers.length).toBeLessThanOrEqual(9);
        expect(answer.personal).toBe(true);
      }
    }
  });

  it('offers letters exactly where there is something to write about', async () => {
    for (const member of demoMembers(stageDay)) {
      const question = asked(registry, member);
      const { offers } = await contributionCheck.answer(question);
      for (const topic of [letterEmployer, letterAgency]) {
        const written: LetterContent[] = [];
        // What is made of it is the documents' own matter, and takes a while.
        const documents: Documents = { ...question.services.documents, letter: async (of) => noting(written, of) };
        const answer = await topic.answer({ ...question, services: { ...question.services, documents } });
        expect(written.length, member.name).toBe(offers.includes(topic.id) ? 1 : 0);
        expect(answer.file !== undefined, member.name).toBe(offers.includes(topic.id));
        expect(textOf(answer).length).toBeLessThanOrEqual(textLimit);
        expect(textOf(answer)).not.toMatch(/\{\{|undefined|null|NaN|Invalid|check\.[a-z]/);
        for (const { findings, translated, kpj, name } of written) {
          expect(findings.join(' ')).toMatch(/^(Iuran|Upah|Kepesertaan)/);
          expect(translated.length).toBe(language === 'id' ? 0 : findings.length);
          expect([name, member.memberships.some((each) => each.kpj === kpj)]).toEqual([member.name, true]);
        }
      }
    }
  });

  it('is cut where a member has more findings than fit, and says how many lines there are', async () => {
    const jobs = Array.from({ length: 12 }, (_, index) => ({
      kpj: String(99_000_000_000 + index),
      active: true,
      paid: Array.from({ length: 10 }, (_, gap) =>
        paidFor(
          monthsLater(monthsOf('2020-01', 1)[0] ?? fail(), 3 * gap + index),
          2,
          (at) => 3_000_000 - 100_000 * at,
        ).map((paid) => Object.assign({}, paid, { postedOn: day('2026-01-10') })),
      ).flat(),
    }));
    const record = onRecord(jobs, { floors: [2020, 2021, 2022, 2023].map((year) => [year, 4_000_000]) });
    const text = textOf(await contributionCheck.answer(asked(registryOf(record))));
    expect(text.length).toBeLessThanOrEqual(most);
    expect(text).toMatch(language === 'id' ? /dan \d+ baris lain/ : /and \d+ other lines/);
    expect(text).toMatch(language === 'id' ? /dan \d+ bulan lain/ : /and \d+ other months/);
    const letter = await letterEmployer.answer(asked(registryOf(record)));
    expect(textOf(letter).length).toBeLessThanOrEqual(textLimit);
    expect(letter.file).toBeDefined();
  });

  it('says in words why there is nothing to look at', async () => {
    for (const segment of ['PU', 'BPU', 'PMI', 'JAKON'] as const) {
      for (const active of [true, false]) {
        const answer = await contributionCheck.answer(asked(registryOf(onRecord([{ segment, active, paid: [] }]))));
        expect(textOf(answer).length).toBeGreaterThan(20);
        expect(answer.offers).not.toContain('letter_employer');
      }
    }
  });

  it('says that a wage fits which is reported as the member names it', async () => {
    const record = onRecord([{ paid: paidFor('2026-01', 9, 5_000_000) }]);
    const text = textOf(await contributionCheck.answer(asked(registryOf(record), someone, 5_000_000)));
    expect(text).toContain(language === 'id' ? 'tidak kurang dari gaji yang Anda sebut' : 'no less than the pay');
  });

  it('tells who is not on record any more where to go', async () => {
    const gone: Registry = {
      ...registryAway,
      account: async () => null,
      contributions: async () => [],
      floors: async () => [],
    };
    const answer = await contributionCheck.answer(asked(gone));
    expect(answer.offers).toContain('call_center');
    expect(answer.personal).toBe(false);
  });
});

function noting(written: LetterContent[], of: LetterContent): ReplyFile {
  written.push(of);
  return { kind: 'document', name: 'surat.pdf', type: 'application/pdf', content: '', words: '' };
}

function fail(): never {
  throw new Error('there is a month');
}
