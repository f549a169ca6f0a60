import type { Answer } from '../answer.ts';
import type { Inbound } from '../inbound.ts';
import type { Effect } from '../reply.ts';
import type { HeldBecause, Services, TurnId } from '../services.ts';
import type { Instant } from '../time.ts';
import { Heard } from '../understanding/commands.ts';
import { clean } from '../understanding/text.ts';
import type { Context, Understand, Understanding } from '../understanding/understand.ts';
import type { Deeds } from './deeds.ts';
import type { AsideQuestion, Session } from './session.ts';

/** The turn that is under way, as every step sees it. */
export interface TurnAtHand {
  readonly id: TurnId;
  readonly now: Instant;
  readonly inbound: Inbound;
  readonly services: Services;
  /** The question that stood beside the step when the message came. */
  readonly asked: AsideQuestion | null;
  /** What is done in it that the audit log has to hold. */
  readonly deeds: Deeds;
}

/** What a member wrote, cleaned; the orders in it and its meaning are made out when a step asks, once. */
export class Said {
  readonly text: string;
  readonly #understand: Understand;
  readonly #context: Context;
  #heard: Heard | undefined;
  #meaning: Understanding | undefined;

  constructor(text: string, understand: Understand, context: Context) {
    this.text = clean(text);
    this.#understand = understand;
    this.#context = context;
  }

  get heard(): Heard {
    this.#heard ??= new Heard(this.text);
    return this.#heard;
  }

  /** A part of it, as if that had been all. */
  part(text: string): Said {
    return new Said(text, this.#understand, this.#context);
  }

  get meaning(): Understanding {
    this.#meaning ??= this.#understand(this.text, this.#context);
    return this.#meaning;
  }
}

/**
 * What a turn did about a code, for whoever counts: `unsendable` is one that was asked for where none can be sent (a NIK
 * that nobody has, no phone on file), `wrong` any that was compared and was not right.
 */
export type CodeEvent = 'sent' | 'unsendable' | 'right' | 'wrong';

/** A code for the phone on file; with `notice`, something else that its owner should know. */
export type Sms = Pick<Extract<Effect, { kind: 'sms' }>, 'to' | 'text' | 'notice'>;

/** What a step comes to: the session after it, what is said, and what goes to the phone on file. */
export interface Move {
  readonly session: Session;
  readonly answer: Answer;
  /** For whoever watches: what the inbound was taken for. */
  readonly intent: string;
  readonly sms?: readonly Sms[];
  readonly code?: CodeEvent;
  /** A code was asked for while none is sent to anybody. */
  readonly held?: HeldBecause;
}
