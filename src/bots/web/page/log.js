/** The conversation as it is seen: the member's messages on the right, the assistant's on the left, waiting ones last. */
import { element, make } from './element.js';
import { language, textAt, whenLanguageChanges, words } from './language.js';

/** @typedef {import('../event.ts').StreamEvents} Events */
/** @typedef {import('../event.ts').ShownInbound['shown']} Shown */
/** @typedef {import('./sender.js').Progress} Progress */

/** The dots go after this long, in milliseconds: by then something else is wrong. */
const typingPatience = 20_000;

const log = element('log', HTMLElement);
const messages = element('messages', HTMLElement);
const welcome = element('welcome', HTMLElement);
const forgotten = element('forgotten', HTMLElement);
const typing = element('typing', HTMLElement);

/** @type {Map<string, HTMLElement>} The member's messages by their ids. */
const own = new Map();
/** @type {(choice: string, label: string) => void} */
let choose = () => {};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingTimer;

/** Told which choice the member taps. @param {typeof choose} listener */
export function whenChosen(listener) {
  choose = listener;
}

/** Whether anything has been said. */
export function begun() {
  return messages.childElementCount > 0;
}

/** While the log catches up with what was said before, screen readers keep still. @param {boolean} catching */
export function catchUp(catching) {
  log.setAttribute('aria-busy', String(catching));
}

/** Shows a message that the member has just sent. @param {string} id @param {string} text */
export function showWaiting(id, text) {
  const row = memberRow(id, { kind: 'text', text });
  row.classList.add('waiting');
  messages.append(row);
  closeChoices();
  showProgress(id, 'sending');
  toEnd();
}

/** Says how sending goes. @param {string} id @param {Progress} progress */
export function showProgress(id, progress) {
  const row = own.get(id);
  if (row === undefined) return;
  row.dataset['progress'] = progress;
  const line = row.querySelector('.progress');
  if (line !== null) line.textContent = progress === 'sent' ? '' : words()[progress];
  if (progress === 'sent' && row.classList.contains('waiting')) showTyping(true);
}

/** Shows a message that the server has: the one that waits here, or one from another tab or an earlier visit. */
export function showMember(/** @type {Events['member']} */ { id, shown, at }) {
  const known = own.get(id);
  if (known !== undefined && !known.classList.contains('waiting')) return;
  const row = known ?? memberRow(id, shown);
  row.classList.remove('waiting');
  stamp(row, at);
  showProgress(id, 'sent');
  insert(row);
  closeChoices();
  showTyping(true);
  toEnd();
}

/** Shows what the assistant says; its choices are the ones that can be tapped from now on. */
export function showAssistant(/** @type {Events['assistant']} */ { text, choices, place, file, at }) {
  closeChoices();
  showTyping(false);
  const row = make('div', 'row assistant');
  const bubble = make('div', 'bubble');
  bubble.append(spokenBy('assistant'), textOf(text));
  if (place !== undefined) bubble.append(placeCard(place));
  if (file !== undefined) bubble.append(fileCard(file));
  row.append(bubble);
  stamp(row, at);
  if (choices.length > 0) {
    const group = make('div', 'choices');
    group.setAttribute('role', 'group');
    translated(group, 'aria-label', 'choices');
    for (const { id, label } of choices) {
      const button = make('button', '', label);
      button.type = 'button';
      button.addEventListener('click', () => choose(id, label));
      group.append(button);
    }
    row.append(group);
  }
  insert(row);
  toEnd();
}

/** Forgets everything that was said. @param {boolean} say Whether to tell the member why. @param {boolean} all Also what waits to be sent. */
export function clear(say, all) {
  forgotten.hidden = !(say && begun());
  showTyping(false);
  for (const row of Array.from(messages.children)) {
    if (!all && row.classList.contains('waiting')) continue;
    for (const link of row.querySelectorAll('a')) URL.revokeObjectURL(link.href);
    row.remove();
  }
  for (const [id, row] of own) if (!row.isConnected) own.delete(id);
  welcome.hidden = begun();
}

/** @param {HTMLElement} row */
function insert(row) {
  messages.insertBefore(row, messages.querySelector('.waiting'));
  welcome.hidden = true;
}

function closeChoices() {
  const open = messages.querySelectorAll('.choices button:enabled');
  const focused = messages.querySelector('.choices button:focus');
  for (const button of open) button.setAttribute('disabled', '');
  // A button that can no longer be pressed must not take the keyboard with it.
  if (focused !== null) element('input', HTMLTextAreaElement).focus();
}

/** @param {string} id @param {Shown} shown */
function memberRow(id, shown) {
  const row = make('div', 'row member');
  const bubble = make('div', 'bubble');
  const body = textOf(shown.kind === 'text' ? shown.text : '');
  if (shown.kind === 'location') translated(body, 'text', 'location');
  if (shown.kind === 'media') translated(body, 'text', `media.${shown.media}`);
  bubble.append(spokenBy('you'), body);
  row.append(bubble, make('p', 'progress'));
  own.set(id, row);
  welcome.hidden = true;
  return row;
}

/** @param {string} text */
function textOf(text) {
  const paragraph = make('p', 'text', text);
  paragraph.dir = 'auto';
  return paragraph;
}

/** Who speaks, for those who cannot see the side it stands on. @param {'you' | 'assistant'} who */
function spokenBy(who) {
  const label = make('span', 'visually-hidden');
  translated(label, 'text', who);
  return label;
}

/** @param {HTMLElement} row @param {number} at */
function stamp(row, at) {
  const bubble = row.querySelector('.bubble');
  const time = make('time', '');
  const moment = new Date(at);
  time.dateTime = moment.toISOString();
  time.textContent = new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit' }).format(moment);
  bubble?.append(time);
}

/** @param {NonNullable<Events['assistant']['place']>} place */
function placeCard({ name, address, latitude, longitude }) {
  const card = make('div', 'card');
  const link = make('a', '');
  translated(link, 'text', 'map');
  link.href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  card.append(make('strong', '', name), make('span', '', address ?? ''), link);
  return card;
}

/**
 * A file that can be kept, and seen where it is a picture: it is in the page already, and has no address of its own.
 * @param {NonNullable<Events['assistant']['file']>} file
 */
function fileCard({ kind, name, type, content, words }) {
  const card = make('div', 'card');
  const link = make('a', '');
  translated(link, 'text', 'download');
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  link.href = address;
  link.download = name;
  if (kind === 'image') {
    const picture = make('img', '');
    picture.src = address;
    picture.alt = words;
    picture.addEventListener('load', toEnd);
    card.append(picture, link);
  } else {
    card.append(make('strong', '', name), link);
  }
  return card;
}

/** Words of ours inside the conversation: they change with the page's language. @param {HTMLElement} target @param {'text' | 'aria-label'} where @param {string} path */
function translated(target, where, path) {
  target.setAttribute(where === 'text' ? 'data-text' : 'data-label', path);
  if (where === 'text') target.textContent = textAt(path);
  else target.setAttribute(where, textAt(path));
}

/** @param {boolean} shown */
function showTyping(shown) {
  clearTimeout(typingTimer);
  typing.hidden = !shown;
  if (shown) typingTimer = setTimeout(() => showTyping(false), typingPatience);
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

whenLanguageChanges(() => {
  for (const [id, { dataset }] of own) {
    const progress = dataset['progress'];
    if (progress === 'sending' || progress === 'retrying' || progress === 'refused') showProgress(id, progress);
  }
});
