import { memoryAdmissions } from '../../src/backends/memory/admissions.ts';
import { memoryProgress } from '../../src/backends/memory/progress.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { systemTimer } from '../../src/backends/system/timer.ts';
import { telegram } from '../../src/bots/telegram/channel.ts';
import type { Content } from '../../src/core/inbound.ts';
import { alwaysOwning } from '../bots/telegram/always-owning.ts';
import { environmentOf } from '../bots/telegram/environment.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';
import type { FakePerson } from '../fakes/telegram/person.ts';
import type { Seat } from '../fakes/telegram/seat.ts';
import type { SeenMessage } from '../fakes/telegram/seen-message.ts';
import { bySms, playAll } from './all.ts';
import type { End, Place, Seating } from './end.ts';
import type { Stage } from './stage.ts';

const token = '123456789:AAabcdefghijklmnopqrstuvwxyz-_12345';

/** What apps send as one message, and what a bot may send. */
const longestText = 4_096;

/** The real channel, polling a platform on loopback; people there with their phones. */
const onTelegram: Seating = {
  lacks: ['empty texts', 'a telephone'],
  limits: { text: longestText, label: 40 },
  async seat(stage: Stage): Promise<End> {
    let late = 0;
    const platform = await FakeTelegram.start({ now: () => stage.time.now() - late });
    const bot = platform.bot(token, { username: 'jamsostek_test_bot' });
    const open = telegram.configure(environmentOf({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: platform.apiRoot }));
    if (!open) throw new Error('The channel is off');
    const channel = await open({
      intake: stage.intake,
      clock: stage.time,
      timer: systemTimer(),
      random: systemRandom(),
      owning: alwaysOwning(),
      admissions: memoryAdmissions(),
      progress: memoryProgress(),
      works: true,
      secret: (purpose) => purpose,
      report: () => undefined,
      show: () => undefined,
    });
    stage.bot = channel;
    channel.start?.();
    const group = bot.group();
    // Nobody's phone says which language they read: their words do.
    const [one, other] = [bot.person({ languageCode: 'fr' }), bot.person({ languageCode: 'fr' })];
    const everything: SeenMessage[] = [];
    const screens: Record<Place, { read(): SeenMessage[] }> = { a: one, b: other, group };
    return {
      async does({ place, content, writtenAt }) {
        const screen = screens[place];
        const before = new Set(screen.read().map(({ messageId }) => messageId));
        late = writtenAt === undefined ? 0 : stage.time.now() - writtenAt;
        const sent = new Set<number | null>();
        const effects = await stage.hearThrough(() => {
          sent.add(
            place === 'group'
              ? act(group.person(one), { ...content, ...addressed(content) }, everything)
              : act(place === 'a' ? one : other, content, everything),
          );
        });
        late = 0;
        const now = screen.read();
        const answers = now.filter(({ messageId, from }) => from === 'bot' && !before.has(messageId));
        everything.push(...answers);
        const [answer, more] = answers;
        if (more) throw new Error('One turn answers with one message');
        if (!answer) return { effects, seen: null };
        const hid = now.every(({ messageId }) => !sent.has(messageId));
        return { effects, seen: { text: answer.text, buttons: answer.buttons.flat().map(({ label }) => label), hid } };
      },
      async close() {
        await channel.stop();
        await channel.close();
        await platform.close();
      },
    };
  },
};

/** In a group a bot hears what calls it by its name. */
function addressed(content: Content): Content {
  return content.kind === 'text' ? { ...content, text: `@jamsostek_test_bot ${content.text}` } : content;
}

/** Does it, and says which message of the person's it became. */
function act(seat: FakePerson | Seat, content: Content, seen: readonly SeenMessage[]): number | null {
  switch (content.kind) {
    case 'text':
      return seat.say(content.text.slice(0, longestText)).message.message_id;
    case 'choice': {
      const { id: data } = content;
      const shown = seen.find(({ buttons }) => buttons.flat().some((button) => button.data === data));
      const newest = seen.at(-1);
      if (!newest) throw new Error('There is nothing to tap');
      // What was never offered: an app that was changed, or a message of an earlier version.
      seat.tap(shown ?? { ...newest, buttons: [[{ label: data, data, url: null }]] }, data);
      return null;
    }
    case 'location':
      return seat.location(content.latitude, content.longitude).message.message_id;
    case 'media':
      return media[content.media](seat).message.message_id;
    case 'unsupported':
      return seat.dice().message.message_id;
    case 'edited':
      throw new Error('No transcript changes what was written');
  }
}

const media = {
  voice: (seat: Seat) => seat.voice(),
  photo: (seat: Seat) => seat.photo(),
  sticker: (seat: Seat) => seat.sticker(),
  document: (seat: Seat) => seat.document('surat.pdf', 'application/pdf'),
  video: (seat: Seat) => seat.video(),
  contact: (seat: Seat) => seat.contact('+6281234567890'),
};

playAll('Telegram', onTelegram, [...bySms, 'empty-message']);
