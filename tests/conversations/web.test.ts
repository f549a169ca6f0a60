import { systemRandom } from '../../src/backends/system/random.ts';
import { memoryChatLog } from '../../src/bots/web/memory-chat-log.ts';
import { webBot } from '../../src/bots/web/web.ts';
import { serverLog } from '../../src/commands/server-log.ts';
import type { Content } from '../../src/core/inbound.ts';
import { httpServer, listen } from '../../src/http.ts';
import { openLog } from '../../src/log.ts';
import { type Seen, Tab } from '../bots/web/tab.ts';
import { bySms, playAll } from './all.ts';
import type { Seating } from './end.ts';

/** What the box on the page takes. */
const longestText = 4_000;

/** The page's server on a real port, and tabs that send and read as the page does. */
const web: Seating = {
  lacks: ['groups', 'dates', 'hiding', 'unsupported kinds', 'a telephone'],
  limits: { text: longestText, label: 40 },
  async seat(stage) {
    const clock = stage.time;
    const log = memoryChatLog({ clock, random: systemRandom() });
    const bot = webBot({ intake: stage.intake, clock, random: systemRandom(), log, demo: null });
    stage.bot = bot;
    const app = httpServer({ ready: {}, log: serverLog(openLog('silent')), trustProxy: false });
    await app.register(bot.routes);
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const tabs = new Map<string, Tab>();
    const tabAt = async (place: string): Promise<Tab> => {
      const known = tabs.get(place);
      if (known) return known;
      const tab = new Tab(url);
      await tab.connect();
      tabs.set(place, tab);
      return tab;
    };
    let messages = 0;
    return {
      async does({ place, content }) {
        const tab = await tabAt(place);
        messages += 1;
        const id = `message-${messages}`;
        const effects = await stage.hearThrough(async () => {
          await tab.post('/web/messages', { id, ...bodyOf(content) });
        });
        if (!effects.some(({ kind }) => kind === 'reply')) return { effects, seen: null };
        const answer = await nextAnswer(tab);
        const { text = '', choices = [] } = answer?.data ?? {};
        const buttons = Array.isArray(choices) ? choices.map(({ label }: { label: string }) => label) : [];
        return { effects, seen: { text: String(text), buttons, hid: false } };
      },
      async close() {
        for (const tab of tabs.values()) tab.disconnect();
        await app.close();
        await log.close();
      },
    };
  },
};

/** A page whose chat was forgotten meanwhile is let go, and comes back to what is there since. */
async function nextAnswer(tab: Tab): Promise<Seen | null> {
  const isAnswer = ({ kind }: Seen) => kind === 'assistant';
  const answer = await tab.until(isAnswer);
  if (answer) return answer;
  await tab.connect();
  return tab.until(isAnswer);
}

function bodyOf(content: Content): object {
  switch (content.kind) {
    case 'text':
      return { text: content.text.slice(0, longestText) };
    case 'choice':
      return { choice: content.id };
    case 'location':
      return { location: { latitude: content.latitude, longitude: content.longitude } };
    case 'media':
      return { media: content.media };
    default:
      throw new Error(`the page has no ${content.kind}`);
  }
}

playAll('the web page', web, [...bySms, 'group', 'late', 'unsupported-message']);
