import { z } from 'zod';
import { branded } from '../../core/brand.ts';
import type { MemberRef } from '../../core/jamsostek/member.ts';
import type { Chats, Mac } from '../../core/services.ts';
import { digestOf } from '../../engine/trace.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** The newest consents of a chat that are told of. */
const mostConsents = 5;

/** What is known of chats, in the database. One round trip for each call. */
export function postgresChats({ pool }: Pick<Database, 'pool'>): Chats {
  const ask = asking(pool, 'chats');
  return {
    async noteLogin({ conversation, member, turn, at }) {
      const [{ is_first }] = await ask(
        'select * from bot.note_login($1, $2, $3, $4)',
        [conversation, member, digestOf(turn), iso(at)],
        z.tuple([z.object({ is_first: z.boolean() })]),
      );
      return { first: is_first };
    },
    async link({ conversation, member, nik, at, until }) {
      await ask(
        'select bot.link_chat($1, $2, $3, $4, $5)',
        [conversation, member, nik, iso(at), iso(until)],
        z.unknown(),
      );
    },
    async linked(conversation, now) {
      const [link] = await ask(
        'select * from bot.linked_chat($1, $2)',
        [conversation, iso(now)],
        z.array(linkRow).max(1),
        true,
      );
      return link ?? null;
    },
    async unlink(conversation) {
      const [{ unlinked }] = await ask(
        'select * from bot.unlink_chat($1)',
        [conversation],
        z.tuple([z.object({ unlinked: z.boolean() })]),
      );
      return unlinked;
    },
    held: (conversation, now) =>
      ask('select * from bot.held_of_chat($1, $2, $3)', [conversation, iso(now), mostConsents], heldRows, true),
    async erase(conversation) {
      await ask('select bot.erase_chat($1)', [conversation], z.unknown());
    },
  };
}

const linkRow = z.object({
  member: z.string().transform((ref) => branded<MemberRef>(ref)),
  nik: z.string().transform((text) => branded<Mac>(text)),
  since: z.number(),
  until: z.number(),
});

const heldRows = z
  .tuple([
    z.object({
      linked_since: z.number().nullable(),
      linked_until: z.number().nullable(),
      first_login: z.number().nullable(),
      last_login: z.number().nullable(),
      consents: z.array(z.object({ notice: z.string(), given: z.boolean(), at: z.number() })),
    }),
  ])
  .transform(([{ linked_since: since, linked_until: until, first_login: first, last_login: last, consents }]) => ({
    linked: since === null || until === null ? null : { since, until },
    logins: first === null || last === null ? null : { first, last },
    consents,
  }));

function iso(at: number): string {
  return new Date(at).toISOString();
}
