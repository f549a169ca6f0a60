import { branded } from '../../../src/core/brand.ts';
import type { ConversationId, Inbound } from '../../../src/core/inbound.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import type { Effect } from '../../../src/core/reply.ts';
import type { SendResult } from '../../../src/core/sending.ts';
import { turnId } from '../../../src/core/services.ts';
import type { EngineEvent, Turn, Work } from '../../../src/engine/engine.ts';

/** How the world behaves in one test. `nth` counts from 1: the same turn, the same effect again. */
export interface Script {
  turn?(session: string | null, inbound: Inbound, nth: number): Turn<string> | Promise<Turn<string>>;
  giveUp?(session: string | null, inbound: Inbound): Turn<string>;
  send?(text: string, nth: number): SendResult | Promise<SendResult>;
  canSend?(channel: string): boolean;
}

type EventOf<Kind> = Extract<EngineEvent<string>, { readonly kind: Kind }>;

/** A world for an engine that writes down all that the engine does to it. */
export class Ledger implements Work<string> {
  readonly events: EngineEvent<string>[] = [];
  /** Every turn that was begun, and the session it was given. */
  readonly turns: { readonly session: string | null; readonly inbound: Inbound }[] = [];
  /** The text of every effect that was tried, in order, and its key. */
  readonly tries: string[] = [];
  readonly keys: string[] = [];
  readonly #made = new Map<string, readonly Effect[]>();
  readonly #script: Script;
  /** Inbounds whose `giveUp` threw. */
  #neverAnswered = 0;
  #waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  constructor(script: Script = {}) {
    this.#script = script;
  }

  async turn(session: string | null, inbound: Inbound): Promise<Turn<string>> {
    this.turns.push({ session, inbound });
    this.#changed();
    const name = turnId(inbound.conversation, inbound.id);
    const nth = this.turns.filter((turn) => turnId(turn.inbound.conversation, turn.inbound.id) === name).length;
    const turn = (await this.#script.turn?.(session, inbound, nth)) ?? answer(session, inbound);
    this.#made.set(name, turn.effects);
    return turn;
  }

  giveUp(session: string | null, inbound: Inbound): Turn<string> {
    this.#neverAnswered += 1;
    const turn = this.#script.giveUp?.(session, inbound) ?? answer(session, inbound, `sorry ${inbound.id}`);
    this.#neverAnswered -= 1;
    this.#made.set(turnId(inbound.conversation, inbound.id), turn.effects);
    return turn;
  }

  async send(effect: Effect, key: string): Promise<SendResult> {
    const text = textOf(effect);
    this.tries.push(text);
    this.keys.push(key);
    this.#changed();
    const nth = this.keys.filter((other) => other === key).length;
    return (await this.#script.send?.(text, nth)) ?? { sent: true };
  }

  canSend(channel: string): boolean {
    return this.#script.canSend?.(channel) ?? true;
  }

  watch(event: EngineEvent<string>): void {
    this.events.push(event);
    this.#changed();
  }

  /** The events of one kind. */
  of<Kind extends EngineEvent<string>['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  /** The texts of the effects that were sent, in order. */
  sent(): string[] {
    return this.of('sent').map(({ effect }) => textOf(effect));
  }

  /** Whether every inbound that was taken is done, and every effect of it is sent or given up. */
  isSettled(): boolean {
    const committed = this.of('committed');
    const effects = committed.flatMap(({ inbound }) => this.#made.get(turnId(inbound.conversation, inbound.id)) ?? []);
    const givenUp = this.of('not sent').filter(({ again }) => !again);
    const over = this.of('sent').length + givenUp.length + this.of('dropped').length;
    return committed.length + this.#neverAnswered >= this.of('accepted').length && over >= effects.length;
  }

  /** Resolves as soon as the condition holds. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  #changed(): void {
    const held = this.#waiting.filter(({ condition }) => condition());
    this.#waiting = this.#waiting.filter((waiting) => !held.includes(waiting));
    for (const { resolve } of held) resolve();
  }
}

/** The plainest turn: the session gets the inbound's id, and a reply says it. */
export function answer(session: string | null, inbound: Inbound, ...texts: string[]): Turn<string> {
  const next = `${session ?? ''}${inbound.id};`;
  return {
    session: next,
    effects: (texts.length ? texts : [inbound.id]).map((text) => reply(inbound, text)),
    outcome: next,
  };
}

/** A member said something in this conversation. */
export function said(conversation: string, id: string): Inbound {
  return {
    id,
    conversation: branded<ConversationId>(conversation),
    from: { channel: 'test', chat: conversation, sender: conversation },
    content: { kind: 'text', text: `message ${id}` },
    private: true,
  };
}

export function reply({ from }: Inbound, text: string): Effect {
  return { kind: 'reply', to: from, reply: { language: 'id', text, choices: [], personal: false } };
}

export function sms({ conversation }: Inbound, text: string): Effect {
  return { kind: 'sms', to: phoneSchema.parse('+6281200000000'), text, conversation };
}

function textOf(effect: Effect): string {
  return effect.kind === 'sms' ? effect.text : effect.reply.text;
}
