import type { Content } from '../../core/inbound.ts';
import type { Language } from '../../core/language.ts';
import { commandNamed } from './words.ts';

/** A command at the beginning of a text, as Telegram's apps see it, with what follows. */
const commandLike = /^\/(?<name>\w{1,32})(?:@(?<bot>\w{1,64}))?(?:\s+(?<rest>[\s\S]*))?$/;

/** The command that a text begins with: its name, and the bot that it names, if any. */
export function commandIn(text: string): { readonly name: string; readonly bot: string | null } | null {
  const { name, bot } = commandLike.exec(text)?.groups ?? {};
  return name === undefined ? null : { name, bot: bot ?? null };
}

/**
 * What a command stands for; null when the text is none. One that is not in any list is read as the words it is made
 * of. What follows a command belongs to it ("/kantor bandung"), but for `/start`, whose payload is not the member's.
 */
export function fromCommand(text: string, language: Language): Content | null {
  const { name, rest = '' } = commandLike.exec(text)?.groups ?? {};
  if (name === undefined) return null;
  const command = commandNamed(name, language);
  if (command?.chooses !== undefined) return { kind: 'choice', id: command.chooses };
  const said = command?.says ?? name.replaceAll('_', ' ');
  const more = name.toLowerCase() === 'start' ? '' : rest.trim();
  return { kind: 'text', text: more === '' ? said : `${said} ${more}` };
}
