/**
 * Why a platform did not take a message. The list is closed: the kind decides, once, what happens next.
 *
 * - `retry: 'backoff'`: again after a growing pause; `'after'`: again after the pause that the platform names;
 *   `'never'`: given up.
 * - `tellOperator`: worth a line in the log above `debug`.
 */
export const sendProblems = {
  /** The platform asks for a slower pace. */
  throttled: { retry: 'after', tellOperator: false },
  /** It could not be reached, or said that it takes nothing now: surely not delivered. */
  unreachable: { retry: 'backoff', tellOperator: true },
  /** It may or may not have been delivered: it failed, or the connection broke, after the message had left. */
  uncertain: { retry: 'backoff', tellOperator: true },
  /** The member blocked the assistant, or the chat is gone: the session stays, sending stops. */
  blocked: { retry: 'never', tellOperator: false },
  /** The platform refuses this very message: sending it again would change nothing. */
  refused: { retry: 'never', tellOperator: true },
  /** It would cost more than may be spent: our own cap, of which an alarm tells where the operator should know. */
  capped: { retry: 'never', tellOperator: false },
  /** The platform refuses us: a wrong token, a closed account. */
  unauthorised: { retry: 'never', tellOperator: true },
} as const;

export type SendProblem = keyof typeof sendProblems;

export type SendResult =
  | { readonly sent: true }
  | { readonly sent: false; readonly problem: SendProblem /** Milliseconds. */; readonly retryAfter?: number };
