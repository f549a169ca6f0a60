import type { Speech } from '../speech.ts';
import { type Instant, minute } from '../time.ts';
import { idleLimit, sessionLimit } from './limits.ts';
import type { Session } from './session.ts';

/** Whoever comes back begins anew, and may be somebody else: what was said before, a wage among it, is not theirs. */
const forgotten = { topic: null, subject: {}, asking: null } as const;

/**
 * The session as a member finds it when they come back: what has run out is over, and `notice` says so. Consent stays:
 * it was given for this conversation, not for fifteen minutes.
 */
export function wake(
  session: Session,
  now: Instant,
): { session: Session; notice: ((speech: Speech) => string) | null } {
  const { state } = session;
  const idle = now - session.lastSeen >= idleLimit;
  const ended: Session = { ...session, state: { at: 'idle' }, ...(idle && forgotten) };
  switch (state.at) {
    case 'idle':
      return { session: ended, notice: null };
    case 'verified':
      if (idle) {
        return { session: ended, notice: (speech) => speech.text('session.idle', { minutes: idleLimit / minute }) };
      }
      if (now - state.since >= sessionLimit) {
        return {
          session: { ...ended, ...forgotten },
          notice: (speech) => speech.text('session.limit', { minutes: sessionLimit / minute }),
        };
      }
      return { session, notice: null };
    case 'consent':
    case 'nik':
    case 'code':
      if (!idle) return { session, notice: null };
      return { session: ended, notice: (speech) => speech.text('session.step', { minutes: idleLimit / minute }) };
  }
}
