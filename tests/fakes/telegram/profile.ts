import type { BotCommand } from 'grammy/types';
import { z } from 'zod';
import { badRequest } from './api-error.ts';
import { type Parameters, read, structured, text } from './parameters.ts';

const scopeSchema = z
  .object({
    type: z.enum([
      'default',
      'all_private_chats',
      'all_group_chats',
      'all_chat_administrators',
      'chat',
      'chat_administrators',
      'chat_member',
    ]),
    chat_id: z.union([z.number(), z.string()]).exactOptional(),
    user_id: z.number().exactOptional(),
  })
  .transform(({ type, chat_id: chat, user_id: user }) =>
    [type, chat, user].filter((part) => part !== undefined).join(' '),
  );

const placeSchema = z.object({ scope: structured(scopeSchema).default('default'), language_code: text });
const commandsSchema = z.object({
  commands: structured(z.array(z.object({ command: z.string(), description: z.string() }))).default([]),
});
const mostCommands = 100;

/** Texts about a bot: the parameter that carries each, and how long it may be, in characters. */
const texts = { name: 64, description: 512, short_description: 120 } as const;
type About = keyof typeof texts;

/** What a bot has told Telegram to show of it. Languages are two letters; empty is for everyone else. */
export class Profile {
  /** By scope (`default`, `all_private_chats`, `chat 5` …), then by language. */
  readonly commands = new Map<string, Map<string, BotCommand[]>>();
  readonly names = new Map<string, string>();
  readonly descriptions = new Map<string, string>();
  readonly shortDescriptions = new Map<string, string>();

  constructor(name: string) {
    this.names.set('', name);
  }

  setCommands(parameters: Parameters): true {
    const { scope, language } = placeOf(parameters);
    const { commands } = read(commandsSchema, parameters);
    if (commands.length > mostCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    const ofScope = this.commands.get(scope) ?? new Map<string, BotCommand[]>();
    ofScope.set(language, commands.map(checked));
    this.commands.set(scope, ofScope);
    return true;
  }

  getCommands(parameters: Parameters): BotCommand[] {
    const { scope, language } = placeOf(parameters);
    return this.commands.get(scope)?.get(language) ?? [];
  }

  deleteCommands(parameters: Parameters): true {
    const { scope, language } = placeOf(parameters);
    this.commands.get(scope)?.delete(language);
    return true;
  }

  /** An empty text removes that of a language. */
  setText(about: About, parameters: Parameters): true {
    const { language } = placeOf(parameters);
    const given = read(text, parameters[about]).trim();
    if ([...given].length > texts[about]) throw badRequest(`bot ${about.replace('_', ' ')} is too long`);
    if (given === '' && language !== '') this.#texts(about).delete(language);
    else this.#texts(about).set(language, given);
    return true;
  }

  /** The text in a language, else the one for everyone. */
  getText(about: About, parameters: Parameters): Record<string, string> {
    const { language } = placeOf(parameters);
    const known = this.#texts(about);
    return { [about]: known.get(language) ?? known.get('') ?? '' };
  }

  #texts(about: About): Map<string, string> {
    switch (about) {
      case 'name':
        return this.names;
      case 'description':
        return this.descriptions;
      case 'short_description':
        return this.shortDescriptions;
    }
  }
}

function placeOf(parameters: Parameters): { scope: string; language: string } {
  const { scope, language_code: language } = read(placeSchema, parameters);
  if (!/^(?:[a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return { scope, language };
}

function checked({ command: given, description: described }: BotCommand): BotCommand {
  const command = given.trim().replace(/^\//, '');
  const description = described.trim();
  if (command === '') throw badRequest('command must be non-empty');
  if ([...command].length > 32) throw badRequest('command length must not exceed 32');
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '') throw badRequest('command description must be non-empty');
  if ([...description].length > 256) throw badRequest('command description length must not exceed 256');
  return { command, description };
}
