import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import type { Answer } from '../../../src/core/answer.ts';
import { languages } from '../../../src/core/language.ts';
import type { Registry } from '../../../src/core/services.ts';
import { speeches } from '../../../src/core/speech.ts';
import { goalIds, memberTopicById, topicFor } from '../../../src/core/topics/index.ts';
import { intents } from '../../../src/core/understanding/intents.ts';
import { stageDatabase, stageDay } from '../../conversations/stage.ts';

/** The narrowest channel's: WhatsApp takes as many characters beside choices, and as many choices. */
const textLimit = 1_024;
const choiceLimit = 10;

/** The conversation itself answers these. */
const withoutTopic = new Set(['logout', 'bye']);

function fits(answer: Answer, language: (typeof languages)[number]): void {
  const text = answer.paragraphs.join('\n\n');
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(textLimit);
  expect(text).not.toMatch(/\{\{|undefined|null|NaN|Invalid/);
  expect(answer.offers.length).toBeLessThanOrEqual(choiceLimit);
  for (const id of answer.offers) expect(speeches[language].text(`choices.${id}`)).not.toContain('choices.');
}

let database: Database;
let registry: Registry;
beforeAll(async () => {
  database = await stageDatabase();
  registry = postgresRegistry(database);
});
afterAll(() => database.close());

describe.each(languages)('every reply, in %s', (language) => {
  const speech = speeches[language];

  it.each(intents.filter((intent) => !withoutTopic.has(intent)))(
    'to "%s" fits every channel, and offers a way on',
    (intent) => {
      const topic = topicFor(intent);
      expect(topic).toBeDefined();
      if (topic?.access !== 'open') return;
      const answer = topic.answer({ speech, intent });
      fits(answer, language);
      expect(answer.offers.length).toBeGreaterThan(0);
      expect(answer.personal).toBe(false);
    },
  );

  it.each(goalIds)('of "%s" fits for every demo member', async (goal) => {
    for (const { ref } of demoMembers(stageDay)) {
      fits(await memberTopicById(goal).answer({ speech, registry, member: ref }), language);
    }
  });
});
