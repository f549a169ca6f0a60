import type { Act } from '../services.ts';
import type { TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/**
 * Keeps a consent, or that there is none: who must show one must have it (Law 27/2022 art. 24). `text`: what was shown;
 * `act`: what the audit log calls it.
 */
export async function recordConsent(
  {
    notice,
    text,
    given,
    act = given ? 'consent given' : 'consent refused',
  }: { readonly notice: string; readonly text: string; readonly given: boolean; readonly act?: Act },
  { language, state }: Session,
  { inbound, services, now, id, deeds }: TurnAtHand,
): Promise<void> {
  await services.consents.record({
    conversation: inbound.conversation,
    channel: inbound.from.channel,
    notice,
    language,
    textDigest: services.keys.mac('notice', text),
    given,
    turn: id,
    at: now,
  });
  deeds.add(act, { detail: notice, member: state.at === 'verified' ? state.member : null });
}
