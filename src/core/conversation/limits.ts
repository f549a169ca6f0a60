import type { LockStep, Rule } from '../services.ts';
import { day, hour, minute, second } from '../time.ts';

/** Decimal digits in a one-time code (NIST SP 800-63B-4 §3.1.3.2: at least six). */
export const codeLength = 6;

/** How long a code is good for. Ten minutes is the ceiling of NIST SP 800-63B-4 §3.1.3.2. */
export const codeLifetime = 5 * minute;

/** Wrong codes that one challenge takes: the last of them kills it. */
export const checksPerChallenge = 5;

/** How long until the next code after the first, the second, the third and every later one. */
export const resendPauses = [60 * second, 120 * second, 300 * second] as const;

/** A verified session ends after this long without a message … */
export const idleLimit = 15 * minute;

/** … and after this long in any case. */
export const sessionLimit = 60 * minute;

/** A chat is known again for this long after its member agreed to it. */
export const linkLifetime = 30 * day;

/** Decimal digits of the number in a notice that data was opened … */
export const alarmLength = 8;

/** … and for how long it stops the access when somebody types it. */
export const alarmLifetime = 72 * hour;

export const windows = {
  /** Codes sent for one NIK, over all chats and channels. */
  sendsPerNik: [
    { max: 3, within: 10 * minute },
    { max: 5, within: day },
  ],
  /** Codes asked for in one chat. */
  sendsPerChat: [
    { max: 5, within: hour },
    { max: 10, within: day },
  ],
  /** Different NIKs tried in one chat: families share a phone, but not forty. */
  niksPerChat: [
    { max: 3, within: hour },
    { max: 5, within: day },
  ],
  /** Codes asked for from one network address, on the web. */
  sendsPerSource: [{ max: 20, within: hour }],
  /** Different NIKs tried from one network address, on the web. */
  niksPerSource: [{ max: 5, within: hour }],
  /**
   * Numbers out of notices tried in one chat, and from one network address, on the web: with a thousand of them in force,
   * a stranger needs tens of thousands of chats and a day to stop the access of one member, who opens it again.
   */
  alarmsPerChat: [{ max: 5, within: day }],
  alarmsPerSource: [{ max: 20, within: day }],
  /** Messages in one chat. */
  messages: [{ max: 20, within: 10 * second }],
} as const satisfies Record<string, readonly Rule[]>;

/** Silence after one notice when a chat is flooded. */
export const floodSilence = 60 * second;

/** The same choice pressed again within this is one press. */
export const doublePress = 3 * second;

/** A message written longer ago than this is not acted upon: who wrote it has long moved on. */
export const staleAfter = 10 * minute;

/** When no more codes are sent to anybody: see `breaker.ts`. Only codes that went out by SMS count. */
export const breakerRules = {
  /** Wrong codes: at most `most`, or this share of the codes sent, whichever is more. */
  wrong: { most: 200, share: 1 / 5, within: hour },
  /** Codes sent in the last `span`: at most `times` the median of the `spans` before it, taken as `floor` at least. */
  sent: { times: 5, span: 5 * minute, spans: 12, floor: 50 },
  /** Codes used: at least this share of the last `of` whose time is over. Says nothing while there are fewer. */
  used: { share: 1 / 2, of: 100, within: hour },
} as const;

/** What failed codes in a row for one NIK lead to; far below the hundred failures that NIST SP 800-63B-4 §3.2.2 allows. */
export const lockSteps: readonly LockStep[] = [
  { failures: 10, lockFor: 30 * minute },
  { failures: 20, lockFor: 24 * hour },
  { failures: 50 },
];
