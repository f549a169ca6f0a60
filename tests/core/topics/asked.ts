import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import { understanding } from '../../../src/commands/open.ts';
import { dayInJakarta } from '../../../src/core/jamsostek/month.ts';
import type { Language } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import type { Asked, Words } from '../../../src/core/topics/topic.ts';
import { registryAway } from '../../fakes/away.ts';
import { noBlocks } from '../../fakes/chats.ts';

const understand = understanding();
const offices = shippedOffices();

function wordsOf(text: string): Words {
  return { text, meaning: understand(text), part: wordsOf };
}

/** A question to an open topic by nobody in particular; `text`: what they wrote, where it was not a choice. */
export function askedIn(language: Language, now: number, text: string | null, more: Partial<Asked> = {}): Asked {
  return {
    speech: speeches[language],
    intent: null,
    said: text === null ? null : wordsOf(text),
    now,
    today: dayInJakarta(now),
    subject: {},
    topic: null,
    point: null,
    member: async () => null,
    services: {
      offices,
      documents: directDocuments,
      registry: registryAway,
      verification: { addressOf: () => null },
      blocks: noBlocks,
    },
    ...more,
  };
}
