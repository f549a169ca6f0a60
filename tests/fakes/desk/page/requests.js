import { element } from '../../../../src/bots/web/page/element.js';

const notice = element('notice', HTMLElement);

/** @type {(json: string) => { error?: string, id?: string }} */
const readAnswer = JSON.parse;

/**
 * Asks the desk to do something. What can't be done is told at the top of the page; then this resolves to null.
 *
 * @param {string} path
 * @param {object} body
 */
export async function post(path, body) {
  notice.textContent = '';
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = readAnswer(await response.text());
    if (response.ok) return answer;
    notice.textContent = answer.error ?? 'That did not work';
  } catch {
    notice.textContent = 'The desk does not answer: is it still running?';
  }
  return null;
}

/**
 * Posts a form's fields when it is sent.
 *
 * @param {string} id
 * @param {string} path
 * @param {(answer: { id?: string }) => void} [done]
 */
export function postForm(id, path, done = () => {}) {
  const form = element(id, HTMLFormElement);
  const send = async () => {
    /** @type {Record<string, FormDataEntryValue>} */
    const fields = {};
    for (const [name, value] of new FormData(form)) fields[name] = value;
    const answer = await post(path, fields);
    if (answer !== null) done(answer);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
}
