import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Acceptance } from '../../src/bots/bot.ts';
import { end, endWithThisProcess, isRunning } from '../servers/process.ts';
import type { Chance } from './chance.ts';
import { type Order, type PlatformEvent, type Setup, type Told, toldSchema } from './wire.ts';

const program = new URL('./worker.ts', import.meta.url).pathname;

/** How long the platform waits for a worker to take an event, in milliseconds. */
const patience = 3_000;

/** One worker process, which is started again under the same name after it was killed. */
export class Worker {
  readonly name: string;
  /** Where it takes events; null while it is not ready. */
  url: string | null = null;
  /** True while it is held by SIGSTOP. */
  frozen = false;
  readonly #setup: Setup;
  readonly #env: NodeJS.ProcessEnv;
  readonly #told: (told: Told) => void;
  #process: ChildProcess | null = null;
  /** How often it has ended without having been told to. */
  crashes = 0;
  #leaving = false;

  constructor(setup: Setup, told: (told: Told) => void, env: NodeJS.ProcessEnv = {}) {
    this.name = setup.name;
    this.#setup = setup;
    this.#told = told;
    this.#env = env;
  }

  /** Resolves when it takes events. */
  async start(): Promise<void> {
    const started = fork(program, [JSON.stringify(this.#setup)], {
      env: { ...process.env, ...this.#env },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    endWithThisProcess(started, 'KILL');
    this.#process = started;
    this.#leaving = false;
    const ready = Promise.withResolvers<void>();
    started.on('message', (message) => {
      const told = toldSchema.parse(message);
      if (told.kind === 'ready') {
        this.url = told.url;
        ready.resolve();
      }
      this.#told(told);
    });
    started.on('error', () => undefined);
    started.once('exit', () => {
      this.url = null;
      this.frozen = false;
      ready.resolve();
      if (this.#leaving) return;
      this.crashes += 1;
      // As whoever runs the program would.
      void this.start();
    });
    await ready.promise;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  get running(): boolean {
    return this.#process !== null && isRunning(this.#process);
  }

  /** As a crash: nothing is finished. */
  async kill(): Promise<void> {
    this.url = null;
    this.#leaving = true;
    if (this.#process !== null) await end(this.#process, 'SIGKILL');
  }

  freeze(): void {
    this.frozen = true;
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.frozen = false;
    this.#process?.kill('SIGCONT');
  }

  order(order: Order): void {
    if (this.#process?.connected === true) this.#process.send(order, () => undefined);
  }

  /** Asks it to end, as a new release does; resolves to its exit code, null after a signal. */
  async terminate(): Promise<number | null> {
    const leaving = this.#process;
    if (leaving === null || !isRunning(leaving)) throw new Error(`${this.name} is not running`);
    this.url = null;
    this.#leaving = true;
    const ended = once(leaving, 'exit');
    leaving.kill('SIGTERM');
    await ended;
    return leaving.exitCode;
  }
}

/** What became of one try to hand an event to a worker. */
type Handed = Acceptance | 'unavailable' | 'refused' | 'unanswered';

/** The workers, and how a platform hands events to them: to anyone, again until one has taken it. */
export class Fleet {
  readonly workers: readonly Worker[];
  /** All that the workers have told. */
  readonly told: Told[] = [];
  /** Tries that were answered with 503. */
  unavailable = 0;
  #waiting: { readonly condition: () => boolean; readonly resolve: () => void }[] = [];

  /** `env`: environment of the workers of these names. */
  constructor(setups: readonly Setup[], env: Readonly<Record<string, NodeJS.ProcessEnv>> = {}) {
    const told = (told: Told): void => {
      this.told.push(told);
      const held = this.#waiting.filter(({ condition }) => condition());
      this.#waiting = this.#waiting.filter((waiting) => !held.includes(waiting));
      for (const { resolve } of held) resolve();
    };
    this.workers = setups.map((setup) => new Worker(setup, told, env[setup.name]));
  }

  async start(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.start()));
  }

  worker(name: string): Worker {
    const worker = this.workers.find((worker) => worker.name === name);
    if (!worker) throw new Error(`There is no worker ${name}`);
    return worker;
  }

  countOf(kind: Told['kind']): number {
    return this.told.filter((told) => told.kind === kind).length;
  }

  /** Resolves as soon as the condition holds, which is looked at whenever a worker tells something. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  /** Hands an event over until a worker has taken it, or had before. */
  async deliver(event: PlatformEvent, chance: Chance): Promise<'taken' | 'duplicate'> {
    for (;;) {
      const ready = this.workers.filter(({ url }) => url !== null);
      const handed = ready.length > 0 ? await handTo(chance.pick(ready), event) : 'unanswered';
      if (handed === 'taken' || handed === 'duplicate') return handed;
      if (handed === 'refused') throw new Error(`The worker refuses event ${event.id}`);
      if (handed === 'unavailable') this.unavailable += 1;
      await pause(50 + 50 * chance.next());
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
  }
}

/** One try to hand an event to one worker. */
export async function handTo({ url }: Worker, event: PlatformEvent): Promise<Handed> {
  if (url === null) return 'unanswered';
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(event),
      signal: AbortSignal.timeout(patience),
    });
    const said = await response.text();
    if (response.status === 503) return 'unavailable';
    if (said === 'taken' || said === 'duplicate' || said === 'full') return said;
    return 'refused';
  } catch {
    return 'unanswered';
  }
}
