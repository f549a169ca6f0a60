import type { Language } from '../core/language.ts';
import type { Intent } from '../core/understanding/intents.ts';
import enCommands from './en/commands.json' with { type: 'json' };
import enMessages from './en/messages.json' with { type: 'json' };
import enPhrases from './en/phrases.json' with { type: 'json' };
import idCommands from './id/commands.json' with { type: 'json' };
import idMessages from './id/messages.json' with { type: 'json' };
import idPhrases from './id/phrases.json' with { type: 'json' };
import idSlang from './id/slang.json' with { type: 'json' };
import nameList from './names.json' with { type: 'json' };

/** What the assistant says, by language. A test holds that all have the same keys and values. */
export const messages = { id: idMessages, en: enMessages };

export type Command = keyof typeof idCommands;

/** Words that are orders at any step ("batal", "menu") or answers at one ("ya"), by language; all are always heard. */
export const commands: Record<Language, Record<Command, readonly string[]>> = { id: idCommands, en: enCommands };

/** How people write months, programs, numbers and places, in all languages at once. */
export const names = nameList;

/** What members' words are understood by. */
export const phrasebook: {
  /** Example phrases for each intent. */
  readonly phrases: Record<Language, Record<Intent | 'follow_up', readonly string[]>>;
  /** Chat spellings and what they stand for. */
  readonly slang: Record<string, string>;
  /** Texts that show a language's words. */
  readonly vocabulary: Record<Language, readonly string[]>;
} = {
  phrases: { id: idPhrases, en: enPhrases },
  slang: idSlang,
  vocabulary: {
    id: [...textsIn(idMessages), ...textsIn(idPhrases), ...textsIn(idCommands)],
    en: [...textsIn(enMessages), ...textsIn(enPhrases), ...textsIn(enCommands)],
  },
};

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap((part) => textsIn(part));
  return [];
}
