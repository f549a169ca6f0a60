/**
 * What the member sends: one message after the other, each until the server has it. A message keeps its id when it is
 * sent again, so that the server knows it when only its answer was lost.
 */
import { language } from './language.js';

/** @typedef {{ text: string } | { choice: string }} Content */
/** @typedef {'sending' | 'retrying' | 'sent' | 'refused'} Progress */
/** @typedef {{ id: string, content: Content, tell: (progress: Progress) => void }} Waiting */

/** Pauses before sending again, in milliseconds; the last one from then on. */
const pauses = [500, 1_000, 2_000, 4_000, 8_000];

/** An answer that takes longer, in milliseconds, will not come. */
const patience = 15_000;

/** These say that the message will never be taken as it is. */
const refusals = new Set([400, 413, 415]);

/** @type {(json: string) => { run: string }} */
const readAnswer = JSON.parse;

/** @type {Waiting[]} */
let waiting = [];
let busy = false;
/** @type {() => void} */
let hurry = () => {};
/** @type {(run: string | null) => void} */
let answered = () => {};

/**
 * Sends a message, after those that still wait. `tell` hears how it goes.
 *
 * @param {string} id
 * @param {Content} content
 * @param {(progress: Progress) => void} tell
 */
export function send(id, content, tell) {
  waiting.push({ id, content, tell });
  void sendAll();
}

/** The server has this message: seen among the events, so there is no need to hear it again. @param {string} id */
export function arrived(id) {
  waiting = waiting.filter((message) => message.id !== id);
  hurry();
}

/** Nothing that waits is to be sent any more. */
export function sendNothing() {
  waiting = [];
  hurry();
}

/** Told the run of the chat that took a message, or null when the server knows no chat of ours. @param {typeof answered} listener */
export function whenAnswered(listener) {
  answered = listener;
}

/** An id for a message; works on pages without TLS too, where `randomUUID` does not exist. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function sendAll() {
  if (busy) return;
  busy = true;
  let failures = 0;
  for (let message = waiting[0]; message !== undefined; message = waiting[0]) {
    const result = await post(message);
    if (result.progress === 'retrying' && waiting[0] === message) {
      message.tell('retrying');
      await pause(Math.max(result.after, pauses[Math.min(failures, pauses.length - 1)] ?? 0));
      failures += 1;
      continue;
    }
    failures = 0;
    if (waiting[0] !== message) continue;
    waiting.shift();
    message.tell(result.progress);
  }
  busy = false;
}

/** @param {Waiting} message @returns {Promise<{ progress: Progress, after: number }>} `after`: milliseconds to wait */
async function post({ id, content }) {
  try {
    const response = await fetch('/web/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, language: language(), ...content }),
      signal: AbortSignal.timeout(patience),
    });
    if (response.status === 202) {
      answered(readAnswer(await response.text()).run);
      return { progress: 'sent', after: 0 };
    }
    if (response.status === 401) answered(null);
    const after = 1_000 * Number(response.headers.get('retry-after') ?? 0);
    return { progress: refusals.has(response.status) ? 'refused' : 'retrying', after };
  } catch {
    return { progress: 'retrying', after: 0 };
  }
}

/** Waits, unless something happens that makes waiting pointless. @param {number} milliseconds @returns {Promise<void>} */
function pause(milliseconds) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    hurry = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

addEventListener('online', () => hurry());
