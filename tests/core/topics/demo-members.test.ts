import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import type { Scenario } from '../../../src/backends/demo/person.ts';
import { demoSeed } from '../../../src/backends/demo/seed.ts';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { type Database, openDatabase } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { daySchema, monthSchema } from '../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { CardContent, Documents, Registry, StatementContent } from '../../../src/core/services.ts';
import { speeches } from '../../../src/core/speech.ts';
import type { Subject } from '../../../src/core/subject.ts';
import { type GoalId, memberTopicById } from '../../../src/core/topics/index.ts';
import { ownFigures } from '../../../src/core/topics/own-figures.ts';
import type { AskedByMember } from '../../../src/core/topics/topic.ts';
import { registryAway } from '../../fakes/away.ts';
import { noBlocks } from '../../fakes/chats.ts';

const today = daySchema.parse('2026-11-22');
const now = Date.parse('2026-11-22T03:00:00Z');
const templates = join(import.meta.dirname, '..', '..', '..', '.cache');

let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' }, { templates, seed: demoSeed(today) });
  registry = postgresRegistry(database);
});
afterAll(() => database.close());

const members = demoMembers(today);

function memberOf(scenario: Scenario): DemoMember {
  const found = members.find((each) => each.scenario === scenario);
  if (!found) throw new Error(`nobody is ${scenario}`);
  return found;
}

/** What was asked of the documents, each of which is made for real. */
const made: { cards: CardContent[]; statements: StatementContent[] } = { cards: [], statements: [] };
const documents: Documents = {
  ...directDocuments,
  card(of) {
    made.cards.push(of);
    return directDocuments.card(of);
  },
  statement(of) {
    made.statements.push(of);
    return directDocuments.statement(of);
  },
};

function asked(scenario: Scenario, subject: Subject = {}): AskedByMember {
  return {
    speech: speeches.id,
    intent: null,
    said: null,
    now,
    today,
    subject,
    topic: null,
    member: memberOf(scenario).ref,
    services: {
      registry,
      documents,
      offices: shippedOffices(),
      verification: { addressOf: ({ initials }) => `https://jamsostek.example/v/${initials}` },
      blocks: noBlocks,
    },
  };
}

const told = (scenario: Scenario, goal: GoalId, subject?: Subject): Promise<Answer> =>
  memberTopicById(goal).answer(asked(scenario, subject));
const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');
const month = (text: string) => monthSchema.parse(text);

describe('what is so of a member is said plainly', () => {
  const cases: readonly (readonly [Scenario, GoalId, string])[] = [
    ['balance 0', 'balance', 'JHT pernah dibayarkan kepada Anda'],
    ['construction', 'balance', 'jasa konstruksi tidak memiliki JHT'],
    ['claim in progress', 'balance', 'Ada klaim yang sedang diproses'],
    ['BPU', 'balance', 'bukan penerima upah'],
    ['migrant', 'balance', 'pekerja migran'],
    ['new member', 'balance_chart', 'baru tercatat satu tahun'],
    ['construction', 'balance_years', 'Belum ada saldo JHT'],
    ['construction', 'balance_chart', 'Belum ada saldo JHT'],
    ['balance 0', 'balance_years', 'dibayarkan Rp'],
    ['construction', 'contributions', 'tidak memiliki JHT'],
    ['construction', 'contribution_chart', 'tidak memiliki JHT'],
    ['construction', 'statement', 'Belum ada saldo JHT'],
    ['construction', 'member_number', 'tanpa JHT'],
    ['inactive', 'member_number', 'tidak aktif'],
    ['inactive', 'digital_card', 'tidak aktif'],
    ['deceased', 'digital_card', 'Ahli waris'],
    ['new member', 'statement', 'sampai 31 Oktober 2026'],
    ['balance 0', 'statement', 'tahun 2024 (PDF)'],
    ['near pension', 'balance_years', 'Sebelum'],
    ['missing months', 'contribution_chart', 'Bulan yang kosong'],
  ];
  it.each(cases)('to "%s", asked for %s: %s', async (scenario, goal, text) => {
    expect(textOf(await told(scenario, goal))).toContain(text);
  });

  it('of months that are missing in a year', async () => {
    const period = { from: month('2025-01'), to: month('2025-12') };
    expect(textOf(await told('missing months', 'contributions', { contributions: { period } }))).toContain(
      'Tidak tercatat: November 2025 dan Desember 2025.',
    );
  });

  it('of a month that is late, by what is on record until now', async () => {
    const period = { from: month('2026-08'), to: month('2026-08') };
    const text = textOf(await told('arrears', 'contributions', { contributions: { period } }));
    expect(text).toContain('Iuran Agustus 2026 belum tercatat.');
    expect(text).toContain('lebih lama dari biasanya');
  });
});

