import { type ChildProcess, fork } from 'node:child_process';
import { z } from 'zod';
import { Sequence } from '../../fakes/whatsapp/sequence.ts';
import type { FakeWhatsApp } from '../../fakes/whatsapp/server.ts';
import { end, endWithThisProcess } from '../../servers/process.ts';
import { assistantPhone } from './stage.ts';

const program = new URL('./worker.ts', import.meta.url).pathname;
const trust = new URL('../../fakes/whatsapp/trust.ts', import.meta.url).href;

/** What a worker is told as it starts. */
export const setupSchema = z.object({
  redis: z.string(),
  url: z.string(),
  pairWith: z.string(),
  /** True leaves libsignal its console, as a measure of what it would print. */
  loud: z.boolean(),
});

const toldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shown'), lines: z.string() }),
  z.object({ kind: z.literal('link'), state: z.string(), why: z.string().optional() }),
  z.object({ kind: z.literal('set aside'), why: z.string() }),
  z.object({ kind: z.literal('failed'), step: z.string() }),
]);
export type Told = z.infer<typeof toldSchema>;

/** A process that answers on WhatsApp, which can be killed and started again. */
export class Worker {
  readonly told = new Sequence<Told>();
  /** All that its processes printed. */
  output = '';
  readonly #fake: FakeWhatsApp;
  readonly #setup: z.infer<typeof setupSchema>;
  #process: ChildProcess | null = null;

  constructor(fake: FakeWhatsApp, redis: string, { loud = false } = {}) {
    this.#fake = fake;
    this.#setup = { redis, url: fake.url, pairWith: assistantPhone, loud };
  }

  start(): void {
    const started = fork(program, [JSON.stringify(this.#setup)], {
      env: { ...process.env, FAKE_WHATSAPP_ROOT: this.#fake.rootKey },
      execArgv: ['--import', trust],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    endWithThisProcess(started, 'KILL');
    this.#process = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    started.on('message', (message) => this.told.add(toldSchema.parse(message)));
    started.on('error', () => undefined);
  }

  /** Starts it for the first time, and links the number with the code that it shows. */
  async link(): Promise<void> {
    this.start();
    const shown = await this.told.wait((told) => told.kind === 'shown', 20_000);
    const [, first = '', last = ''] = /: (\w{4})-(\w{4})$/.exec(shown.lines) ?? [];
    await this.#fake.wait(({ kind }) => kind === 'code wanted');
    await this.#fake.owner(assistantPhone).enterCode(first + last);
    await this.told.wait((told) => told.kind === 'link' && told.state === 'up', 20_000);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    if (this.#process) await end(this.#process, 'SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.#process) await end(this.#process, 'SIGTERM');
  }
}
