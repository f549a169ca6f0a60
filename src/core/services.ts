import { type Brand, branded } from './brand.ts';
import type { ConversationId } from './inbound.ts';
import type { Kpj } from './jamsostek/kpj.ts';
import type {
  Account,
  Contribution,
  Holder,
  MemberOnFile,
  MemberRef,
  SavingsYear,
  WageFloor,
} from './jamsostek/member.ts';
import type { Day, Month } from './jamsostek/month.ts';
import type { Nik } from './jamsostek/nik.ts';
import type { Program } from './jamsostek/program.ts';
import type { Rupiah } from './jamsostek/rupiah.ts';
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
export type MacPurpose =
  | 'nik'
  | 'code'
  | 'conversation'
  | 'source'
  | 'notice'
  | 'login'
  | 'kept'
  | 'audit'
  | 'audit chain'
  | 'alarm'
  | 'verification';

export interface Keys {
  mac(purpose: MacPurpose, text: string): Mac;
  /** Compares in constant time. */
  same(a: Mac, b: Mac): boolean;
}

/** Who is a member and what they have. Read only. Every call throws {@link Unavailable} when there is no answer. */
export interface Registry {
  /** The member with this NIK; null when there is none. Only for sending a code: nothing of it is ever shown. */
  memberByNik(nik: Nik): Promise<MemberOnFile | null>;
  /** The member with this membership number, and their NIK, which failures are counted by; null when there is none. As above. */
  memberByKpj(kpj: Kpj): Promise<(MemberOnFile & { readonly nik: Nik }) | null>;
  /** The same by reference, for sending a code again; null when the member is gone. */
  memberByRef(member: MemberRef): Promise<MemberOnFile | null>;
  /** The JHT account; null when the member is gone. */
  account(member: MemberRef): Promise<Account | null>;
  /** The newest contributions, newest first, at most `most` of them. */
  contributions(member: MemberRef, most: number): Promise<readonly Contribution[]>;
  /** What was paid in, grown and paid out, by membership number and year: oldest year first. */
  years(member: MemberRef): Promise<readonly SavingsYear[]>;
  /** The minimum wages that hold for this member's employed membership numbers: oldest year first; none where none is known. */
  floors(member: MemberRef): Promise<readonly WageFloor[]>;
  /** Who documents are made out to; null when the member is gone. */
  holder(member: MemberRef): Promise<Holder | null>;
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

/** What a verification code on a paper says: nothing but this is in it. */
export interface Paper {
  readonly kind: 'card' | 'statement';
  /** Of the holder's name: `R. L.` */
  readonly initials: string;
  /** The day that it was made. */
  readonly day: Day;
}

/** Signs papers, so that anybody can see that one is ours. */
export interface Verification {
  /** The address that says whether the paper is valid, for its QR code; null where this server has no address of its own. */
  addressOf(paper: Paper, now: Instant): string | null;
}

/** One point of a chart: a year or a month, and an amount. */
export interface ChartPoint<At> {
  readonly at: At;
  readonly amount: Rupiah;
}

/** A membership number as a paper shows it. */
export interface ShownMembership {
  readonly kpj: Kpj;
  /** The employer, or in words why there is none. */
  readonly employer: string;
  readonly active: boolean;
}

/** A digital card. */
export interface CardContent {
  readonly language: Language;
  readonly name: string;
  /** With all but some digits covered. */
  readonly maskedNik: string;
  /** The one that the card is of. */
  readonly membership: ShownMembership;
  /** What the member is covered by, as far as it is known. */
  readonly programs: readonly Program[];
  /** The day that the registry's figures are of. */
  readonly asOf: Day;
  /** What the QR code opens; null for a card without one. */
  readonly address: string | null;
}

/** A statement of one calendar year. */
export interface StatementContent {
  readonly language: Language;
  readonly name: string;
  /** With all but some digits covered. */
  readonly maskedNik: string;
  /** Opens the document. */
  readonly password: Nik;
  readonly year: number;
  readonly asOf: Day;
  /** The day that it is made. */
  readonly day: Day;
  /** Each membership number with what it held before the year, what the year brought, and what it holds after. */
  readonly memberships: readonly (ShownMembership & {
    readonly before: Rupiah;
    readonly contributed: Rupiah;
    readonly growth: Rupiah;
    readonly paidOut: Rupiah;
    readonly after: Rupiah;
  })[];
  /** The year's contributions by the month that they are for, oldest first. */
  readonly contributions: readonly Contribution[];
  readonly address: string | null;
}

/** A letter to draft, about what was found in a member's contributions. */
export interface LetterContent {
  readonly language: Language;
  readonly to: 'employer' | 'agency';
  readonly day: Day;
  readonly name: string;
  readonly kpj: Kpj;
  readonly employer: string;
  /** What was found, one sentence each, in Indonesian: the office reads Indonesian. */
  readonly findings: readonly string[];
  /** The same in the member's language; empty when that is Indonesian. */
  readonly translated: readonly string[];
}

/** Makes pictures and documents. What it gives has no personal data in its name; its `words` say the same for who cannot see it. */
export interface Documents {
  /** A statement that the card was lost: a form, with name and number filled in where a member has shown who they are. */
  lossStatement(of: {
    readonly language: Language;
    /** The day that it is made. */
    readonly day: Day;
    readonly holder: { readonly name: string; readonly kpj: Kpj | null } | null;
  }): Promise<ReplyFile>;
  /** The balance at the end of each year, the running one up to `asOf`. */
  balanceChart(of: {
    readonly language: Language;
    readonly asOf: Day;
    readonly points: readonly ChartPoint<number>[];
  }): Promise<ReplyFile>;
  /** What was paid in for each of these months; a month without a contribution is 0. */
  contributionChart(of: {
    readonly language: Language;
    readonly points: readonly ChartPoint<Month>[];
  }): Promise<ReplyFile>;
  card(of: CardContent): Promise<ReplyFile>;
  /** A PDF that only its password opens. */
  statement(of: StatementContent): Promise<ReplyFile>;
  letter(of: LetterContent): Promise<ReplyFile>;
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
  /** The same turn again with the same notice is the same consent. */
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

/** A chat whose member wants to be known there again: a code alone opens their data. */
export interface LinkedChat {
  readonly member: MemberRef;
  readonly nik: Mac;
  readonly since: Instant;
  readonly until: Instant;
}

/** What is held about a chat, without anything that says whose it is. */
export interface HeldOfChat {
  readonly linked: Pick<LinkedChat, 'since' | 'until'> | null;
  /** When somebody was verified there, for the first time and the last; null: nobody. */
  readonly logins: { readonly first: Instant; readonly last: Instant } | null;
  /** The newest first, and not all of very many. */
  readonly consents: readonly { readonly notice: string; readonly given: boolean; readonly at: Instant }[];
}

/** What is known of chats beyond their sessions. Every call throws {@link Unavailable} when there is no answer. */
export interface Chats {
  /** A member was verified in a chat. `first`: never before there; the same turn again says the same. */
  noteLogin(login: {
    readonly conversation: ConversationId;
    readonly member: MemberRef;
    readonly turn: TurnId;
    readonly at: Instant;
  }): Promise<{ readonly first: boolean }>;
  /** Links a chat to its member, in place of any other, until then. */
  link(link: {
    readonly conversation: ConversationId;
    readonly member: MemberRef;
    readonly nik: Mac;
    readonly at: Instant;
    readonly until: Instant;
  }): Promise<void>;
  /**
   * Whose chat it is. Null once its time is over, and whenever it is not what it was: the phone on file is another one, or
   * the member is gone, has died, or has stopped all access.
   */
  linked(conversation: ConversationId, now: Instant): Promise<LinkedChat | null>;
  /** False when there was no link. */
  unlink(conversation: ConversationId): Promise<boolean>;
  held(conversation: ConversationId, now: Instant): Promise<HeldOfChat>;
  /** Forgets the chat, but for what is kept as proof: consents and the audit log. */
  erase(conversation: ConversationId): Promise<void>;
}

/** Who has stopped all access to their data by chat. Every call throws {@link Unavailable} when there is no answer. */
export interface Blocks {
  /**
   * Whether access is stopped now, or was stopped at `since` or after it: what began before that is over for good. Takes
   * as long for nobody.
   */
  blocked(member: MemberRef, since: Instant): Promise<boolean>;
  /** Stops it: every link to the member goes, and in every chat they are new. */
  block(member: MemberRef, now: Instant): Promise<void>;
  /** Opens it again, once the member has proven who they are. False when it was open. */
  lift(member: MemberRef, now: Instant): Promise<boolean>;
  /** Remembers a number that was sent to the member, by its digest: who types it before `until` stops the access. */
  setAlarm(alarm: { readonly alarm: Mac; readonly member: MemberRef; readonly until: Instant }): Promise<void>;
  /** Stops the access of whoever this number was sent to, once, and says whose: nobody's for any other number. */
  soundAlarm(alarm: Mac, turn: TurnId, now: Instant): Promise<readonly MemberRef[]>;
}

/** A message that was not understood: which words it had, with everything personal masked. */
export interface Miss {
  /** As `understanding/masked.ts` makes it. */
  readonly text: string;
  /** The language that the conversation is held in. */
  readonly language: Language;
  readonly at: Instant;
}

/** What is written down of who did and saw what. Each stands for something that cannot be undone afterwards. */
export const acts = [
  'consent given',
  'consent refused',
  'consent withdrawn',
  'code sent',
  'code not sendable',
  'code wrong',
  'code right',
  'viewed',
  'session ended',
  'chat linked',
  'chat unlinked',
  'chat erased',
  'access blocked',
  'access unblocked',
] as const;
export type Act = (typeof acts)[number];

/** One line of the audit log: by reference, never with a value. */
export interface AuditEntry {
  /** The turn that it happened in: the same act with the same detail in the same turn is the same entry. */
  readonly turn: TurnId;
  readonly act: Act;
  /** Which topic was shown, why a session ended …; empty where the act says it all. Never a value. */
  readonly detail: string;
  /** A digest of the member's reference; null where it is not known who it was. */
  readonly member: Mac | null;
  readonly channel: string;
  readonly conversation: ConversationId;
  readonly at: Instant;
}

/** Who did and saw what, when. Append only. */
export interface Audit {
  /**
   * Resolves when all of these are kept for good, here or on this machine's own disk until the log takes them. Throws
   * {@link Unavailable} when neither can be: then nothing personal may be shown.
   */
  record(entries: readonly AuditEntry[]): Promise<void>;
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
  readonly audit: Audit;
  readonly chats: Chats;
  readonly blocks: Blocks;
  readonly misses: Misses;
  readonly offices: OfficeDirectory;
  readonly documents: Documents;
  readonly verification: Verification;
}
