import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { allSettings } from './settings.ts';

const root = join(import.meta.dirname, '..', '..');

/** Settings for the program, by name; none of the machine's own reach it. */
type Env = Readonly<Record<string, string>>;

/** How a run of the program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real program as a process of its own, in a folder of its own. */
class Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], env: Env = {}) {
    const own = Object.entries(process.env).filter(([name]) => !allSettings.some((setting) => setting.name === name));
    this.child = spawn(process.execPath, [join(root, 'src', 'main.ts'), ...args], {
      env: { ...Object.fromEntries(own), ...env },
      stdio: 'pipe',
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }));
    });
  }
}

/** Runs one command to its end, with this on its standard input. */
export async function runProgram(
  args: readonly string[],
  env: Env = {},
  input: string | Uint8Array = '',
): Promise<Ended> {
  const program = new Program(args, env);
  program.child.stdin.end(input);
  return program.ended;
}

/** Runs one command that shows something before it ends. */
export function startCommand(
  args: readonly string[],
  env: Env = {},
): { screen(): string; readonly ended: Promise<Ended> } {
  const program = new Program(args, env);
  program.child.stdin.end();
  return { screen: () => program.stdout, ended: program.ended };
}

/** The web page being served by the real program. */
export interface Product {
  /** Where it is served, without a slash at the end. */
  readonly url: string;
  readonly dataFolder: string;
  /** What it has logged so far, and what it has shown on the screen. */
  log(): string;
  screen(): string;
  /** Sends the signals one right after the other, and waits for the end; `milliseconds` is how long it took. */
  stop(...signals: readonly NodeJS.Signals[]): Promise<Ended & { readonly milliseconds: number }>;
}

/** Serves the page on a free port, out of a new folder unless DATA_FOLDER or DATABASE_URL is given; ready when it resolves. */
export async function startProduct(env: Env = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
  const dataFolder = env['DATA_FOLDER'] ?? folder;
  const place = env['DATABASE_URL'] === undefined ? { DATA_FOLDER: dataFolder } : {};
  const program = new Program(['serve'], { PORT: '0', ...place, ...env });
  const clean = () => rmSync(folder, { recursive: true, force: true });
  const address = /^Jamsostek Chat: (http\S+)$/m;
  const url = await Promise.race([
    new Promise<string>((resolve) => {
      program.child.stdout.on('data', () => {
        const found = address.exec(program.stdout)?.[1];
        if (found !== undefined) resolve(found);
      });
    }),
    program.ended.then(({ stderr }): never => {
      clean();
      throw new Error(`The program ended before it was ready: ${stderr}`);
    }),
  ]);
  return {
    url,
    dataFolder,
    log: () => program.stderr,
    screen: () => program.stdout,
    async stop(...signals) {
      const since = performance.now();
      for (const signal of signals.length > 0 ? signals : (['SIGTERM'] as const)) program.child.kill(signal);
      const ended = await program.ended;
      const milliseconds = performance.now() - since;
      clean();
      return { ...ended, milliseconds };
    },
  };
}

const scriptReply = z.union([
  z.strictObject({
    to: z.literal('member'),
    text: z.string(),
    choices: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    place: z.looseObject({ name: z.string() }).optional(),
  }),
  z.strictObject({ to: z.literal('sms'), phone: z.string(), text: z.string() }),
  z.strictObject({
    done: z.literal(true),
    state: z.string(),
    intent: z.string(),
    language: z.enum(['id', 'en']),
  }),
  z.strictObject({ error: z.string() }),
]);

/** One line of what `chat --json` answers. */
export type ScriptReply = z.infer<typeof scriptReply>;

/** Reads one line of what `chat --json` answers; throws on anything that is not promised. */
export function readReply(line: string): ScriptReply {
  return scriptReply.parse(JSON.parse(line));
}

/** A conversation through `chat --json`. */
export interface ScriptedChat {
  /** Writes one line and resolves to all lines up to its `done` or `error`. */
  says(line: object | string): Promise<ScriptReply[]>;
  /** Ends the input, or sends a signal. */
  leaves(signal?: NodeJS.Signals): Promise<Ended>;
}

export function startScriptedChat(env: Env = {}, args: readonly string[] = []): ScriptedChat {
  const program = new Program(['chat', '--json', ...args], env);
  const lines = createInterface({ input: program.child.stdout })[Symbol.asyncIterator]();
  return {
    async says(line) {
      program.child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
      const replies: ScriptReply[] = [];
      for (;;) {
        const next = await lines.next();
        if (next.done === true) throw new Error(`The chat ended: ${program.stderr}`);
        const reply = readReply(next.value);
        replies.push(reply);
        if ('done' in reply || 'error' in reply) return replies;
      }
    },
    async leaves(signal) {
      if (signal === undefined) program.child.stdin.end();
      else program.child.kill(signal);
      return program.ended;
    },
  };
}
