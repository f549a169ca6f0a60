import type { Timer } from '../../core/time.ts';
import type { ChannelLink } from '../channel-link.ts';
import { type Backoff, keepTrying } from './attempts.ts';
import { type Platform, pollSeconds } from './platform.ts';
import type { Taking } from './taking.ts';
import { updateKinds } from './update.ts';

/** Updates that are asked for at a time: as many as Telegram gives. */
const batchSize = 100;

export interface PollingParts {
  readonly platform: Platform;
  readonly taking: Taking;
  readonly link: ChannelLink;
  readonly timer: Timer;
  readonly failed: (error: unknown) => void;
  /** Seconds that Telegram holds a question open while there is nothing to tell; {@link pollSeconds} when not said. */
  readonly hold?: number;
}

/**
 * Long polling: asks for updates until the signal is aborted. Telegram forgets an update when it is asked for a later
 * one, so that is not done before it is safe; what is safe already and comes again is known by its id.
 */
export async function poll(parts: PollingParts, ended: AbortSignal): Promise<void> {
  const { ask } = parts.platform.until(ended);
  await keepTrying(
    async (backoff) => {
      // While a webhook is set there is no polling. Nothing that waits is dropped.
      await ask((api) => api.deleteWebhook({ drop_pending_updates: false }));
      await pollOn(parts, backoff, ended);
    },
    parts,
    ended,
  );
}

async function pollOn(
  { platform, taking, link, timer, hold = pollSeconds }: PollingParts,
  backoff: Backoff,
  ended: AbortSignal,
): Promise<void> {
  const { wait } = platform.until(ended);
  let offset: number | null = null;
  // The first question is answered at once: then it is known that messages come in.
  let timeout = 0;
  while (!ended.aborted) {
    const from: { readonly offset?: number } = offset === null ? {} : { offset };
    const asked = { ...from, limit: batchSize, timeout, allowed_updates: updateKinds };
    const updates = await wait((api) => api.getUpdates(asked));
    link.is('up');
    timeout = hold;
    const { missing } = await taking.takeAll(updates);
    // Once Telegram has nothing more, it has forgotten what was asked to be forgotten. So no id is held against those
    // to come: after a quiet week they begin anew anywhere.
    const last = Math.max(...updates.map(({ update_id: id }) => id));
    offset = missing ?? (updates.length === 0 ? null : last + 1);
    if (missing === null) backoff.reset();
    else await timer.pause(backoff.after('trouble'), ended);
  }
}
