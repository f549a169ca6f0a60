import type { MemberRef } from '../jamsostek/member.ts';
import { nobody } from '../jamsostek/member.ts';
import type { Act, AuditEntry } from '../services.ts';
import type { TurnAtHand } from './move.ts';
import type { State } from './session.ts';

/** Something done in a turn that the audit log has to hold. */
export interface Deed {
  readonly act: Act;
  /** Which topic, which notice, why …: never a value. */
  readonly detail: string;
  /** Whom it is about; null where that is not known. */
  readonly member: MemberRef | null;
}

/**
 * What a turn does for the audit log, gathered by the steps as they do it: what was done counts although a later step
 * makes another answer of it.
 */
export class Deeds {
  readonly #deeds: Deed[] = [];

  add(act: Act, { detail = '', member = null }: Partial<Omit<Deed, 'act'>> = {}): void {
    this.#deeds.push({ act, detail, member: member === nobody ? null : member });
  }

  has(act: Act): boolean {
    return this.#deeds.some((deed) => deed.act === act);
  }

  get all(): readonly Deed[] {
    return this.#deeds;
  }
}

/** What can be refused to nobody: it ends something, and is done although it cannot be written down. */
const endings: ReadonlySet<Act> = new Set([
  'consent refused',
  'consent withdrawn',
  'session ended',
  'chat unlinked',
  'chat erased',
  'access blocked',
]);

/** Whether all that was done only ends something. */
export function onlyEnds(deeds: Deeds): boolean {
  return deeds.all.every(({ act }) => endings.has(act));
}

/** A verified session of before the turn is over, or another member's now. `why`: what ended it. */
export function noteEnd(before: State, after: State, why: string, deeds: Deeds): void {
  if (before.at !== 'verified') return;
  const goesOn = after.at === 'verified' && after.member === before.member && after.since === before.since;
  if (!goesOn) deeds.add('session ended', { detail: why, member: before.member });
}

/** Writes down what the turn did. Throws `Unavailable` when that cannot be kept anywhere. */
export async function record({ deeds, id, inbound, services, now }: TurnAtHand): Promise<void> {
  if (deeds.all.length === 0) return;
  await services.audit.record(
    deeds.all.map(
      ({ act, detail, member }): AuditEntry => ({
        turn: id,
        act,
        detail,
        member: member && services.keys.mac('audit', member),
        channel: inbound.from.channel,
        conversation: inbound.conversation,
        at: now,
      }),
    ),
  );
}
