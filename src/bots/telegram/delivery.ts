import { minute, type Timer } from '../../core/time.ts';
import type { ChannelLink } from '../channel-link.ts';
import { keepTrying } from './attempts.ts';
import type { Platform } from './platform.ts';
import { updateKinds } from './update.ts';

/** How often Telegram is asked whether its deliveries arrive, in milliseconds. */
const lookAgain = minute;

/** Deliveries at a time: Telegram's own standard. Those of one chat come one after the other all the same. */
const deliveries = 40;

/** Where Telegram is to deliver, and what it shows there. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

export interface DeliveryParts {
  readonly platform: Platform;
  readonly webhook: Webhook;
  readonly link: ChannelLink;
  readonly timer: Timer;
  readonly failed: (error: unknown) => void;
}

/** Sees to it that Telegram delivers to the webhook, until the signal is aborted. */
export async function keepDelivered(parts: DeliveryParts, ended: AbortSignal): Promise<void> {
  const { platform, webhook, link, timer } = parts;
  const { ask } = platform.until(ended);
  const wanted = { url: webhook.url, max_connections: deliveries, allowed_updates: updateKinds };
  const set = async () => {
    const secret = { secret_token: webhook.secret, drop_pending_updates: false };
    await ask((api) => api.setWebhook({ ...wanted, ...secret }));
  };

  await keepTrying(
    async (backoff) => {
      // In any case: what secret Telegram has is something that it does not tell.
      await set();
      let lastFailure: number | null = null;
      while (!ended.aborted) {
        const info = await ask((api) => api.getWebhookInfo());
        const { url, max_connections: most, allowed_updates: kinds = [] } = info;
        const same = url === wanted.url && most === deliveries && String(kinds.toSorted()) === sortedKinds;
        if (!same) await set();
        backoff.reset();
        const { last_error_date: failure = 0, pending_update_count: waiting } = info;
        const failing = lastFailure !== null && failure > lastFailure && waiting > 0;
        if (failing) link.is('connecting', 'not delivered');
        else link.is('up');
        lastFailure = failure;
        await timer.pause(lookAgain, ended);
      }
    },
    parts,
    ended,
  );
}

const sortedKinds = String(updateKinds.toSorted());
