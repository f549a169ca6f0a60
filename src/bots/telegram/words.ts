import { type Language, languages } from '../../core/language.ts';
import en from '../../locales/en/telegram.json' with { type: 'json' };
import id from '../../locales/id/telegram.json' with { type: 'json' };

/** A command of the menu beside the text field. It stands for words, or for a choice that no words lead to. */
export interface Command {
  /** Without the slash. */
  readonly command: string;
  readonly description: string;
  readonly says?: string | undefined;
  readonly chooses?: string | undefined;
}

/** What the bot says for itself, around the assistant's replies. */
export interface Words {
  /** Shown in an empty chat, before the first message. */
  readonly description: string;
  /** Shown on the bot's profile. */
  readonly shortDescription: string;
  readonly commands: readonly Command[];
  /** That the member's message was deleted, and why. */
  readonly hidden: string;
  /** Label of the button that leads from a group to the private chat. */
  readonly privateChat: string;
  /** Label of the button that sends the member's location. */
  readonly shareLocation: string;
}

export const words: Readonly<Record<Language, Words>> = { id, en };

/** The language of a bot where nothing else tells. */
export const standardLanguage: Language = 'id';

/** The command of that name, in this language's list if it is there, or else in any. */
export function commandNamed(name: string, language: Language): Command | undefined {
  const lists = [language, ...languages].map((each) => words[each].commands);
  return lists.flat().find(({ command }) => command === name.toLowerCase());
}
