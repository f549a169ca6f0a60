import type { Instant } from '../core/time.ts';

/** What becomes of a message that a platform has taken, each later than the one before. The last two are both the end. */
export const deliveryStates = ['queued', 'sent', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** How far things have come, for all processes: reports come twice, late and out of order, and nothing goes back. */
export interface Progress {
  /**
   * True when this is further than was known of it, and then it is known. `what` is opaque, `to` a whole number above 0.
   * What has not moved for {@link progressKept} is forgotten. Throws `Unavailable` when there is no answer.
   */
  advance(what: string, to: number, now: Instant): Promise<boolean>;
}

/** Three days, in milliseconds: gateways report for two at most. */
export const progressKept = 3 * 24 * 60 * 60 * 1_000;
