import type { Language } from '../../core/language.ts';
import { commandIn } from './command.ts';
import type { Message } from './update.ts';
import { commandNamed } from './words.ts';

/** Who the bot is to others. */
export interface Self {
  readonly id: number;
  /** Without the `@`. */
  readonly username: string;
}

/**
 * What a message in a group says to us: its text or caption without our name. Null when it is not for us: it neither
 * names us, nor answers a message of ours, nor is a command of ours.
 */
export function addressedText(message: Message, self: Self, language: Language): string | null {
  const { text = '', entities = [] } =
    message.text === undefined ? { text: message.caption, entities: message.caption_entities } : message;
  const command = commandIn(text);
  if (command !== null && command.bot !== null) return isUs(command.bot, self) ? text : null;
  const mentions = entities.filter(
    ({ type, offset, length, user }) =>
      (type === 'mention' && isUs(text.slice(offset + 1, offset + length), self)) ||
      (type === 'text_mention' && user?.id === self.id),
  );
  // Other bots in the group have commands, too: one without a name is ours only if it is in our list.
  const ours = command !== null && commandNamed(command.name, language) !== undefined;
  const answers = message.reply_to_message?.from?.id === self.id;
  if (mentions.length === 0 && !ours && !answers) return null;
  return without(text, mentions);
}

function isUs(name: string, { username }: Self): boolean {
  return name.toLowerCase() === username.toLowerCase();
}

/** The text without these parts of it. */
function without(text: string, parts: readonly { readonly offset: number; readonly length: number }[]): string {
  const rest = parts.reduceRight(
    (left, { offset, length }) => left.slice(0, offset) + left.slice(offset + length),
    text,
  );
  return parts.length === 0 ? text : rest.replaceAll(/[ \t]+/g, ' ').trim();
}
