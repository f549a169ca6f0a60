import { type Brand, branded } from './brand.ts';
import type { ConversationId } from './inbound.ts';
import type { Kpj } from './jamsostek/kpj.ts';
import type { Account, Contribution, MemberOnFile, MemberRef } from './jamsostek/member.ts';
import type { Day } from './jamsostek/month.ts';
import type { Nik } from './jamsostek/nik.ts';
import type { Language } from './language.ts';
import type { OfficeDirectory } from './offices/directory.ts';
import type { ReplyFile } from './reply.ts';
import type { Instant } from './time.ts';

/** A service cannot answer now. The turn changes nothing, no try is spent, and the member is asked to come back. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** Which service, for the operator: `registry`, `failures` … */
  readonly service: string;

  constructor(service: string, options?: ErrorOptions) {
    super(`${service} is unavailable`, options);
    this.service = service;
  }
}

/** The time. Every rule that counts minutes asks here. */
export interface Clock {
  now(): Instant;
}

/** Randomness from the system's secure source. */
export interface Random {
  /** An opaque id of 128 bits. */
  id(): string;
  /** That many decimal digits, each value as likely as any other, leading zeros kept. */
  digits(length: number): string;
}

/** A digest under a key that no store holds: the same text gives the same digest, and nobody can go back or try out. */
export type Mac = Brand<string, 'Mac'>;

/** What digests are for; each purpose has its own key. */
export type MacPurpose = 'nik' | 'code' | 'conversation' | 'source' | 'notice' | 'login' | 'kept';

export interface Keys {
  mac(purpose: MacPurpose, text: string): Mac;
  /** Compares in constant time. */
  same(a: Mac, b: Mac): boolean;
}

/** Who is a member and what they have. Read only. Every call throws {@link Unavailable} when there is no answer. */
export interface Registry {
  /** The member with this NIK; null when there is none. Only for sending a code: nothing of it is ever shown. */
  memberByNik(nik: Nik): Promise<MemberOnFile | null>;
  /** The same by reference, for sending a code again; null when the member is gone. */
  memberByRef(member: MemberRef): Promise<MemberOnFile | null>;
  /** The JHT account; null when the member is gone. */
  account(member: MemberRef): Promise<Account | null>;
  /** The newest contributions, newest first, at most `most` of them. */
  contributions(member: MemberRef, most: number): Promise<readonly Contribution[]>;
}

/** Whether codes may be tried for a NIK. The same for a NIK that nobody has: the answer must not tell. */
export type Standing =
  | { readonly is: 'open' }
  | { readonly is: 'locked'; readonly until: Instant }
  /** Too many failures: only proving who one is at a branch opens it again. */
  | { readonly is: 'disabled' };

/** At this many failed codes in a row, codes are locked for `lockFor`; without it, until re-proofing. */
export interface LockStep {
  readonly failures: number;
  readonly lockFor?: number;
}

/**
 * Failed codes in a row for each NIK, over all chats and channels. Kept where neither a restart nor an emptied cache
 * reaches. A new code does not reset the count, only success does (NIST SP 800-63B-4 §3.1.3.2, §3.2.2).
 */
export interface CodeFailures {
  standing(nik: Mac, now: Instant): Promise<Standing>;
  /**
   * Counts a failure before the code is compared, so that no number of guesses at the same time gets more than its
   * share. `counted: false` means locked or disabled: nothing was counted and the code must not be compared.
   * `standing` is what holds after this failure. The same turn again counts once.
   */
  countFirst(
    nik: Mac,
    turn: TurnId,
    now: Instant,
    steps: readonly LockStep[],
  ): Promise<{ readonly counted: boolean; readonly standing: Standing }>;
  /** The code was right: the count starts anew. */
  clear(nik: Mac): Promise<void>;
}

/** Makes documents that members print. */
export interface Documents {
  /** A statement that the card was lost: a form, with name and number filled in where a member has shown who they are. */
  lossStatement(of: {
    readonly language: Language;
    /** The day that it is made. */
    readonly day: Day;
    readonly holder: { readonly name: string; readonly kpj: Kpj | null } | null;
  }): Promise<ReplyFile>;
}

/** One inbound handled, named so that a repeated turn is known as the same: see {@link turnId}. */
export type TurnId = Brand<string, 'TurnId'>;

