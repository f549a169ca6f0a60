/** How the platform behaves; each can be changed at any time and holds for what comes after. */
export interface Behaviour {
  /** The member's phone takes what the assistant sends, and says so. */
  deliver: boolean;
  /** The member opens the chat, and their phone says so. */
  read: boolean;
  /** What the assistant sends is refused with this code: 463 is an account that may not write to strangers. */
  ackError: number | undefined;
  /** What the assistant sends arrives, but neither the server nor the member's phone says so. */
  dropAck: boolean;
  /** What the assistant sends is lost without a word, as when a link dies while bytes are on their way. */
  loseSent: boolean;
  /** The server reads and does nothing: no answer, no message, no end of the connection. */
  silent: boolean;
  /** At a login, what came in between is kept back (`all`), or is sent without ever being said to be all (`end`). */
  holdOffline: 'no' | 'all' | 'end';
  /** The owner's phone sends its history to a device that was linked, without which a client waits 20 s for it. */
  sendHistory: boolean;
  /** The owner's phone answers when a linked device asks it for a message that it could not read. */
  phoneHelps: boolean;
  /** Logins are refused with this code: 405 is a client that is too old, 403 a number that is banned. */
  refuseLogin: number | undefined;
}

/** A platform that works. */
export const asItShould: Readonly<Behaviour> = {
  deliver: true,
  read: false,
  ackError: undefined,
  dropAck: false,
  loseSent: false,
  silent: false,
  holdOffline: 'no',
  sendHistory: true,
  phoneHelps: true,
  refuseLogin: undefined,
};
