import { Unavailable } from '../services.ts';
import { masked, wordMask } from '../understanding/masked.ts';
import type { Said, TurnAtHand } from './move.ts';
import type { Session } from './session.ts';

/**
 * Notes a text that was not understood, masked. Not where a NIK or a code is waited for: what was typed may be one gone
 * wrong. Not a text without a word.
 */
export async function noteMiss(said: Said, { state, language }: Session, { services, now }: TurnAtHand): Promise<void> {
  if (state.at === 'nik' || state.at === 'code') return;
  const text = masked(said.text);
  if (!/\p{L}/u.test(text) && !text.includes(wordMask)) return;
  try {
    await services.misses.note({ text, language, at: now });
  } catch (error) {
    // What is lost is one example for whoever writes phrases; the member is answered all the same.
    if (!(error instanceof Unavailable)) throw error;
  }
}
