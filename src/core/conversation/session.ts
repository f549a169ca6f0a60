import { z } from 'zod';
import { type ChoiceId, choiceIds } from '../answer.ts';
import { branded } from '../brand.ts';
import { type Kpj, kpjSchema } from '../jamsostek/kpj.ts';
import type { MemberRef } from '../jamsostek/member.ts';
import { type Language, languages } from '../language.ts';
import type { Mac } from '../services.ts';
import { type Subject, subjectSchema } from '../subject.ts';
import type { Instant } from '../time.ts';
import { goalIds } from '../topics/index.ts';
import { type Intent, intents } from '../understanding/intents.ts';
import type { Goals } from './goal.ts';

/** Changes when the shape of a stored session does; one of another version is met with plain words. */
const version = 7;

/** A code that has been asked for. It is held here and nowhere else: bound to this conversation, gone with it. */
export interface Challenge {
  /** 128 bits, part of what the digest is made of. */
  readonly id: string;
  /** Who is verified by it; `nobody` for an unknown NIK, whose challenge looks and behaves the same and never succeeds. */
  readonly member: MemberRef;
  readonly nik: Mac;
  /** Digest of id and code: the code itself is kept nowhere. */
  readonly code: Mac;
  readonly expires: Instant;
  /** Wrong codes so far. */
  readonly wrong: number;
  /** The challenge before a resend, to tell "that is the old code" from "that is wrong". */
  readonly old: { readonly id: string; readonly code: Mac } | null;
}

/** What the conversation is waiting for. A state holds only what exists in it. */
export type State =
  | { readonly at: 'idle' }
  /** `kpj`: a membership number that was sent before the member agreed: used only once they have. */
  | { readonly at: 'consent'; readonly goals: Goals; readonly kpj: Kpj | null }
  | { readonly at: 'nik'; readonly goals: Goals }
  | { readonly at: 'code'; readonly goals: Goals; readonly challenge: Challenge }
  | {
      readonly at: 'verified';
      readonly member: MemberRef;
      readonly nik: Mac;
      readonly since: Instant;
      /** True as long as the phone on file has still to be told that data was opened in a new chat. */
      readonly untold: boolean;
    };

/** A question beside the step that is open: the next message answers it, or drops it. */
const asideQuestions = ['remember', 'erase', 'alarm'] as const;
export type AsideQuestion = (typeof asideQuestions)[number];

/** How often a code for this NIK has been asked for in this conversation, and when last. */
export interface SentCode {
  readonly nik: Mac;
  readonly times: number;
  readonly at: Instant;
}

/** What the assistant remembers of one conversation. */
export interface Session {
  readonly version: typeof version;
  readonly language: Language;
  /** False until something the member wrote has shown their language. */
  readonly languageKnown: boolean;
  readonly state: State;
  /** The version of the notice that the member has agreed to. */
  readonly consent: string | null;
  readonly asking: AsideQuestion | null;
  /** True once the member has not wanted the chat to be remembered: it is not offered again. */
  readonly rememberRefused: boolean;
  /** What the last reply offered, in its order: "2" means the second. */
  readonly offered: readonly ChoiceId[];
  /** What was last talked about: a question that names nothing is about that. */
  readonly topic: Intent | null;
  readonly subject: Subject;
  readonly lastSeen: Instant;
  /** The latest codes asked for, one entry a NIK, for the pause before the next one. Cancelling does not forget them. */
  readonly sent: readonly SentCode[];
  /**
   * The number of the step that is open, or was: choices that belong to a step carry it. It begins with the time, so that
   * numbers of an earlier session do not come again.
   */
  readonly step: number;
  /** The choice that was pressed last, as it came, and when; null once the member has done anything else. */
  readonly pressed: { readonly id: string; readonly at: Instant } | null;
  /** When the latest messages came, for the flood limit. */
  readonly recent: readonly Instant[];
  /** A flooded conversation is not answered before this. */
  readonly silentUntil: Instant;
  /** When the member was last told that a message came too late; 0: never. */
  readonly apologised: Instant;
}

const instant = z.number();
const mac = z.string().transform((text) => branded<Mac>(text));
const memberRef = z.string().transform((text) => branded<MemberRef>(text));
const goal = z.enum(goalIds);
const goals = z.tuple([goal], goal);

const schema = z.object({
  version: z.literal(version),
  language: z.enum(languages),
  languageKnown: z.boolean(),
  state: z.discriminatedUnion('at', [
    z.object({ at: z.literal('idle') }),
    z.object({ at: z.literal('consent'), goals, kpj: kpjSchema.nullable() }),
    z.object({ at: z.literal('nik'), goals }),
    z.object({
      at: z.literal('code'),
      goals,
      challenge: z.object({
        id: z.string(),
        member: memberRef,
        nik: mac,
        code: mac,
        expires: instant,
        wrong: z.number(),
        old: z.object({ id: z.string(), code: mac }).nullable(),
      }),
    }),
    z.object({ at: z.literal('verified'), member: memberRef, nik: mac, since: instant, untold: z.boolean() }),
  ]),
  consent: z.string().nullable(),
  asking: z.enum(asideQuestions).nullable(),
  rememberRefused: z.boolean(),
  // A choice that the last version had and this one has not: the menu is never far.
  offered: z.array(z.enum(choiceIds).catch('menu')),
  topic: z.enum(intents).nullable(),
  subject: subjectSchema,
  lastSeen: instant,
  sent: z.array(z.object({ nik: mac, times: z.number(), at: instant })),
  step: z.number(),
  pressed: z.object({ id: z.string(), at: instant }).nullable(),
  recent: z.array(instant),
  silentUntil: instant,
  apologised: instant,
});

export function newSession(language: Language, now: Instant): Session {
  return {
    version,
    language,
    languageKnown: false,
    state: { at: 'idle' },
    consent: null,
    asking: null,
    rememberRefused: false,
    offered: [],
    topic: null,
    subject: {},
    lastSeen: now,
    sent: [],
    step: now,
    pressed: null,
    recent: [],
    silentUntil: 0,
    apologised: 0,
  };
}

export function writeSession(session: Session): string {
  return JSON.stringify(session);
}

/** Null when the text is no session that this version can read: the member is told, and starts anew. */
export function readSession(text: string): Session | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const session = schema.safeParse(parsed);
  return session.success ? session.data : null;
}
