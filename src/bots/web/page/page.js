import { backToWriting, whenSubmitted } from './composer.js';
import { element } from './element.js';
import { chooseLanguage, known, language, whenLanguageChanges, words } from './language.js';
import * as log from './log.js';
import { arrived, newId, send, sendNothing, whenAnswered } from './sender.js';
import { connect, on, setStreamAside, whenConnectionChanges } from './stream.js';

/** What the assistant forgets about a member who does not write, the page forgets too; in milliseconds. */
const idleExpiry = 15 * 60_000;

/** By these words the assistant knows which language the member wants. */
const languageWishes = { id: 'bahasa indonesia', en: 'english' };

const ending = element('ending', HTMLDialogElement);
const reconnecting = element('reconnecting', HTMLElement);
const crowded = element('crowded', HTMLElement);

/** Which run of the chat is shown, and the number of its last event when we connected. */
let run = '';
let caughtUpAt = 0;
let lastEventAt = Date.now();
let connected = true;

/** @param {import('./sender.js').Content} content @param {string} text How the member sees it. */
function say(content, text) {
  const id = newId();
  log.showWaiting(id, text);
  send(id, content, (progress) => log.showProgress(id, progress));
}

on('start', (start) => {
  crowded.hidden = true;
  // After a restart of the server what was said stays on the screen; after a long absence it is no longer anybody's.
  if (run !== '' && start.run !== run && Date.now() - lastEventAt >= idleExpiry) log.clear(true, false);
  ({ run, last: caughtUpAt } = start);
  log.catchUp(caughtUpAt > 0);
});
on('member', (message, number) => {
  arrived(message.id);
  log.showMember(message);
  shown(number);
});
on('assistant', (reply, number) => {
  log.showAssistant(reply);
  shown(number);
});
on('cleared', ({ reason }) => {
  run = '';
  if (reason === 'ended') sendNothing();
  log.clear(reason === 'idle', reason === 'ended');
});
on('crowded', () => {
  setStreamAside();
  crowded.hidden = false;
});

/** @param {number} number */
function shown(number) {
  lastEventAt = Date.now();
  if (number >= caughtUpAt) log.catchUp(false);
}

whenConnectionChanges((isConnected) => {
  connected = isConnected;
  sayConnection();
});

function sayConnection() {
  const text = connected ? '' : words().reconnecting;
  if (reconnecting.textContent !== text) reconnecting.textContent = text;
}

// Two tabs that were opened at the same moment may have been given a chat each: the browser keeps the later one.
whenAnswered((takenBy) => {
  if (takenBy !== run) connect();
});

whenSubmitted((text) => say({ text }, text));
log.whenChosen((choice, label) => say({ choice }, label));

for (const example of document.querySelectorAll('.examples button')) {
  example.addEventListener('click', (event) => {
    const text = example.textContent;
    say({ text }, text);
    if (event instanceof MouseEvent) backToWriting(event);
  });
}

function markLanguage() {
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.getAttribute('data-language') === language()));
  }
}
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    const chosen = known(button.getAttribute('data-language'));
    if (chosen === null || chosen === language()) return;
    chooseLanguage(chosen);
    if (log.begun()) say({ text: languageWishes[chosen] }, languageWishes[chosen]);
  });
}
whenLanguageChanges(() => {
  markLanguage();
  sayConnection();
});

element('end', HTMLElement).addEventListener('click', () => ending.showModal());
element('ending-no', HTMLElement).addEventListener('click', () => ending.close());
element('ending-yes', HTMLElement).addEventListener('click', () => void end());

element('continue', HTMLElement).addEventListener('click', connect);

/** The server forgets this chat and tells all its tabs, this one too. */
async function end() {
  const response = await fetch('/web/end', { method: 'POST' }).catch(() => null);
  if (response?.ok !== true) return;
  ending.close();
  element('input', HTMLElement).focus();
}

markLanguage();
element('input', HTMLElement).focus({ preventScroll: true });
connect();
