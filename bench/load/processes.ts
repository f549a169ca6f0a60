/** A process and those that it starts, which answer what they are asked, one question at a time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { z } from 'zod';

const helloSchema = z.object({ port: z.number() });
const answerSchema = z.union([z.object({ answer: z.unknown() }), z.object({ problem: z.string() })]);

/** Tells the parent which port the server listens on, then answers its questions until it is gone. */
export function answerParent(server: Server, answer: (question: unknown) => Promise<unknown>): void {
  process.on('message', (question) => {
    answer(question).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) }),
    );
  });
  // By exit, so that a profile is written.
  process.on('disconnect', () => process.exit());
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.send?.({ port: address.port });
}

/** A process that listens on a port of its own. */
export class Child {
  readonly port: number;
  readonly #process: ChildProcess;

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  private constructor(child: ChildProcess, port: number) {
    this.#process = child;
    this.port = port;
  }

  /** Starts a module of this folder; ready when it resolves. */
  static async start(file: string, settings: object = {}, execArgv: readonly string[] = []): Promise<Child> {
    const child = fork(new URL(file, import.meta.url), [JSON.stringify(settings)], { execArgv: [...execArgv] });
    const { port } = helloSchema.parse(await heard(child, file));
    return new Child(child, port);
  }

  async ask<Answer>(question: object, schema: z.ZodType<Answer>): Promise<Answer> {
    this.#process.send(question);
    const said = answerSchema.parse(await heard(this.#process, 'A process'));
    if ('problem' in said) throw new Error(said.problem);
    return schema.parse(said.answer);
  }

  async stop(): Promise<void> {
    if (!this.#process.connected) return;
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}

function heard(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`${name} ended.`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
