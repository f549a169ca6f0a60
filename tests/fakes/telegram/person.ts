import type { User } from 'grammy/types';
import type { Account } from './account.ts';
import { type ChatRoom, seconds } from './chat-room.ts';
import type { ReplyKeyboard } from './keyboards.ts';
import { Screen } from './screen.ts';
import { type Act, Seat } from './seat.ts';
import type { SeenMessage } from './seen-message.ts';

/** A person on Telegram in the private chat with a bot. */
export class FakePerson extends Seat {
  readonly #screen: Screen;

  constructor(user: User, room: ChatRoom, account: Account) {
    super(user, room, account);
    this.#screen = new Screen(room, account);
  }

  get id(): number {
    return this.user.id;
  }

  /** What stands in the chat now. */
  read(): SeenMessage[] {
    return this.#screen.read();
  }

  /** The bot's next message that was not taken yet; see `Screen.next`. */
  next(options: { readonly within?: number } = {}): Promise<SeenMessage> {
    return this.#screen.next(options);
  }

  /** How often the bot was shown to be typing. */
  get typing(): number {
    return this.room.actions.filter(({ action }) => action === 'typing').length;
  }

  /** The keyboard in place of letters; null when there are letters. */
  get keyboard(): ReplyKeyboard | null {
    return this.room.keyboard;
  }

  /** Presses a key of that keyboard; one that asks for a place sends this place. */
  press(label: string, place?: { readonly latitude: number; readonly longitude: number }): Act {
    const keyboard = this.room.keyboard;
    const key = keyboard?.keyboard.flat().find(({ text }) => text === label);
    if (key === undefined) throw new Error(`There is no key "${label}" to press.`);
    if (keyboard?.one_time_keyboard) this.room.keyboard = null;
    if (key.request_contact) throw new Error('Use contact() to send a phone number.');
    if (!key.request_location) return this.say(label);
    if (place === undefined) throw new Error(`The key "${label}" sends a place: say which.`);
    return this.location(place.latitude, place.longitude);
  }

  /** Stops the bot: what it sends is refused with 403. */
  block(): void {
    this.#member(true);
  }

  unblock(): void {
    this.#member(false);
  }

  #member(blocked: boolean): void {
    if (this.room.blocked === blocked) return;
    this.room.blocked = blocked;
    const { me, now, queue } = this.account;
    const user = { id: me.id, is_bot: true, first_name: me.first_name, username: me.username };
    const member = { status: 'member', user } as const;
    const kicked = { status: 'kicked', user, until_date: 0 } as const;
    const [old, fresh] = blocked ? [member, kicked] : [kicked, member];
    queue.push(
      {
        my_chat_member: {
          chat: this.room.chat,
          from: this.user,
          date: seconds(now()),
          old_chat_member: old,
          new_chat_member: fresh,
        },
      },
      `member ${this.id}`,
    );
  }
}
