import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import type { Content } from '../../../src/core/inbound.ts';
import { type Rupiah, rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { Effect } from '../../../src/core/reply.ts';
import { speeches } from '../../../src/core/speech.ts';
import { minute } from '../../../src/core/time.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

/** Everything that a member is told of their own. */
const topics = [
  'balance',
  'balance_years',
  'balance_chart',
  'balance_masked',
  'contributions',
  'contribution_more',
  'contribution_years',
  'contribution_chart',
  'contribution_check',
  'letter_employer',
  'letter_agency',
  'member_number',
  'digital_card',
  'statement',
  'estimate_jht',
  'loss_statement',
] as const;

/** So many chats at once, each with a member of its own. */
const chats = 8;

let database: Database;
beforeAll(async () => {
  database = await stageDatabase();
});
afterAll(() => database.close());

describe('members who ask for everything at the same time', () => {
  it('never see anything of each other, in words, pictures or documents', { timeout: 120_000 }, async () => {
    const stage = new Stage(database, 'canary');
    const members = demoMembers(stageDay)
      .filter(({ phone, deceased, memberships }) => phone !== null && !deceased && memberships.length > 0)
      .filter((_, index) => index % 4 === 0)
      .slice(0, chats);
    expect(members).toHaveLength(chats);
    const all = (content: (member: DemoMember) => Content) =>
      stage.hearAtOnce(members.map((member) => ({ content: content(member), seat: { chat: member.ref } })));
    const text = (words: string): Content => ({ kind: 'text', text: words });

    await all(() => text('saldo'));
    await all(() => ({ kind: 'choice', id: 'consent_yes' }));
    await all(({ nik }) => text(nik));
    const codes = new Map(
      stage.effects.flatMap((effect) => (effect.kind === 'sms' ? [[effect.to, codeIn(effect.text)] as const] : [])),
    );
    await all(({ phone }) => text((phone && codes.get(phone)) ?? 'no code'));
    expect(stage.outcome?.state).toBe('verified');

    const registry = postgresRegistry(database);
    const accounts = await Promise.all(members.map(({ ref }) => registry.account(ref)));
    const own = members.map((member, index) => canariesOf(member, accounts[index]?.total ?? rupiah(0)));
    // Two members can have earned the same: what another may be told of their own says nothing.
    const others = members.map((member) => JSON.stringify(member));
    const canaries = members.map((member, index) => ({
      chat: member.ref,
      words: (own[index] ?? []).filter(
        (word) => !others.some((other, at) => at !== index && (other.includes(word) || own[at]?.includes(word))),
      ),
    }));
    const seen = new Map<string, number>();
    for (const topic of topics) {
      await stage.time.advance(minute / 2);
      const before = stage.effects.length;
      await all(() => ({ kind: 'choice', id: topic }));
      for (const [chat, shown] of shownIn(stage, stage.effects.slice(before))) {
        for (const canary of canaries) {
          const found = canary.words.filter((word) => shown.includes(word));
          if (canary.chat === chat) seen.set(topic, (seen.get(topic) ?? 0) + found.length);
          else expect(found, `${topic}: of another member`).toEqual([]);
        }
      }
    }
    expect(stage.faults).toEqual([]);
    const blind = topics.filter((topic) => !seen.get(topic));
    expect(blind, 'each topic shows something of its own member, else nothing was tried').toEqual([]);
  });
});

/** What each chat was shown: its words, and what its pictures and documents were made from. */
function shownIn(stage: Stage, effects: readonly Effect[]): Map<string, string> {
  const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect] : []));
  return new Map(
    replies.map(({ to, reply }) => {
      const made = reply.file ? (stage.made.get(reply.file.content) ?? 'a file that nobody made') : '';
      return [to.chat, [reply.text, reply.file?.words ?? '', made].join('\n')];
    }),
  );
}

/** What nobody else may see: name, numbers, employers, and the balance, in words and as it goes into pictures. */
function canariesOf({ name, nik, memberships }: DemoMember, total: Rupiah): string[] {
  const last = memberships.flatMap(({ contributions }) => contributions.at(-1)?.amount ?? []);
  return [
    name,
    nik,
    speeches.id.rupiah(total),
    `"amount":${total}`,
    ...last.map((amount) => `"amount":${amount}`),
    ...memberships.flatMap(({ kpj, employer }) => (employer === null ? [kpj] : [kpj, employer])),
  ];
}

function codeIn(text: string): string {
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
}
