import {
  areJidsSameUser,
  type Contact,
  isHostedLidUser,
  isHostedPnUser,
  isLidUser,
  isPnUser,
} from '@whiskeysockets/baileys';

/** True for the address of one person, by phone number or by LID: not of a group, a broadcast or a channel. */
export function isPerson(jid: string | null | undefined): jid is string {
  return [isPnUser, isLidUser, isHostedPnUser, isHostedLidUser].some((is) => is(jid ?? undefined) === true);
}

/** True for the address of any of our own devices. */
export function isMe(jid: string | undefined, me: Contact | undefined): boolean {
  return areJidsSameUser(jid, me?.id) || areJidsSameUser(jid, me?.lid);
}
