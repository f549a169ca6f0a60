import type { Language } from '../../core/language.ts';
import en from '../../locales/en/terminal.json' with { type: 'json' };
import id from '../../locales/id/terminal.json' with { type: 'json' };

/** What the terminal says for itself, around the assistant's replies. */
export type Words = typeof id;

export const words = { id, en } satisfies Record<Language, Words>;

/** Puts values in the place of `{{name}}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