describe('figures', () => {
  it.each(['one KPJ', 'several KPJ', '25 years of history', 'BPU', 'migrant', 'claim in progress'] as const)(
    'by year come to the balance in the end, of "%s"',
    async (scenario) => {
      const account = await registry.account(memberOf(scenario).ref);
      const total = speeches.id.rupiah(account?.total ?? rupiah(0));
      expect(textOf(await told(scenario, 'balance_years'))).toContain(`2026: ${total} `);
    },
  );

  it('of a statement go from what was there before to what is there after, number by number', async () => {
    made.statements.length = 0;
    const several = await told('several KPJ', 'statement', { statementYear: 2026 });
    expect(several.file?.type).toBe('application/pdf');
    const [content] = made.statements;
    const account = await registry.account(memberOf('several KPJ').ref);
    expect(content?.memberships.reduce((sum, { after }) => sum + after, 0)).toBe(account?.total);
    for (const each of content?.memberships ?? []) {
      expect(each.after).toBe(each.before + each.contributed + each.growth - each.paidOut);
      expect(each.after).toBe(account?.memberships.find(({ kpj }) => kpj === each.kpj)?.balance);
    }
    expect(content?.contributions.every(({ month: of }) => of.startsWith('2026-'))).toBe(true);
    expect(content?.contributions[0]?.month).toBe('2026-01');
  });

  it('of the statement of a year begin where the year before ended', async () => {
    made.statements.length = 0;
    await told('one KPJ', 'statement', { statementYear: 2024 });
    await told('one KPJ', 'statement', { statementYear: 2025 });
    const [before, after] = made.statements;
    expect(after?.memberships[0]?.before).toBe(before?.memberships[0]?.after);
    expect(before?.contributions).toHaveLength(12);
  });
});

describe('papers', () => {
  it('open with the NIK, which no text says', async () => {
    made.statements.length = 0;
    const answer = await told('one KPJ', 'statement');
    const { nik } = memberOf('one KPJ');
    expect(made.statements[0]?.password).toBe(nik);
    expect(textOf(answer)).toContain('16 angka NIK');
    expect(textOf(answer) + (answer.file?.name ?? '') + (answer.file?.words ?? '')).not.toContain(nik);
  });

  it('have a code that opens on initials alone', async () => {
    made.cards.length = 0;
    await told('one KPJ', 'digital_card');
    expect(made.cards[0]).toMatchObject({ name: 'Rahmawati Lestari', address: 'https://jamsostek.example/v/R. L.' });
    expect(made.cards[0]?.maskedNik).not.toBe(memberOf('one KPJ').nik);
  });

  it.each([
    ['one KPJ', ['JHT', 'JKK', 'JKM']],
    ['construction', ['JKK', 'JKM']],
    ['inactive', ['JHT']],
    ['balance 0', []],
  ] as const)('of "%s" name only what surely covers them', async (scenario, programs) => {
    made.cards.length = 0;
    await told(scenario, 'digital_card');
    expect(made.cards[0]?.programs).toEqual(programs);
  });
});

describe('pages of contributions', () => {
  it('come one after the other until there are no more, and go no further', async () => {
    let answer = await told('one KPJ', 'contributions');
    let pages = 1;
    while (answer.offers.includes('contribution_more')) {
      answer = await told('one KPJ', 'contribution_more', answer.subject);
      pages += 1;
    }
    expect(pages).toBe(4);
    const last = textOf(answer);
    expect(textOf(await told('one KPJ', 'contribution_more', answer.subject))).toBe(last);
  });
});

describe('the figures that estimates start from', () => {
  const figuresOf = (scenario: Scenario) =>
    ownFigures({ services: asked(scenario).services, member: async () => memberOf(scenario).ref });

  it('are balance and wage of who is employed', async () => {
    const account = await registry.account(memberOf('one KPJ').ref);
    const [newest] = await registry.contributions(memberOf('one KPJ').ref, 1);
    expect(await figuresOf('one KPJ')).toEqual({ asOf: '2026-10-31', balance: account?.total, wage: newest?.wage });
  });

  it('are an amount, and no wage, of who pays for themselves', async () => {
    expect(await figuresOf('BPU')).toMatchObject({ contribution: 40_000 });
    expect(await figuresOf('BPU')).not.toHaveProperty('wage');
    expect(await figuresOf('migrant')).toMatchObject({ contribution: 100_000 });
  });

  it('are no wage of who has left', async () => {
    const figures = await figuresOf('inactive');
    expect(figures?.balance).toBeGreaterThan(rupiah(0));
    expect(figures).not.toHaveProperty('wage');
  });

  it('are none for who has not shown who they are, and none while the registry is away', async () => {
    const { services } = asked('one KPJ');
    expect(await ownFigures({ services, member: async () => null })).toBeNull();
    const away = { ...services, registry: registryAway };
    expect(await ownFigures({ services: away, member: async () => memberOf('one KPJ').ref })).toBeNull();
  });
});
