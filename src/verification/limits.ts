import type { Rule } from '../core/services.ts';
import { minute } from '../core/time.ts';

/**
 * How often papers may be looked at. Nothing can be guessed here, with or without limits: a token holds 132 bits of a
 * digest. They keep one visitor from taking up the server.
 */
export const windows = {
  /** From one network address: above what a busy counter scans, or the phones behind one address of a mobile network. */
  perSource: [{ max: 30, within: minute }],
  /**
   * Tokens that are not ours, from all addresses: who has a great many addresses cannot fill the limits' store with
   * them. A paper of ours does not count here, so that nobody can keep it from being looked at.
   */
  notOurs: [{ max: 300, within: minute }],
} as const satisfies Record<string, readonly Rule[]>;
