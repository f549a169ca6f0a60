import { describe, expect, it } from 'vitest';
import { buttonDataLimit, captionLimit, labelLimit } from '../../../src/bots/telegram/render.ts';
import { words } from '../../../src/bots/telegram/words.ts';
import { choiceIds } from '../../../src/core/answer.ts';
import { labelOf } from '../../../src/core/label.ts';
import { languages } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { messages } from '../../../src/locales/index.ts';

/** All that the assistant says in a language. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return textsIn(value.join('\n'));
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap((part) => textsIn(part));
  return [];
}

describe('what the bot says for itself', () => {
  it.each(languages)('is there in %s, short and without markup', (language) => {
    const { hidden, privateChat, shareLocation } = words[language];
    expect(hidden.length).toBeLessThanOrEqual(120);
    for (const label of [privateChat, shareLocation]) expect(label.length).toBeLessThanOrEqual(24);
    expect([hidden, privateChat, shareLocation].join()).not.toMatch(/[*_~`<>]/);
  });
});

describe('what the assistant says', () => {
  it('fits Telegram: choices as buttons, texts beside a file', () => {
    for (const language of languages) {
      for (const id of choiceIds) {
        // With the number of its step.
        expect(Buffer.byteLength(`${id}.${Date.UTC(2100).toString(36)}`)).toBeLessThanOrEqual(buttonDataLimit);
        expect(labelOf(id, speeches[language]).length).toBeLessThanOrEqual(labelLimit);
      }
      for (const text of textsIn(messages[language])) expect(text.length).toBeLessThanOrEqual(captionLimit);
    }
  });
});
