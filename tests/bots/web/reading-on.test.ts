import { setImmediate as settled } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/backends/system/clock.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { memoryChatLog } from '../../../src/bots/web/memory-chat-log.ts';
import { Tab } from '../../../src/bots/web/tab.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';

const conversation = branded<ConversationId>('conversation');

it.each(Array.from({ length: 12 }, (_, moments) => moments))(
  'a tab shows what is said %i moments after something else was, without being told again',
  async (moments) => {
    const log = memoryChatLog({ clock: systemClock(), random: systemRandom() });
    const tab = new Tab(log, conversation, '');
    await tab.refresh();
    const say = (key: string) => log.add(conversation, { key, text: JSON.stringify({ kind: 'assistant', text: key }) });
    void say('first');
    for (let moment = 0; moment < moments; moment += 1) await Promise.resolve();
    void say('second');
    await settled();
    const shown = String(tab.stream.read());
    expect(shown).toContain('first');
    expect(shown).toContain('second');
    tab.leave();
  },
);
