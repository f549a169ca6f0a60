import type { Account } from './account.ts';
import type { ChatRoom } from './chat-room.ts';
import type { FakePerson } from './person.ts';
import { Screen } from './screen.ts';
import { type Act, Seat } from './seat.ts';
import type { SeenMessage } from './seen-message.ts';

/** A group with one bot in it. */
export class FakeGroup {
  readonly room: ChatRoom;
  readonly #account: Account;
  readonly #screen: Screen;

  constructor(room: ChatRoom, account: Account) {
    this.room = room;
    this.#account = account;
    this.#screen = new Screen(room, account);
  }

  get id(): number {
    return this.room.chat.id;
  }

  /** A person's place in the group. */
  person(person: FakePerson): GroupSeat {
    return new GroupSeat(person.user, this.room, this.#account);
  }

  /** What stands in the group now. */
  read(): SeenMessage[] {
    return this.#screen.read();
  }

  /** The bot's next message in the group that was not taken yet; see `Screen.next`. */
  next(options: { readonly within?: number } = {}): Promise<SeenMessage> {
    return this.#screen.next(options);
  }
}

/** One person in one group. */
export class GroupSeat extends Seat {
  /** Calls the bot by its name. */
  mention(text: string): Act {
    return this.say(`@${this.account.me.username} ${text}`);
  }

  /** Sends a command to this bot: `/name@bot`. */
  command(name: string): Act {
    return this.say(`/${name}@${this.account.me.username}`);
  }

  /** Answers a message. */
  reply(message: SeenMessage, text: string): Act {
    return this.say(text, { replyTo: message.messageId });
  }
}
