import { parseArgs } from 'node:util';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { channels } from './channels.ts';
import { settings } from './config.ts';
import { languages } from './core/language.ts';

const usage = `Jamsostek Chat ${manifest.version}

  npm start                       serves the web page
  npm run chat                    talks in the terminal
      -- --lang id|en             … beginning in this language
      -- --member NIK             … with this demo member's row at the start
  npm run --silent chat -- --json one line of JSON for each thing done and said, for scripts
  npm run link -- whatsapp        links a phone number anew, in place of the one that is linked
  npm run --silent understand     says how it understands each line of the input, as JSON
  npm run --silent misses         shows what was not understood in the last 30 days, masked, in groups
      -- --json                   … as one line of JSON each
  npm run --silent audit          shows the newest entries of the audit log
      -- --json                   … as one line of JSON each
      -- --most 1000              … so many at most, else 50
      -- --since 2026-11-01 --until 2026-11-30 --act viewed
                                  … only from these days and of this act
      -- --member                 … only of the member whose NIK is on the standard input
      -- --verify                 looks whether any entry was changed; ends with 1 then
      -- --verify --head ENTRY:DIGEST
                                  … or cut off, since this head was written down
  npm run --silent unblock        opens the access by chat of a member again, whose NIK it reads from the input
  npm run --silent members        lists the demo members
      -- --json                   … as one line of JSON each

Settings, from the environment:
${[...Object.values(settings), ...channels.flatMap((channel) => channel.settings)]
  .map(({ name, help, standard }) => `  ${name.padEnd(14)}${help}\n${''.padEnd(16)}Default: ${standard}.`)
  .join('\n')}
`;

/** What ends the program with one line instead of a stack: the person who started it can do something about it. */
const plainProblems = new Set(['CannotStart', 'CannotOpen', 'CannotOpenChannel', 'CannotListen']);

/** What a command line can hold, by command. Each command is loaded only when it is asked for. */
const commands = {
  async serve(args: string[]) {
    parseArgs({ args, options: {} });
    const { serve } = await import('./commands/serve.ts');
    await serve(channels);
  },
  async link(args: string[]) {
    const [name, ...others] = parseArgs({ args, options: {}, allowPositionals: true }).positionals;
    const known = channels.map((channel) => channel.name);
    if (name === undefined || others.length > 0 || !known.includes(name)) fail(`link takes ${known.join(' or ')}.`);
    const { link } = await import('./commands/link.ts');
    await link(name, channels);
  },
  async chat(args: string[]) {
    const options = { json: { type: 'boolean' }, lang: { type: 'string' }, member: { type: 'string' } } as const;
    const { json = false, lang, member } = parseArgs({ args, options }).values;
    const language = z.enum(languages).optional().safeParse(lang);
    if (!language.success) fail(`--lang takes ${languages.join(' or ')}.`);
    const { chat } = await import('./commands/chat.ts');
    await chat({
      json,
      ...(language.data !== undefined && { language: language.data }),
      ...(member !== undefined && { member }),
    });
  },
  async understand(args: string[]) {
    parseArgs({ args, options: {} });
    const { understand } = await import('./commands/understand.ts');
    await understand();
  },
  async misses(args: string[]) {
    const { json = false } = parseArgs({ args, options: { json: { type: 'boolean' } } }).values;
    const { misses } = await import('./commands/misses.ts');
    await misses({ json });
  },
  async audit(args: string[]) {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = {
      json: flag,
      member: flag,
      verify: flag,
      most: text,
      since: text,
      until: text,
      act: text,
      head: text,
    } as const;
    const { auditOptions } = await import('./commands/audit-options.ts');
    const asked = auditOptions(parseArgs({ args, options }).values);
    if (!asked.ok) fail(asked.problem);
    const { audit } = await import('./commands/audit.ts');
    await audit(asked.value);
  },
  async unblock(args: string[]) {
    parseArgs({ args, options: {} });
    const { unblock } = await import('./commands/unblock.ts');
    await unblock();
  },
  async members(args: string[]) {
    const { json = false } = parseArgs({ args, options: { json: { type: 'boolean' } } }).values;
    const { members } = await import('./commands/members.ts');
    members({ json });
  },
} as const;

const [name = '--help', ...args] = process.argv.slice(2);
if (name === '--version') say(manifest.version);
else if (name === '--help' || args.includes('--help')) say(usage.trimEnd());
else if (isCommand(name)) await run(name, args);
else fail(`There is no command ${JSON.stringify(name)}: --help shows what there is.`);

async function run(name: keyof typeof commands, args: string[]): Promise<void> {
  try {
    await commands[name](args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const wrongArguments = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    if (!wrongArguments && !plainProblems.has(error.name)) throw error;
    fail(error.message);
  }
}

function isCommand(name: string): name is keyof typeof commands {
  return Object.hasOwn(commands, name);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
