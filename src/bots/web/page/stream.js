/**
 * The live events of this chat. Connects again by itself whenever the connection breaks, also where the break cannot be
 * seen (a phone that changed its network), and asks only for what it has not had yet: nothing is lost, nothing doubled.
 */

/** @typedef {import('../event.ts').StreamEvents} Events */
/** @typedef {ReturnType<typeof setTimeout> | undefined} Timer */

/** Without any sign from the server for this long, in milliseconds, the connection is taken for dead. */
const silence = 40_000;

/** Pauses before connecting again, in milliseconds; the last one from then on. */
const pauses = [100, 500, 1_000, 2_000, 4_000, 8_000];

/** Without a connection for this long, in milliseconds, the member is told: shorter breaks are nobody's concern. */
const patience = 700;

/** @type {Map<string, (event: MessageEvent<string>) => void>} */
const handlers = new Map();

/** @type {EventSource | null} */
let source = null;
let last = '';
let failures = 0;
/** @type {Timer} */
let watchdog;
/** @type {Timer} */
let nextTry;
/** @type {Timer} */
let worry;
/** @type {(connected: boolean) => void} */
let tell = () => {};

/**
 * Calls back with the data and the number of each event of a kind. One listener for each kind.
 *
 * @template {keyof Events} Kind
 * @param {Kind} kind
 * @param {(data: Events[Kind], number: number) => void} listener
 */
export function on(kind, listener) {
  /** @type {(json: string) => Events[Kind]} */
  const read = JSON.parse;
  /** @param {MessageEvent<string>} event */
  const handler = (event) => {
    last = event.lastEventId === '' ? last : event.lastEventId;
    alive();
    listener(read(event.data), Number(last.slice(last.lastIndexOf('.') + 1)));
  };
  handlers.set(kind, handler);
  source?.addEventListener(kind, handler);
}

/** Told when the connection has been away for longer than a moment, and when it is back. @param {typeof tell} listener */
export function whenConnectionChanges(listener) {
  tell = listener;
}

/** Connects, or connects anew. */
export function connect() {
  drop();
  source = new EventSource(`/web/events?after=${encodeURIComponent(last)}`);
  for (const [kind, handler] of handlers) source.addEventListener(kind, handler);
  source.addEventListener('beat', alive);
  source.addEventListener('error', lost);
  watchdog = setTimeout(lost, silence);
}

/** Stays away until the member comes back to this tab. */
export function setStreamAside() {
  drop();
}

function alive() {
  failures = 0;
  clearTimeout(worry);
  worry = undefined;
  tell(true);
  clearTimeout(watchdog);
  if (source !== null) watchdog = setTimeout(lost, silence);
}

function lost() {
  drop();
  worry ??= setTimeout(() => tell(false), patience);
  const pause = pauses[Math.min(failures, pauses.length - 1)] ?? 0;
  failures += 1;
  // Not all pages at the same moment, when a server comes back.
  nextTry = setTimeout(connect, pause * (0.75 + Math.random() / 2));
}

function drop() {
  clearTimeout(watchdog);
  clearTimeout(nextTry);
  source?.close();
  source = null;
}

/** The member looks at the page, or the network is back: no reason to wait any longer. */
function comeBack() {
  if (source === null && document.visibilityState === 'visible') connect();
}

addEventListener('online', comeBack);
addEventListener('focus', comeBack);
document.addEventListener('visibilitychange', comeBack);
