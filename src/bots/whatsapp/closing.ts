import { DisconnectReason } from '@whiskeysockets/baileys';

/**
 * What follows when a connection has closed:
 * - `restart`: at once again: WhatsApp asks for it, as after linking;
 * - `again`: again after a pause, for as long as it takes;
 * - `elsewhere`: another client has our place. To take it back would make it do the same;
 * - `stopped`: trying again changes nothing, or makes it worse. A person has to look at it.
 */
export type AfterClosing = 'restart' | 'again' | 'elsewhere' | 'stopped';

/** WhatsApp's words for a number that it has shut out, for now or for good, and for a client that is too old. */
const bannedForNow = 402;
const bannedForGood = 406;
const tooOld = 405;

/** `code` as Baileys tells it: undefined where it knows of no reason. */
export function afterClosing(code: number | undefined): AfterClosing {
  switch (code) {
    case DisconnectReason.restartRequired:
      return 'restart';
    case DisconnectReason.connectionReplaced:
      return 'elsewhere';
    case DisconnectReason.loggedOut:
    case DisconnectReason.forbidden:
    case DisconnectReason.multideviceMismatch:
    case bannedForNow:
    case bannedForGood:
    case tooOld:
      return 'stopped';
    default:
      return 'again';
  }
}
