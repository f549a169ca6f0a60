import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import type { Answer } from '../../../src/core/answer.ts';
import type { MemberRef } from '../../../src/core/jamsostek/member.ts';
import { articleIds } from '../../../src/core/knowledge/articles.ts';
import { labelOf } from '../../../src/core/label.ts';
import { languages } from '../../../src/core/language.ts';
import type { Registry, Verification } from '../../../src/core/services.ts';
import { speeches } from '../../../src/core/speech.ts';
import { articleAnswer } from '../../../src/core/topics/article.ts';
import { goalIds, memberTopicById, topicById, topicFor } from '../../../src/core/topics/index.ts';
import type { AskedByMember } from '../../../src/core/topics/topic.ts';
import { intents } from '../../../src/core/understanding/intents.ts';
import { stageDatabase, stageDay } from '../../conversations/stage.ts';
import { askedIn } from './asked.ts';

/** The narrowest channel's: WhatsApp takes as many characters beside choices, and as many choices. */
const textLimit = 1_024;
const choiceLimit = 10;
/** One screen of a small phone. */
const screen = 600;

/** What a member is told of their own can take a little more. */
const longest = 700;
/** With an address of the length that a real one has. */
const verification: Verification = { addressOf: () => `https://jamsostek.example/v/${'a'.repeat(60)}` };

/** The conversation itself answers these. */
const withoutTopic = new Set(['logout', 'bye']);

const now = Date.parse('2026-11-22T03:00:00Z');

function fits(answer: Answer, language: (typeof languages)[number]): void {
  const text = answer.paragraphs.join('\n\n');
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(textLimit);
  expect(text).not.toMatch(/\{\{|undefined|null|NaN|Invalid/);
  expect(answer.offers.length).toBeLessThanOrEqual(choiceLimit);
  for (const id of answer.offers) expect(labelOf(id, speeches[language])).not.toContain('choices.');
}

let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await stageDatabase();
  registry = postgresRegistry(database);
});
afterAll(() => database.close());

describe.each(languages)('every reply, in %s', (language) => {
  it.each(intents.filter((intent) => !withoutTopic.has(intent)))(
    'to "%s" fits every channel, and offers a way on',
    async (intent) => {
      const topic = topicFor(intent);
      expect(topic).toBeDefined();
      if (topic?.access !== 'open') return;
      const answer = await topic.answer(askedIn(language, now, null, { intent }));
      fits(answer, language);
      expect(answer.offers.length).toBeGreaterThan(0);
      expect(answer.personal).toBe(false);
    },
  );

  it.each(['privacy', 'loss_statement'])('to the choice "%s" fits, too', async (id) => {
    const topic = topicById(id);
    expect(topic?.access).toBe('open');
    if (topic?.access === 'open') fits(await topic.answer(askedIn(language, now, null)), language);
  });

  it.each(['2026-11-22', '2027-01-02', '2027-04-01'])(
    'out of an article fits one screen on %s, with its sources and a way on',
    (day) => {
      const asked = askedIn(language, Date.parse(`${day}T03:00:00Z`), null);
      const answers = articleIds.flatMap((id) => articleAnswer(id, asked) ?? []);
      expect(answers.length).toBeGreaterThan(articleIds.length * 0.9);
      for (const answer of answers) {
        fits(answer, language);
        const text = answer.paragraphs.join('\n\n');
        expect(text.length, text).toBeLessThanOrEqual(screen);
        expect(text).toMatch(
          language === 'id' ? /^Sumber: [^\n]{1,200} Diperiksa /m : /^Source: [^\n]{1,200} Checked /m,
        );
        expect(answer.offers.length).toBeGreaterThan(1);
      }
    },
  );

  it.each(goalIds)(
    'of "%s" fits one screen or little more for every demo member, and offers a way on',
    async (goal) => {
      for (const { ref } of demoMembers(stageDay)) {
        const answer = await memberTopicById(goal).answer(askedByMember(language, ref));
        fits(answer, language);
        expect(answer.offers.length).toBeGreaterThan(0);
        expect(answer.paragraphs.join('\n\n').length, answer.paragraphs.join('\n\n')).toBeLessThanOrEqual(longest);
      }
    },
  );

  function askedByMember(of: (typeof languages)[number], member: MemberRef): AskedByMember {
    const { services, ...asked } = askedIn(of, now, null);
    return { ...asked, member, services: { ...services, registry, verification } };
  }
});
