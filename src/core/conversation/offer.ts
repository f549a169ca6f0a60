import { type ChoiceId, choiceIds } from '../answer.ts';
import { labelOf } from '../label.ts';
import type { Choice } from '../reply.ts';
import type { Speech } from '../speech.ts';
import type { Instant } from '../time.ts';
import { doublePress } from './limits.ts';
import type { Session, State } from './session.ts';

/** Choices that mean something at one step only: they carry its number, and are explained once it is over. */
const ofOneStep: ReadonlySet<ChoiceId> = new Set(['consent_yes', 'consent_no', 'resend', 'change_nik', 'cancel']);

/** Offers what can be chosen next, as a bot shows it. */
export function offered(offers: readonly ChoiceId[], { step }: Session, speech: Speech): Choice[] {
  return offers.map((id) => ({
    id: ofOneStep.has(id) ? `${id}.${step.toString(36)}` : id,
    label: labelOf(id, speech),
  }));
}

/**
 * What was chosen; null when there is no such choice, no longer, or not at this step. One without a step's number, as a
 * program or a person writes it, is meant for the step at hand.
 */
export function chosenId(pressed: string, { step }: Session): ChoiceId | null {
  const [name, number = step.toString(36)] = pressed.split('.', 2);
  if (number !== step.toString(36)) return null;
  return choiceIds.find((known) => known === name) ?? null;
}

/** Some platforms bring one press twice, as two events, and some fingers press twice: the second says nothing new. */
export function isSecondPress(pressed: string, session: Session, now: Instant): boolean {
  return session.pressed?.id === pressed && now - session.pressed.at < doublePress;
}

/** The step goes on when it waits for the same thing: another code for the same NIK is still the same step. */
export function stepAfter(before: Session, after: State): number {
  const { state, step } = before;
  const sameNik = state.at !== 'code' || after.at !== 'code' || state.challenge.nik === after.challenge.nik;
  return state.at === after.at && sameNik ? step : step + 1;
}
