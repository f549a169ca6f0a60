import { strings } from './strings.js';

/** @typedef {keyof typeof strings} Language */

/** Where the browser keeps what the member chose. */
const place = 'language';

/** @type {Set<() => void>} */
const listeners = new Set();

/** @type {Language} */
let current = known(kept()) ?? known(document.documentElement.lang) ?? 'id';

/** @returns {Language} */
export function language() {
  return current;
}

/** The page's words in its language. */
export function words() {
  return strings[current];
}

/** The text at a path such as `send` or `media.voice`. @param {string} path */
export function textAt(path) {
  const text = path.split('.').reduce((/** @type {unknown} */ group, key) => {
    return typeof group === 'object' && group !== null ? Reflect.get(group, key) : undefined;
  }, words());
  return typeof text === 'string' ? text : '';
}

/** Told whenever another language is chosen. @param {() => void} listener */
export function whenLanguageChanges(listener) {
  listeners.add(listener);
}

/** @param {Language} language */
export function chooseLanguage(language) {
  current = language;
  try {
    localStorage.setItem(place, language);
  } catch {
    // A browser that keeps nothing: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

/** @param {string | null | undefined} text @returns {Language | null} */
export function known(text) {
  return text === 'id' || text === 'en' ? text : null;
}

/** Puts the page's words in place: the markup says which with `data-text`, `data-label` and `data-placeholder`. */
function translate() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = textAt(element.getAttribute('data-text') ?? '');
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', textAt(element.getAttribute('data-label') ?? ''));
  }
  for (const element of document.querySelectorAll('[data-placeholder]')) {
    element.setAttribute('placeholder', textAt(element.getAttribute('data-placeholder') ?? ''));
  }
}

function kept() {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

listeners.add(translate);
translate();
