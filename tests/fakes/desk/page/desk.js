/** The page of the fakes: a member on Telegram, a member on WhatsApp, and the telephones with SMS. */
import { element, make } from '../../../../src/bots/web/page/element.js';
import { button, Conversation } from './conversation.js';
import { choosePlace } from './place.js';
import { post, postForm } from './requests.js';
import { showAll } from './same.js';

/** @typedef {import('../shown.ts').DeskState} DeskState */
/** @typedef {{ nik: string, kpj: readonly string[], name: string, scenario: string }} Member */
/** @typedef {{ commands: readonly { what: string, command: string }[], members: readonly Member[] }} Help */

const parts = element('parts', HTMLElement);
const as = element('telegram-as', HTMLSelectElement);
const twice = element('telegram-twice', HTMLInputElement);
const mention = element('telegram-mention', HTMLInputElement);
const phone = '+6281230000001';
/** A file that is none: nothing here opens it. */
const bytes = 'ZmlsZQ==';
const placeOnTelegram = choosePlace('telegram-place');
const placeOnWhatsApp = choosePlace('whatsapp-place');

const telegram = new Conversation('telegram', {
  say: (chat, text) => onTelegram(chat, { kind: inGroup(chat) && mention.checked ? 'mention' : 'text', text }),
  tap: (chat, message, button) => onTelegram(chat, { kind: 'tap', message, button, twice: twice.checked }),
  press: (chat, label) => onTelegram(chat, { kind: 'press', label, ...placeOnTelegram() }),
  changes: [
    { label: 'Edit', prompts: true, act: (chat, message, text) => onTelegram(chat, { kind: 'edit', message, text }) },
    { label: 'Delete', act: (chat, message) => onTelegram(chat, { kind: 'delete', message }) },
  ],
});

const whatsapp = new Conversation('whatsapp', {
  say: (from, text) => onWhatsApp(from, { kind: 'text', text }),
  tap: () => {},
  press: () => {},
  changes: [
    { label: 'Edit', prompts: true, act: (from, id, text) => onWhatsApp(from, { kind: 'edit', id, text }) },
    { label: 'Delete', act: (from, id) => onWhatsApp(from, { kind: 'delete', id }) },
    { label: 'Deliver again', act: (from, id) => void post('/whatsapp/acts', { from, id }) },
  ],
});

const sms = new Conversation('sms', {
  say: (from, text) => void send(from, text),
  tap: (_chat, _line, code) => fill(code),
  press: () => {},
  changes: [],
});

/** What is not sent stays to be sent again. @param {string} from @param {string} text */
async function send(from, text) {
  const answer = await post('/sms/texts', { from, text });
  if (answer !== null || sms.hasDraft) return;
  sms.open(from);
  sms.fill(text);
}

/** @type {Record<string, () => object>} */
const telegramTools = {
  Location: () => ({ kind: 'location', ...placeOnTelegram() }),
  'Live location': () => ({ kind: 'live location', ...placeOnTelegram() }),
  Photo: () => ({ kind: 'photo' }),
  Video: () => ({ kind: 'video' }),
  Document: () => ({ kind: 'document' }),
  Voice: () => ({ kind: 'voice' }),
  Sticker: () => ({ kind: 'sticker' }),
  'Own contact': () => ({ kind: 'contact', phone }),
  'Forwarded contact': () => ({ kind: 'forwarded contact', phone }),
  Block: () => ({ kind: 'block' }),
  Unblock: () => ({ kind: 'unblock' }),
};

/** @type {Record<string, () => object>} */
const whatsappTools = {
  Location: () => ({ kind: 'location', ...placeOnWhatsApp() }),
  'Live location': () => ({ kind: 'live location', ...placeOnWhatsApp() }),
  Photo: () => ({ kind: 'image', bytes }),
  Video: () => ({ kind: 'video', bytes }),
  Document: () => ({ kind: 'document', bytes, fileName: 'ktp.pdf' }),
  Voice: () => ({ kind: 'voice', bytes }),
  Sticker: () => ({ kind: 'sticker', bytes }),
  Contact: () => ({ kind: 'contact', name: 'A friend', phone }),
  Poll: () => ({ kind: 'poll', question: 'Which one?', options: ['This', 'That'] }),
};

/** What of the platform can go wrong for good: its setting, in words, and its values. @type {readonly [string, string, unknown, unknown][]} */
const misbehaviours = [
  ['silent', 'Says nothing', true, false],
  ['dropAck', 'Acknowledges nothing', true, false],
  ['loseSent', 'Loses what is sent', true, false],
  ['deliver', 'Phones are off', false, true],
  ['ackError', 'Refuses what is sent (463)', 463, null],
  ['refuseLogin', 'Refuses logins (405)', 405, null],
  ['read', 'Chats are read at once', true, false],
];

/** The column that was written in last: codes and numbers are filled in there. */
let used = telegram;
/** The text of the program that arrived last, as far as was told. */
let latestText = '';

/** @param {string} chat @param {object} act */
function onTelegram(chat, act) {
  void post('/telegram/acts', { chat, person: inGroup(chat) ? as.value : chat, act });
}

/** @param {string} from @param {object} say */
function onWhatsApp(from, say) {
  void post('/whatsapp/acts', { from, say });
}

/** Groups have negative ids. @param {string} chat */
function inGroup(chat) {
  return chat.startsWith('-');
}

