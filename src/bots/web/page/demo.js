/** For trying out: the member's phone, and members to try. */
import { fill } from './composer.js';
import { element, make } from './element.js';
import { textAt, whenLanguageChanges, words } from './language.js';
import { on } from './stream.js';

/** @typedef {{ nik: string, name: string, scenario: string }} Member */

const panel = element('demo', HTMLDetailsElement);
const badge = element('badge', HTMLElement);
const screen = element('sms', HTMLElement);
const empty = element('no-sms', HTMLElement);
const list = element('members', HTMLElement);
const nobody = element('nobody', HTMLElement);
const filter = element('filter', HTMLInputElement);
const said = element('messages', HTMLElement);
const beside = matchMedia('(min-width: 56.25rem)');

/** @type {(json: string) => readonly Member[]} */
const readMembers = JSON.parse;

/** @type {readonly Member[] | null} */
let members = [];

on('sms', ({ phone, text }) => {
  empty.hidden = true;
  const message = make('div', 'sms');
  const to = make('p', 'to');
  to.append(make('span', '', textAt('demo.sms')), ` ${phone}`);
  to.firstElementChild?.setAttribute('data-text', 'demo.sms');
  message.append(to, make('p', 'text', text));
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
  if (code !== undefined) message.append(useButton('demo.useCode', code));
  screen.append(message);
  screen.scrollTop = screen.scrollHeight;
  if (!panel.open) badge.textContent = words().demo.newSms;
});

/** @param {string} label @param {string} text */
function useButton(label, text) {
  const button = make('button', 'use', textAt(label));
  button.type = 'button';
  button.setAttribute('data-text', label);
  button.addEventListener('click', () => {
    if (!beside.matches) panel.open = false;
    fill(text);
  });
  return button;
}

function showMembers() {
  const wanted = filter.value.trim().toLowerCase();
  const found = (members ?? [])
    .map(({ nik, name, scenario }) => ({ nik, name, scenario: textAt(`demo.scenarios.${scenario}`) || scenario }))
    .filter((member) => Object.values(member).some((value) => value.toLowerCase().includes(wanted)));
  list.replaceChildren(
    ...found.map(({ nik, name, scenario }) => {
      const item = make('li', '');
      const about = make('div', '');
      about.append(make('strong', '', name), make('span', 'nik', nik), make('span', 'scenario', scenario));
      const button = useButton('demo.useNik', nik);
      button.setAttribute('aria-description', name);
      item.append(about, button);
      return item;
    }),
  );
  const problem = members === null ? words().demo.membersFailed : found.length === 0 ? words().demo.noMembers : '';
  if (nobody.textContent !== problem) nobody.textContent = problem;
}

async function loadMembers() {
  try {
    const response = await fetch('/demo/members');
    members = response.ok ? readMembers(await response.text()) : null;
  } catch {
    members = null;
  }
  showMembers();
}

/** Beside the chat the panel is always open; under it, it is for the member to open. */
function arrange() {
  panel.open = beside.matches;
}

new MutationObserver(() => {
  // The phone forgets together with the chat.
  if (said.childElementCount > 0) return;
  for (const message of screen.querySelectorAll('.sms')) message.remove();
  empty.hidden = false;
}).observe(said, { childList: true });

panel.addEventListener('toggle', () => {
  if (panel.open) badge.textContent = '';
});
filter.addEventListener('input', showMembers);
beside.addEventListener('change', arrange);
whenLanguageChanges(showMembers);
arrange();
void loadMembers();
