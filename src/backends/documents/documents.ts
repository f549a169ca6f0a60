import { Worker } from 'node:worker_threads';
import type { ReplyFile } from '../../core/reply.ts';
import { type Documents, Unavailable } from '../../core/services.ts';
import { second, type Timer } from '../../core/time.ts';
import { systemTimer } from '../system/timer.ts';
import type { Answer, Fault, Order, Request } from './worker.ts';

/** What takes longer to make than this is given up, and so is what has waited this long for its turn. */
export const makingLimit = 10 * second;

/** The same for a worker that has made nothing yet: a slow machine that loads its libraries has to come to an end once. */
export const firstLimit = 30 * second;

/** The largest heap of the worker, in megabytes: beyond it the worker ends, and not the program. */
const heapLimit = 256;

/** Documents that are made elsewhere. */
export interface WorkerDocuments extends Documents {
  /** Ends the worker. What is being made, and what is asked for from now on, is unavailable. */
  close(): Promise<void>;
}

/** What a worker stands on; the real things where nothing is named. */
interface Ground {
  readonly timer?: Timer;
  readonly start?: () => Worker;
}

/**
 * Makes pictures and documents in one thread of their own, one after the other, so that the program answers others
 * meanwhile. The thread is started with the first use, and anew with the next use after it has died; it does not keep the
 * process alive while it has nothing to do.
 *
 * Throws {@link Unavailable} when the thread dies, takes too long, or has too much to do; any other error is a fault of
 * the program, told without what the document was about.
 */
export function workerDocuments({ timer = systemTimer(), start = startWorker }: Ground = {}): WorkerDocuments {
  const workshop = new Workshop(start, timer);
  return {
    lossStatement: (content) => workshop.make({ kind: 'lossStatement', content }),
    balanceChart: (content) => workshop.make({ kind: 'balanceChart', content }),
    contributionChart: (content) => workshop.make({ kind: 'contributionChart', content }),
    card: (content) => workshop.make({ kind: 'card', content }),
    statement: (content) => workshop.make({ kind: 'statement', content }),
    letter: (content) => workshop.make({ kind: 'letter', content }),
    close: () => workshop.close(),
  };
}

/** Starts the worker. It gets none of the program's settings, and what its libraries print goes nowhere. */
export function startWorker(): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    name: 'documents',
    env: { NODE_ENV: 'production' },
    // Not read, because reading would keep the process alive.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
}

interface Job {
  readonly request: Request;
  readonly done: (file: ReplyFile) => void;
  readonly failed: (error: Error) => void;
  /** Ends the wait that the job is in. */
  patience: AbortController;
}

class Workshop {
  readonly #start: () => Worker;
  readonly #timer: Timer;
  readonly #waiting: Job[] = [];
  #atWork: Job | null = null;
  #worker: Worker | null = null;
  /** Whether the worker has made one already. */
  #warm = false;
  #closed = false;
  #asked = 0;

  constructor(start: () => Worker, timer: Timer) {
    this.#start = start;
    this.#timer = timer;
  }

  make(order: Order): Promise<ReplyFile> {
    const { promise, resolve, reject } = Promise.withResolvers<ReplyFile>();
    this.#asked += 1;
    const job = {
      request: { id: this.#asked, order },
      done: resolve,
      failed: reject,
      patience: new AbortController(),
    };
    if (this.#closed) {
      reject(unavailable());
      return promise;
    }
    this.#waiting.push(job);
    void this.#limit(job, this.#warm ? makingLimit : firstLimit, () => {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      reject(unavailable());
    });
    this.#goOn();
    return promise;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) settle(job, () => job.failed(unavailable()));
    await this.#discard();
  }

  /** Hands the next job to the worker, which has one at a time, so that it is known whose a death is. */
  #goOn(): void {
    if (this.#atWork) return;
    const job = this.#waiting.shift();
    if (!job) {
      this.#worker?.unref();
      return;
    }
    job.patience.abort();
    job.patience = new AbortController();
    this.#atWork = job;
    // Nothing else stops a thread that is busy.
    void this.#limit(job, this.#warm ? makingLimit : firstLimit, () => void this.#discard());
    try {
      this.#worker ??= this.#open();
      this.#worker.ref();
      this.#worker.postMessage(job.request, []);
    } catch {
      void this.#discard();
    }
  }

  #open(): Worker {
    const worker = this.#start();
    const lost = () => {
      if (this.#worker === worker) void this.#discard();
    };
    // Its errors are not passed on: they could hold what the document was about.
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.on('message', (answer: Answer) => {
      if (this.#worker === worker) this.#answered(answer);
    });
    return worker;
  }

  #answered(answer: Answer): void {
    const job = this.#atWork;
    if (job?.request.id !== answer.id) return;
    this.#atWork = null;
    this.#warm = true;
    settle(job, () => {
      if ('file' in answer) job.done(answer.file);
      else job.failed(faultIn(job.request.order, answer.fault));
    });
    this.#goOn();
  }

  /** Gives up the worker and what it has in hand; the next one is started for what waits. */
  async #discard(): Promise<void> {
    const worker = this.#worker;
    const job = this.#atWork;
    this.#worker = null;
    this.#warm = false;
    this.#atWork = null;
    if (job) settle(job, () => job.failed(unavailable()));
    this.#goOn();
    await worker?.terminate();
  }

  async #limit({ patience }: Job, limit: number, over: () => void): Promise<void> {
    await this.#timer.pause(limit, patience.signal);
    if (!patience.signal.aborted) over();
  }
}

function settle(job: Job, how: () => void): void {
  job.patience.abort();
  how();
}

function unavailable(): Unavailable {
  return new Unavailable('documents');
}

function faultIn({ kind }: Order, { error, at }: Fault): Error {
  const fault = new Error(`Making a document failed: ${kind}, ${error}`);
  fault.stack = [`${fault.name}: ${fault.message}`, ...at].join('\n');
  return fault;
}
