import { z } from 'zod';
import type { FakeBot } from '../telegram/fake-bot.ts';
import { FakeTelegram } from '../telegram/fake-telegram.ts';
import type { FakeGroup } from '../telegram/group.ts';
import type { FakePerson } from '../telegram/person.ts';
import type { Fault } from '../telegram/scripted-faults.ts';
import type { Tap } from '../telegram/seat.ts';
import type { SeenFile, SeenMessage } from '../telegram/seen-message.ts';
import type { DeskState, Line, ShownChat } from './shown.ts';
import { performOnTelegram, telegramActSchema } from './telegram-acts.ts';

/** The bot that the program is started as: its token is good for this platform alone. */
export const botToken = '4242424242:for-the-fakes-on-loopback-only';

const faults: Readonly<Record<'throttled' | 'failing' | 'cut' | 'cut after' | 'not json', Fault>> = {
  throttled: { code: 429, description: 'Too Many Requests: retry after 3', parameters: { retry_after: 3 } },
  failing: { code: 500, description: 'Internal Server Error' },
  cut: 'cut',
  'cut after': 'cut after',
  'not json': 'not json',
};

const requests = {
  person: z.object({ name: z.string().trim().min(1).max(64), language: z.enum(['id', 'en']) }),
  act: z.object({ chat: z.string(), person: z.string(), act: telegramActSchema }),
  trouble: z.object({
    kind: z.enum(['throttled', 'failing', 'cut', 'cut after', 'not json']),
    /** Calls that send something, or those that ask for updates. */
    calls: z.enum(['sends', 'polls']),
    times: z.coerce.number().int().min(1).max(1_000),
  }),
};

interface Chat {
  readonly id: string;
  readonly title: string;
  readonly screen: FakePerson | FakeGroup;
  /** How many chat actions the bot had shown when it said something last. */
  acted: number;
  notice: string;
}

/** Telegram at the desk: some people with a private chat each, and a group. */
export class TelegramSide {
  readonly #telegram: FakeTelegram;
  readonly #bot: FakeBot;
  readonly #changed: () => void;
  readonly #people = new Map<string, FakePerson>();
  readonly #chats = new Map<string, Chat>();
  readonly #group: FakeGroup;

  private constructor(telegram: FakeTelegram, changed: () => void) {
    this.#telegram = telegram;
    this.#bot = telegram.bot(botToken, { username: 'jamsostek_fake_bot' });
    this.#changed = changed;
    this.addPerson({ name: 'Siti', language: 'id' });
    this.addPerson({ name: 'John', language: 'en' });
    this.#group = this.#bot.group({ title: 'Keluarga' });
    this.#open('Keluarga (group)', this.#group);
    void watchCalls(this.#bot, changed);
  }

  /** `changed` is called back whenever it is worth looking again. */
  static async start(changed: () => void): Promise<TelegramSide> {
    return new TelegramSide(await FakeTelegram.start(), changed);
  }

  get apiRoot(): string {
    return this.#telegram.apiRoot;
  }

  get state(): DeskState['telegram'] {
    const people = [...this.#people].map(([id, { user, room }]) => ({
      id,
      name: user.first_name,
      blocked: room.blocked,
    }));
    return {
      people,
      chats: [...this.#chats.values()].map((chat) => this.#shown(chat)),
      webhook: this.#bot.webhook.url,
      commands: (this.#bot.commands.get('default')?.get('') ?? []).map(({ command }) => `/${command}`),
    };
  }

  /** Someone new on Telegram; gives back the id of their chat. */
  addPerson(request: unknown): { readonly id: string } {
    const { name, language } = requests.person.parse(request);
    const person = this.#bot.person({ firstName: name, languageCode: language });
    this.#people.set(String(person.id), person);
    this.#open(`${name} (${language})`, person);
    this.#changed();
    return { id: String(person.id) };
  }

  /** Someone does something. Throws, and says why, when that can't be done now. */
  act(request: unknown): object {
    const { chat: chatId, person: personId, act } = requests.act.parse(request);
    const chat = this.#chats.get(chatId);
    const person = this.#people.get(personId);
    if (chat === undefined || person === undefined) throw new Error('There is no such chat or person.');
    const group = chat.screen === this.#group ? this.#group : null;
    if (group === null && chat.screen !== person) throw new Error('This is the chat of someone else.');
    chat.notice = '';
    for (const tap of performOnTelegram(act, person, group)) void this.#noteAnswer(chat, tap);
    this.#changed();
    return {};
  }

  /** The next so many calls of the bot go wrong. */
  trouble(request: unknown): object {
    const { kind, calls, times } = requests.trouble.parse(request);
    this.#bot.fail(calls === 'polls' ? { method: 'getUpdates' } : {}, faults[kind], times);
    return {};
  }

  /** A file that the bot has sent. */
  file(chatId: string, messageId: string): SeenFile | null {
    const messages = this.#chats.get(chatId)?.screen.read() ?? [];
    const found = messages.find((message) => String(message.messageId) === messageId);
    return found?.document ?? found?.photo ?? null;
  }

  close(): Promise<void> {
    return this.#telegram.close();
  }

  async #noteAnswer(chat: Chat, tap: Tap): Promise<void> {
    const { text } = await tap.answered;
    chat.notice = text;
    this.#changed();
  }

  #open(title: string, screen: FakePerson | FakeGroup): void {
    const chat: Chat = { id: String(screen.id), title, screen, acted: 0, notice: '' };
    this.#chats.set(chat.id, chat);
    screen.room.onPost((message) => {
      if (message.from.id === this.#bot.me.id) chat.acted = screen.room.actions.length;
    });
  }

  #shown({ id, title, screen, acted, notice }: Chat): ShownChat {
    const keyboard = screen.room.keyboard?.keyboard ?? [];
    return {
      id,
      title,
      notice,
      lines: screen.read().map((message) => this.#line(id, message)),
      typing: screen.room.actions.length > acted,
      keys: keyboard.map((row) => row.map(({ text }) => text)),
    };
  }

  #line(chat: string, message: SeenMessage): Line {
    const { messageId, from, sender, buttons, venue, location } = message;
    const place = venue?.location ?? location;
    const file = message.document ?? message.photo;
    return {
      id: String(messageId),
      from: from === 'bot' ? null : (this.#people.get(String(sender))?.user.first_name ?? ''),
      text: message.text,
      notes: notesOn(message),
      buttons: buttons.map((row) => row.map(({ label, data, url }) => ({ label, id: data, url }))),
      place: place && {
        name: venue === null ? '' : `${venue.title}, ${venue.address}`,
        latitude: place.latitude,
        longitude: place.longitude,
      },
      file: file && { name: file.name, url: `/files/telegram/${chat}/${messageId}` },
    };
  }
}

function notesOn(message: SeenMessage): string[] {
  const { contact, edited, keyboard, removesKeyboard } = message;
  return [
    ...(contact === null ? [] : [`contact ${contact.first_name} ${contact.phone_number}`]),
    ...(edited ? ['edited'] : []),
    ...(message.protected ? ['cannot be forwarded'] : []),
    ...(keyboard === null ? [] : ['brings a keyboard']),
    ...(removesKeyboard ? ['takes the keyboard away'] : []),
  ];
}

/**
 * Calls back when a call of the bot has taken effect, with its answer still to be given: held for that moment only, so
 * that nothing is missed in between, each call by another holding.
 */
async function watchCalls(bot: FakeBot, told: () => void): Promise<never> {
  for (let held = bot.hold({}); ; ) {
    await held.reached();
    const next = bot.hold({});
    held.release();
    held = next;
    told();
  }
}
