import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Language, languages } from '../../core/language.ts';
import { day, hour, minute, second } from '../../core/time.ts';
import { membersTable, type ShownMember } from './members.ts';
import { paint, type Screen } from './screen.ts';
import type { Assistant, Person } from './terminal.ts';
import { fill, type Words, words } from './words.ts';

/** What a person's conversation at the terminal takes. */
export interface Talk {
  readonly input: NodeJS.ReadableStream;
  readonly screen: Screen;
  readonly assistant: Assistant;
  readonly person: Person;
  /** The terminal's own language; `/lang` changes it. */
  readonly tongue: { now: Language };
  /** Sent with each message for the assistant to begin in. */
  readonly languageHint?: Language;
  /** The demo members; none when this is no demo. */
  readonly members: readonly ShownMember[];
  /** The NIK of the demo member whose row is shown at the start. */
  readonly member?: string;
  /** Leaves, as Ctrl-C does. */
  readonly leave: AbortSignal;
}

/** Talks with the person at the terminal until they leave. */
export async function talk({ input, screen, members, member, tongue, leave, ...rest }: Talk): Promise<void> {
  const own = () => words[tongue.now];
  const print = (...lines: string[]) => {
    for (const line of lines) screen.write(`${line}\n`);
  };
  const remark = (...lines: string[]) => print(...lines.map((line) => paint(screen, 'dim', line)), '');

  print(paint(screen, 'bold', own().welcome));
  if (members.length > 0) print(own().demo);
  remark(own().leaving);
  if (member !== undefined && members.length > 0) print(...memberHint(members, member, own()), '');

  const interactive = 'isTTY' in screen && screen.isTTY === true;
  const reader = createInterface({ input, output: screen, terminal: interactive, signal: leave });
  const prompt = () => {
    reader.setPrompt(`${paint(screen, 'bold', `${own().prompt} ›`)} `);
    if (interactive) reader.prompt();
  };
  reader.on('SIGINT', () => reader.close());
  prompt();
  for await (const line of reader) {
    const order = readOrder(line);
    if (order?.name === 'quit') break;
    if (order) await obey(order);
    else await send(line);
    prompt();
  }
  reader.close();
  if (interactive) print('', own().bye);

  async function send(text: string): Promise<void> {
    if (text.trim() === '') return;
    const standing = await rest.person.does({ kind: 'text', text }, rest.languageHint);
    if (standing === null) remark(own().busy);
  }

  async function obey({ name, rest: argument }: Order): Promise<void> {
    if (name === 'help') return remark(...own().help);
    if (name === 'members')
      return members.length > 0 ? print(...membersTable(members, own()), '') : remark(own().no_members);
    if (name === 'wait') return wait(argument);
    if (name === 'lang') return switchTo(argument);
    return remark(own().unknown_command);
  }

  function wait(argument: string): void {
    const milliseconds = readSpan(argument);
    if (milliseconds === null) return remark(own().wait_usage);
    rest.assistant.advance(milliseconds);
    return remark(fill(own().waited, { time: argument }));
  }

  async function switchTo(argument: string): Promise<void> {
    const language = z.enum(languages).safeParse(argument);
    if (!language.success) return remark(own().lang_usage);
    tongue.now = language.data;
    return send(own().lang_switch);
  }
}

interface Order {
  readonly name: string;
  readonly rest: string;
}

/** What is written behind a slash is for the terminal, not for the assistant. */
function readOrder(line: string): Order | null {
  const found = /^\/(\w*)\s*(.*)/su.exec(line.trim());
  return found ? { name: (found[1] ?? '').toLowerCase(), rest: found[2] ?? '' } : null;
}

const units: Readonly<Record<string, number>> = { s: second, m: minute, h: hour, d: day };
const longestWait = 366 * day;

/** `5m` in milliseconds; null when it is no span of time. */
function readSpan(text: string): number | null {
  const found = /^(\d{1,9})\s?([smhd])$/.exec(text);
  const milliseconds = Number(found?.[1]) * (units[found?.[2] ?? ''] ?? Number.NaN);
  return milliseconds <= longestWait ? milliseconds : null;
}

function memberHint(members: readonly ShownMember[], nik: string, own: Words): string[] {
  const found = members.filter((member) => member.nik === nik);
  return found.length > 0
    ? [own.member, ...membersTable(found, own)]
    : [own.unknown_member, ...membersTable(members.slice(0, 3), own)];
}
