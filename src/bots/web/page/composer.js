/** Where the member writes: Enter sends, Shift and Enter begin a new line. */
import { element } from './element.js';

const form = element('composer', HTMLFormElement);
const input = element('input', HTMLTextAreaElement);

/** Told what the member sends. @param {(text: string) => void} listener */
export function whenSubmitted(listener) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    input.focus();
    if (text === '') return;
    input.value = '';
    listener(text);
  });
}

/** Puts text where the member writes, to be sent or changed. @param {string} text */
export function fill(text) {
  input.value = text;
  input.focus();
}

/** Back to writing, but not where that would bring up a keyboard that covers half of the screen. @param {MouseEvent} after */
export function backToWriting(after) {
  const byKeyboard = after.detail === 0;
  if (byKeyboard || matchMedia('(hover: hover)').matches) input.focus();
}

input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
