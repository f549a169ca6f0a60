import { randomUUID } from 'node:crypto';
import { messagesPath } from '../../../src/bots/sms/names.ts';

/** What the program is shown with every text, as by a gateway: good on this machine alone. */
export const smsSecret = 'for-the-fakes-on-loopback-only';

/** How long the program may take to have a text safe, in milliseconds. */
const patience = 10_000;

/** A text on its way to the program. */
export interface SentText {
  /** The telephone's number, with the plus. */
  readonly from: string;
  readonly text: string;
}

/**
 * Hands a text to the program at this address, once, as a gateway does, under an id that no other text has. Rejects, and
 * says why in words for whoever sits at the desk, when the program does not take it.
 */
export async function handToProgram(program: string, { from, text }: SentText): Promise<void> {
  const response = await fetch(`${program}${messagesPath}?key=${smsSecret}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, text, id: randomUUID() }),
    signal: AbortSignal.timeout(patience),
  }).catch(() => {
    throw new Error(`The program does not answer at ${program}: ${startIt}`);
  });
  await response.body?.cancel();
  if (response.status >= 500) {
    throw new Error(`The program cannot take texts now (${response.status}). Send it again in a moment.`);
  }
  if (!response.ok) throw new Error(`The program takes no texts from this desk (${response.status}): ${startIt}`);
}

const startIt = 'start it by one of the commands under SMS.';