/** On a narrow screen one part is shown at a time. @param {string} part */
function show(part) {
  parts.dataset['shown'] = part;
  for (const each of document.querySelectorAll('[data-show]')) {
    each.setAttribute('aria-pressed', String(each.getAttribute('data-show') === part));
  }
  for (const each of [telegram, whatsapp, sms]) if (each.platform === part) each.showEnd();
}

/** @param {string} text */
function fill(text) {
  show(used.platform);
  used.fill(text);
}

/** @param {DeskState} state */
function draw(state) {
  telegram.show(state.telegram.chats);
  whatsapp.show(state.whatsapp.chats);
  showAll(as, state.telegram.people, ({ id, name }) => new Option(name, id));
  for (const id of ['telegram-as-label', 'telegram-mention-label'])
    element(id, HTMLElement).hidden = !inGroup(telegram.chat);
  const { webhook, commands, people } = state.telegram;
  const blocked = people.filter((person) => person.blocked).map(({ name }) => `${name} has blocked the bot.`);
  const menu = commands.length === 0 ? [] : [`Menu: ${commands.join(' ')}`];
  const way = webhook === '' ? [] : [`Delivers to ${webhook}.`];
  element('telegram-standing', HTMLElement).textContent = [...way, ...blocked, ...menu].join(' ');
  const { devices, trouble } = state.whatsapp;
  const standing = devices.map(({ name, standing, online }) => `${name} is ${online ? 'here' : 'away'}, ${standing}.`);
  element('whatsapp-standing', HTMLElement).textContent = standing.join(' ') || 'Nothing is linked.';
  for (const [name] of misbehaviours) {
    element(`trouble-${name}`, HTMLElement).setAttribute('aria-pressed', String(trouble.includes(name)));
  }
  sms.show(state.sms.chats);
  drawLatest(state.sms);
}

/** The telephone that a text arrives on is taken in hand, unless something is being written on another. @param {DeskState['sms']} state */
function drawLatest({ chats, latest }) {
  const before = latestText;
  latestText = latest?.line ?? '';
  if (latest === null || latestText === before) return;
  if (!sms.hasDraft) sms.open(latest.chat);
  const title = chats.find(({ id }) => id === latest.chat)?.title ?? latest.chat;
  element('sms-standing', HTMLElement).textContent = `The last text came to ${title}.`;
}

async function help() {
  /** @type {(json: string) => Help} */
  const read = JSON.parse;
  const { commands, members } = read(await (await fetch('/help')).text());
  showAll(element('members', HTMLElement), members, ({ nik, kpj, name, scenario }) => {
    const item = make('li', '');
    item.append(`${name}: ${scenario}`, number('NIK', nik), ...kpj.map((each) => number('KPJ', each)));
    return item;
  });
  showAll(element('commands', HTMLElement), commands, ({ what, command }) => {
    const shown = make('div', '');
    const code = make('pre', '', command);
    code.tabIndex = 0;
    shown.append(make('h3', '', what), code);
    return shown;
  });
}

/** A number to fill in. @param {string} kind @param {string} digits */
function number(kind, digits) {
  const use = button(`${kind} ${digits}`, () => fill(digits));
  use.setAttribute('aria-description', 'fills in this number');
  return use;
}

for (const [label, act] of Object.entries(telegramTools)) {
  element('telegram-tools', HTMLElement).append(button(label, () => onTelegram(telegram.chat, act())));
}
for (const [label, say] of Object.entries(whatsappTools)) {
  element('whatsapp-tools', HTMLElement).append(button(label, () => onWhatsApp(whatsapp.chat, say())));
}
for (const [name, label, wrong, right] of misbehaviours) {
  const toggle = button(label, () => {
    const value = toggle.getAttribute('aria-pressed') === 'true' ? right : wrong;
    void post('/whatsapp/trouble', { [name]: value });
  });
  toggle.id = `trouble-${name}`;
  element('whatsapp-trouble', HTMLElement).append(toggle);
}
for (const each of document.querySelectorAll('[data-show]')) {
  each.addEventListener('click', () => show(each.getAttribute('data-show') ?? ''));
}
element('telegram', HTMLElement).addEventListener('focusin', () => (used = telegram));
element('whatsapp', HTMLElement).addEventListener('focusin', () => (used = whatsapp));
// What is read on a telephone may be for another column: it counts as used once something is written on it.
element('sms-composer', HTMLFormElement).addEventListener('focusin', () => (used = sms));
postForm('telegram-person', '/telegram/people', ({ id = '' }) => telegram.open(id));
postForm('whatsapp-person', '/whatsapp/people', ({ id = '' }) => whatsapp.open(id));
postForm('sms-phone', '/sms/phones', ({ id = '' }) => sms.open(id));
postForm('telegram-trouble', '/telegram/trouble');
postForm('whatsapp-kick', '/whatsapp/trouble');
postForm('whatsapp-link', '/whatsapp/link', () => {
  element('linking', HTMLDetailsElement).open = false;
});

/** @type {(json: string) => DeskState} */
const readState = JSON.parse;
/** @type {DeskState | null} */
let latest = null;
const source = new EventSource('/events');
source.addEventListener('state', (/** @type {MessageEvent<string>} */ event) => {
  latest = readState(event.data);
  draw(latest);
});
element('telegram-chat', HTMLSelectElement).addEventListener('change', () => {
  if (latest !== null) draw(latest);
});
// The desk may be another one by now, with other addresses.
source.addEventListener('open', () => void help());