export function turnId(conversation: ConversationId, inbound: string): TurnId {
  return branded<TurnId>(`${conversation}/${inbound}`);
}

/** At most `max` different items within any `within` milliseconds. */
export interface Rule {
  readonly max: number;
  readonly within: number;
}

/**
 * One thing asked for that has a limit: `item` counts under `window`, a key with nothing personal in it. A window is
 * asked for with the same rules every time.
 */
export interface Admission {
  readonly window: string;
  readonly item: string;
  readonly rules: readonly Rule[];
}

/** Sliding windows over the limits of `conversation/limits.ts`. */
export interface Admissions {
  /**
   * Admits every one of these, or none. An item that the window already holds counts once, from when it was last
   * admitted, so a repeated turn takes up no more room. When refused, nothing is counted, and `retryAt` is the first
   * moment when the same request would be admitted; Infinity when it asks for more than a rule can ever hold.
   */
  admit(
    asked: readonly Admission[],
    now: Instant,
  ): Promise<{ readonly admitted: true } | { readonly admitted: false; readonly retryAt: Instant }>;
}

/** A code as it is counted. */
export interface CountedCode {
  /** The id of its challenge: opaque. */
  readonly id: string;
  /** Wrong tries of it before this one. */
  readonly wrong: number;
  /** False when nobody was sent one: then nothing is counted, and counting it takes as long. */
  readonly real: boolean;
}

/** Why no code is sent to anybody; `operator`: somebody in charge said so. */
export type HeldBecause = 'wrong' | 'sent' | 'unused' | 'operator';

/** `open`: no code is sent to anybody. */
export type BreakerStanding = { readonly is: 'closed' } | { readonly is: 'open'; readonly why: HeldBecause };

/**
 * Stops all new codes when the figures of everybody together say that something is wrong, and lets them go again when
 * the figures are fine: see `conversation/breaker.ts` for the rules and for what they cost. Codes that were sent can
 * still be typed, and who is verified stays so.
 */
export interface Breaker {
  standing(now: Instant): Promise<BreakerStanding>;
  /** A code was sent, or tried and found wrong or right. The same again counts once. */
  count(what: 'sent' | 'wrong' | 'right', code: CountedCode, now: Instant): Promise<void>;
}

/** A verified session: whose, and where. */
export interface Login {
  /** A digest of the member's reference. */
  readonly member: Mac;
  readonly channel: string;
  readonly conversation: ConversationId;
}

/** One verified session for each member and channel: the newest. Forgotten when a session would be over in any case. */
export interface Logins {
  /** From now on it is this conversation, and no other on its channel. */
  begin(login: Login, now: Instant): Promise<void>;
  /** False once the member has been verified in another conversation on the same channel. */
  isCurrent(login: Login, now: Instant): Promise<boolean>;
}

/** What a member agreed to: kept as proof (Law 27/2022 art. 22, 24). Append only. */
export interface Consents {
  record(consent: {
    readonly conversation: ConversationId;
    readonly channel: string;
    /** The notice's version, and a digest of its exact text in the language that was shown. */
    readonly notice: string;
    readonly language: string;
    readonly textDigest: string;
    readonly given: boolean;
    readonly turn: TurnId;
    readonly at: Instant;
  }): Promise<void>;
}

/** A message that was not understood: which words it had, with everything personal masked. */
export interface Miss {
  /** As `understanding/masked.ts` makes it. */
  readonly text: string;
  /** The language that the conversation is held in. */
  readonly language: Language;
  readonly at: Instant;
}

/** Messages that were not understood, for whoever writes the example phrases. */
export interface Misses {
  /** A message that was not understood. Never fails a turn: {@link Unavailable} is passed over. A repeated turn may count twice. */
  note(miss: Miss): Promise<void>;
}

/** Where they are not kept. */
export const noMisses: Misses = { note: async () => undefined };

/** Everything that the conversation asks of the world. */
export interface Services {
  readonly clock: Clock;
  readonly random: Random;
  readonly keys: Keys;
  readonly registry: Registry;
  readonly failures: CodeFailures;
  readonly admissions: Admissions;
  readonly breaker: Breaker;
  readonly logins: Logins;
  readonly consents: Consents;
  readonly misses: Misses;
  readonly offices: OfficeDirectory;
  readonly documents: Documents;
}
