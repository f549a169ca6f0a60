import type { Location, Message } from 'grammy/types';
import type { Act } from './seat.ts';

/** A person's place that moves: each move is an edit of the first message. */
export class LiveLocation {
  readonly act: Act;
  readonly #change: (message: Message, location: Location) => Act;
  #location: Location;

  constructor(act: Act, change: (message: Message, location: Location) => Act) {
    this.act = act;
    this.#change = change;
    this.#location = act.message.location ?? { latitude: 0, longitude: 0 };
  }

  move(latitude: number, longitude: number): Act {
    this.#location = { ...this.#location, latitude, longitude };
    return this.#change(this.act.message, this.#location);
  }

  /** Ends the sharing: Telegram tells it as an edit without a period. */
  stop(): Act {
    const { live_period: _, ...last } = this.#location;
    return this.#change(this.act.message, last);
  }
}
