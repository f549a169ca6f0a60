/**
 * Asks the assistant questions, each in a chat of its own, and prints what it answers: `npm run questions` those of
 * docs/questions/everyday.tsv, `npm run questions -- <file>` others (id, language and question between tabs).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { directDocuments } from '../src/backends/documents/direct.ts';
import { memoryAdmissions } from '../src/backends/memory/admissions.ts';
import { memoryBreaker } from '../src/backends/memory/breaker.ts';
import { memoryLogins } from '../src/backends/memory/logins.ts';
import { conversationAt } from '../src/backends/system/conversation-id.ts';
import { keysFrom } from '../src/backends/system/keys.ts';
import { systemRandom } from '../src/backends/system/random.ts';
import { shippedOffices } from '../src/commands/offices.ts';
import { understanding } from '../src/commands/open.ts';
import { conversation } from '../src/core/conversation/converse.ts';
import { type Language, languages } from '../src/core/language.ts';
import { noMisses } from '../src/core/services.ts';
import { servicesAway } from '../tests/fakes/away.ts';
import { knownChats, noBlocks } from '../tests/fakes/chats.ts';

/** The lists were judged for this moment: a Wednesday morning. */
const moment = Date.parse('2026-11-25T03:00:00Z');

/** A question and what comes of it. */
export interface Answered {
  readonly id: string;
  readonly language: Language;
  readonly question: string;
  readonly answer: string;
  /** What can be chosen after it. */
  readonly choices: readonly string[];
  /** What the assistant took it for. */
  readonly intent: string;
}

/** The answers to questions in a tab-separated text, each asked as the first thing in a chat. */
export async function answersTo(list: string, now = moment): Promise<Answered[]> {
  const keys = keysFrom('the secret of nobody, as long as one has to be');
  const services = {
    clock: { now: () => now },
    random: systemRandom(),
    keys,
    ...servicesAway,
    admissions: memoryAdmissions(),
    breaker: memoryBreaker(),
    logins: memoryLogins(),
    consents: { record: async () => undefined },
    audit: { record: async () => undefined },
    chats: knownChats,
    blocks: noBlocks,
    misses: noMisses,
    offices: shippedOffices(),
    documents: directDocuments,
  };
  const talk = conversation(services, understanding());
  const answered: Answered[] = [];
  for (const line of list.trim().split('\n')) {
    const [id = '', written = '', question = ''] = line.split('\t');
    const language = languages.find((known) => known === written) ?? 'id';
    const from = { channel: 'questions', chat: id, sender: id };
    const conversationId = conversationAt(keys, from);
    const content = { kind: 'text', text: question } as const;
    const inbound = { id, conversation: conversationId, from, content, private: true, languageHint: language };
    const { effects, outcome } = await talk.turn(null, inbound, { writtenAt: now, behind: 0 });
    const [reply] = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
    answered.push({
      id,
      language,
      question,
      answer: reply?.text ?? '',
      choices: reply?.choices.map(({ label }) => label) ?? [],
      intent: outcome.intent,
    });
  }
  return answered;
}

if (import.meta.main) {
  const file = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'questions', 'everyday.tsv');
  for (const { id, question, answer, choices, intent } of await answersTo(readFileSync(file, 'utf8'))) {
    process.stdout.write(`${id} ${question}\n[${intent}]\n${answer}\n> ${choices.join(' | ')}\n\n`);
  }
}
