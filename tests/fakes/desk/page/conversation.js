import { element, make } from '../../../../src/bots/web/page/element.js';
import { showAll } from './same.js';

/** @typedef {import('../shown.ts').Line} Line */
/** @typedef {import('../shown.ts').ShownChat} ShownChat */

/**
 * What a person can do in a chat.
 *
 * @typedef {object} Acts
 * @property {(chat: string, text: string) => void} say
 * @property {(chat: string, line: string, button: string) => void} tap
 * @property {(chat: string, key: string) => void} press
 * @property {readonly { label: string, prompts?: boolean, act: (chat: string, line: string, text: string) => void }[]} changes
 *   What can be done to a message of one's own; one that `prompts` takes the text that is written next.
 */

/** One column of the page: a platform with its chats, of which one is shown. */
export class Conversation {
  /** @type {readonly ShownChat[]} */
  #chats = [];
  #latest = '';
  /** What the text that is written next is for, when it is not a new message. @type {((text: string) => void) | null} */
  #instead = null;

  /** @param {'telegram' | 'whatsapp' | 'sms'} platform @param {Acts} acts */
  constructor(platform, acts) {
    this.platform = platform;
    this.#acts = acts;
    this.#select = element(`${platform}-chat`, HTMLSelectElement);
    this.#log = element(`${platform}-log`, HTMLElement);
    this.#beside = element(`${platform}-beside`, HTMLElement);
    this.#keys = element(`${platform}-keys`, HTMLElement);
    this.#input = element(`${platform}-input`, HTMLTextAreaElement);
    const form = element(`${platform}-composer`, HTMLFormElement);
    this.#select.addEventListener('change', () => this.#draw());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#write(null);
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#input.value.trim();
      if (text === '') return;
      const instead = this.#instead;
      this.#write(null);
      this.#input.value = '';
      if (instead === null) acts.say(this.chat, text);
      else instead(text);
    });
  }

  #acts;
  #select;
  #log;
  #beside;
  #keys;
  #input;

  /** The id of the chat that is shown. */
  get chat() {
    return this.#select.value;
  }

  /** Whether something is written that was not sent. */
  get hasDraft() {
    return this.#input.value !== '';
  }

  /** Writes something into the text field. @param {string} text */
  fill(text) {
    this.#input.value = text;
    this.#input.focus();
  }

  /** What was said last is in sight: nothing scrolls while it is hidden. */
  showEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** Goes over to a chat, which may be one that is not known yet. @param {string} id */
  open(id) {
    this.#latest = id;
    this.#draw();
  }

  /** @param {readonly ShownChat[]} chats */
  show(chats) {
    this.#chats = chats;
    this.#draw();
  }

  #draw() {
    showAll(
      this.#select,
      this.#chats.map(({ id, title }) => ({ id, title })),
      ({ id, title }) => new Option(title, id),
    );
    if (this.#chats.some(({ id }) => id === this.#latest)) {
      this.#select.value = this.#latest;
      this.#latest = '';
    }
    const chat = this.#chats.find(({ id }) => id === this.chat);
    if (chat === undefined) return;
    const { lines, keys, notice, typing } = chat;
    const before = this.#log.lastElementChild;
    showAll(this.#log, lines, (line) => this.#row(line));
    if (this.#log.lastElementChild !== before) this.showEnd();
    const beside = notice === '' && typing ? 'The assistant is typing …' : notice;
    if (this.#beside.textContent !== beside) this.#beside.textContent = beside;
    showAll(this.#keys, keys, (row) => {
      const drawn = make('div', 'buttons');
      drawn.append(...row.map((label) => button(label, () => this.#acts.press(this.chat, label))));
      return drawn;
    });
  }

  /** @param {Line} line */
  #row({ id, from, text, notes, buttons, place, file }) {
    const row = make('div', from === null ? 'row assistant' : 'row member');
    const bubble = make('div', 'bubble');
    if (from !== null) bubble.append(make('p', 'from', from));
    if (text !== '') bubble.append(make('p', 'text', text));
    if (place !== null)
      bubble.append(make('p', 'place', `${place.name} (${place.latitude}, ${place.longitude})`.trim()));
    if (file !== null) bubble.append(link(file.name, file.url));
    if (notes.length > 0) bubble.append(make('p', 'notes', notes.join(' · ')));
    row.append(bubble);
    for (const each of buttons) {
      const drawn = make('div', 'buttons');
      drawn.append(
        ...each.map(({ label, id: data, url }) => {
          if (data !== null) return button(label, () => this.#acts.tap(this.chat, id, data));
          return link(label, url ?? '');
        }),
      );
      row.append(drawn);
    }
    if (from !== null && this.#acts.changes.length > 0) row.append(this.#changesOf(id, text));
    return row;
  }

  /** @param {string} line @param {string} text */
  #changesOf(line, text) {
    const drawn = make('div', 'changes');
    const { chat } = this;
    drawn.append(
      ...this.#acts.changes.map(({ label, prompts, act }) =>
        button(label, () => {
          if (prompts !== true) return act(chat, line, '');
          this.#write((words) => act(chat, line, words));
          this.fill(text);
        }),
      ),
    );
    return drawn;
  }

  /** @param {((text: string) => void) | null} instead */
  #write(instead) {
    this.#instead = instead;
    this.#input.placeholder = instead === null ? '' : 'New words for the message; Escape leaves it as it was';
  }
}

/** @param {string} label @param {() => void} press */
export function button(label, press) {
  const made = make('button', '', label);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** @param {string} label @param {string} address */
function link(label, address) {
  const made = make('a', '', label);
  made.href = address;
  made.rel = 'noreferrer';
  made.target = '_blank';
  return made;
}
