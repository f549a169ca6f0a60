import type { MemberRef } from '../jamsostek/member.ts';
import { nobody } from '../jamsostek/member.ts';
import type { Keys, Mac, Random } from '../services.ts';
import type { Instant } from '../time.ts';
import type { TypedCode } from './code.ts';
import { checksPerChallenge, codeLength, codeLifetime } from './limits.ts';
import type { Challenge } from './session.ts';

/** A new challenge, and its code in clear for the SMS: the only place where the code ever stands. */
export function newChallenge(
  { member, nik, replaces }: { member: MemberRef; nik: Mac; replaces: Challenge | null },
  now: Instant,
  { keys, random }: { keys: Keys; random: Random },
): { challenge: Challenge; code: string } {
  const id = random.id();
  const code = random.digits(codeLength);
  const challenge: Challenge = {
    id,
    member,
    nik,
    code: digest(keys, id, code),
    expires: now + codeLifetime,
    wrong: 0,
    old: replaces && { id: replaces.id, code: replaces.code },
  };
  return { challenge, code };
}

/** Whether a code may still be compared with this challenge at all. */
export function standingOf(challenge: Challenge, now: Instant): 'open' | 'expired' | 'dead' {
  if (challenge.wrong >= checksPerChallenge) return 'dead';
  return now >= challenge.expires ? 'expired' : 'open';
}

/** Compares a typed code. The challenge of an unknown NIK never succeeds, not even with its own code. */
export function compare(challenge: Challenge, typed: TypedCode, keys: Keys): 'right' | 'wrong' | 'old' {
  const right = keys.same(challenge.code, digest(keys, challenge.id, typed));
  if (right && challenge.member !== nobody) return 'right';
  const { old } = challenge;
  return old && keys.same(old.code, digest(keys, old.id, typed)) ? 'old' : 'wrong';
}

function digest(keys: Keys, id: string, code: string): Mac {
  return keys.mac('code', `${id} ${code}`);
}
