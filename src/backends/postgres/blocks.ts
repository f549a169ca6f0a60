import { z } from 'zod';
import { branded } from '../../core/brand.ts';
import type { MemberRef } from '../../core/jamsostek/member.ts';
import type { Blocks } from '../../core/services.ts';
import { digestOf } from '../../engine/trace.ts';
import { asking } from './asking.ts';
import type { Database } from './database.ts';

/** Who has stopped all access by chat, in the database. One round trip for each call. */
export function postgresBlocks({ pool }: Pick<Database, 'pool'>): Blocks {
  const ask = asking(pool, 'blocks');
  return {
    async blocked(member, since) {
      const [{ blocked }] = await ask(
        'select * from bot.access_blocked($1, $2)',
        [member, iso(since)],
        z.tuple([z.object({ blocked: z.boolean() })]),
        true,
      );
      return blocked;
    },
    async block(member, now) {
      await ask('select bot.block_access($1, $2)', [member, iso(now)], z.unknown());
    },
    async lift(member, now) {
      const [{ lifted }] = await ask(
        'select * from bot.lift_block($1, $2)',
        [member, iso(now)],
        z.tuple([z.object({ lifted: z.boolean() })]),
      );
      return lifted;
    },
    async setAlarm({ alarm, member, until }) {
      await ask('select bot.set_alarm($1, $2, $3)', [alarm, member, iso(until)], z.unknown());
    },
    soundAlarm: (alarm, turn, now) =>
      ask('select * from bot.sound_alarm($1, $2, $3)', [alarm, digestOf(turn), iso(now)], memberRows),
  };
}

const memberRows = z
  .array(z.object({ member: z.string().transform((ref) => branded<MemberRef>(ref)) }))
  .transform((rows) => rows.map(({ member }) => member));

function iso(at: number): string {
  return new Date(at).toISOString();
}
