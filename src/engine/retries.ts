import { codeLifetime } from '../core/conversation/limits.ts';
import type { Effect } from '../core/reply.ts';
import { sendProblems } from '../core/sending.ts';
import { hour, type Instant, minute, second } from '../core/time.ts';
import type { SendFailure } from './engine.ts';
import type { Outgoing } from './outgoing.ts';

/** Pauses before a turn that threw is tried again: at once first, because most faults are a matter of the moment. */
const turnPauses = [0, 100, 500, 2 * second] as const;

/** The pause before sending again: this, then twice as long each time … */
const firstPause = second;

/** … but never longer than this. */
const longestPause = minute;

interface Policy {
  /** How long after its turn an effect may still be sent. */
  readonly lifetime: number;
  /** Tries of which nobody knows whether they arrived: so many copies a member gets at worst. */
  readonly uncertainTries: number;
  /** Times that a worker fell silent with it in hand, perhaps before it was sent, and somebody else may go on. */
  readonly silences: number;
}

const policies: Record<Effect['kind'], Policy> = {
  /** At least once, unless the platform stays out of reach; an answer from an hour ago helps nobody. */
  reply: { lifetime: hour, uncertainTries: 3, silences: 10 },
  /** At most once, and never after the code in it has expired. */
  sms: { lifetime: codeLifetime, uncertainTries: 1, silences: 1 },
};

/** What decides whether an effect is tried again. */
export interface Sending extends Pick<Outgoing, 'effect' | 'since'> {
  /** Tries so far, and those of them that were uncertain. */
  readonly tries: number;
  readonly uncertain: number;
}

/** Milliseconds until a turn that has failed this often is tried again. */
export function pauseBeforeTurn(failures: number): number {
  return turnPauses[failures - 1] ?? turnPauses[turnPauses.length - 1] ?? 0;
}

/** True when an effect must not be sent any more. */
export function isTooOld({ effect, since }: Pick<Outgoing, 'effect' | 'since'>, now: Instant): boolean {
  return now >= since + policies[effect.kind].lifetime;
}

/** True when workers fell silent so often with an effect in hand that nobody may begin it again. */
export function isSpent({ kind }: Effect, silences: number): boolean {
  return silences >= policies[kind].silences;
}

/** Milliseconds until an effect is tried again after this failure, which `tries` counts already; null: it is given up. */
export function pauseBeforeSend(sending: Sending, failure: SendFailure, now: Instant): number | null {
  const { retry } = sendProblems[failure.problem];
  if (retry === 'never') return null;
  if (failure.problem === 'uncertain' && sending.uncertain >= policies[sending.effect.kind].uncertainTries) return null;
  const backoff = Math.min(firstPause * 2 ** (sending.tries - 1), longestPause);
  const pause = retry === 'after' ? Math.max(failure.retryAfter ?? backoff, firstPause) : backoff;
  return isTooOld(sending, now + pause) ? null : pause;
}
