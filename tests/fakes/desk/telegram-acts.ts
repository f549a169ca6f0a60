import { z } from 'zod';
import type { FakeGroup } from '../telegram/group.ts';
import type { FakePerson } from '../telegram/person.ts';
import type { Tap } from '../telegram/seat.ts';

const place = { latitude: z.number(), longitude: z.number() };
const message = z.coerce.number().int();
const text = z.string().trim().min(1);
const phone = z.string();

/** What a person can do on Telegram. */
export const telegramActSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text }),
  /** In a group: calls the bot by its name. */
  z.object({ kind: z.literal('mention'), text }),
  /** Twice is a double tap: Telegram gives each an id of its own. */
  z.object({ kind: z.literal('tap'), message, button: z.string(), twice: z.boolean().default(false) }),
  /** A key of the keyboard in place of letters. */
  z.object({ kind: z.literal('press'), label: z.string(), ...place }),
  z.object({ kind: z.literal('edit'), message, text }),
  z.object({ kind: z.literal('delete'), message }),
  z.object({ kind: z.literal('location'), ...place }),
  z.object({ kind: z.literal('live location'), ...place }),
  z.object({ kind: z.literal('contact'), phone }),
  z.object({ kind: z.literal('forwarded contact'), phone }),
  z.object({ kind: z.enum(['photo', 'voice', 'video', 'document', 'sticker', 'block', 'unblock']) }),
]);
type Act = z.infer<typeof telegramActSchema>;

/**
 * Does it, in the private chat of this person or in a group. Gives back the taps, which wait for an answer. Throws, and
 * says why, when it can't be done now.
 */
export function performOnTelegram(act: Act, person: FakePerson, group: FakeGroup | null): readonly Tap[] {
  const seat = group?.person(person) ?? person;
  switch (act.kind) {
    case 'tap': {
      const seen = (group ?? person).read().find(({ messageId }) => messageId === act.message);
      if (seen === undefined) throw new Error('This message is not there any more.');
      return Array.from({ length: act.twice ? 2 : 1 }, () => seat.tap(seen, act.button));
    }
    case 'text':
      seat.say(act.text);
      return [];
    case 'mention':
      if (group === null) throw new Error('In a private chat nobody has to be called by name.');
      group.person(person).mention(act.text);
      return [];
    case 'press':
      person.press(act.label, act);
      return [];
    case 'edit':
      seat.edit(act.message, act.text);
      return [];
    case 'delete':
      seat.remove(act.message);
      return [];
    case 'location':
      seat.location(act.latitude, act.longitude);
      return [];
    case 'live location':
      seat.liveLocation(act.latitude, act.longitude);
      return [];
    case 'contact':
      seat.contact(act.phone);
      return [];
    case 'forwarded contact': {
      const friend = { firstName: 'A friend' };
      seat.forwardContact(act.phone, friend, friend);
      return [];
    }
    case 'document':
      seat.document('ktp.pdf', 'application/pdf');
      return [];
    case 'photo':
    case 'voice':
    case 'video':
    case 'sticker':
      seat[act.kind]();
      return [];
    case 'block':
    case 'unblock':
      person[act.kind]();
      return [];
  }
}
