import type { Owned, Owning, Tenure } from '../bots/owning.ts';
import { hour, minute, second, type Timer } from '../core/time.ts';
import type { SealedKeep } from './kept-seals.ts';
import { Turns } from './turns.ts';

/** Work that broke off is begun again after this; each time in a row the pause is twice as long, up to the longest. */
const firstPause = second;
const longestPause = minute;

/** Work that went on for this long has begun well: when it breaks off after that, the pauses start afresh. */
const calm = minute;

/** What is kept lives for ever. Sealed anew so often, it does not need a key that has been out of use for longer. */
const sealEvery = hour;

/** Something that this process has, and no other. */
export interface Holding {
  readonly keep: SealedKeep;
  /** Aborted as soon as another process may have it. */
  readonly lost: AbortSignal;
  /** False from the moment when another process may have it, even where nobody could be told yet. */
  isSure(): boolean;
}

/** One endeavour to get hold of something, from the first try until it is let go of. */
export interface Claim {
  /**
   * Takes it unless somebody else has it: then null, and it is to be tried again. Rejects when nobody knows, and then
   * too. Not called again once it has been taken.
   */
  take(byForce: boolean): Promise<Holding | null>;
  /** Leaves it to the next, whether it was taken or only may have been. Never rejects. */
  release(): Promise<void>;
}

/** How a store lets one process at a time own something. */
export interface Ground {
  readonly timer: Timer;
  /** Whoever does not own something tries to take it so often, in milliseconds. */
  readonly tryEvery: number;
  claim(what: string): Claim;
}

/**
 * What is the same on every store: tries to take a thing until it is ours, seals anew what has to be, does the work, lets
 * go of it, and begins again. In this process it is done for one at a time of those who want the same thing; whoever comes by force goes
 * first.
 */
export function owningOn(ground: Ground): Owning {
  const turns = new Map<string, Turns>();
  return {
    own(what, work, failed, { byForce = false } = {}) {
      const ours = turns.get(what) ?? new Turns();
      turns.set(what, ours);
      return new Owner({ ground, turns: ours, what, work, failed }, byForce);
    },
  };
}

interface Job {
  readonly ground: Ground;
  readonly turns: Turns;
  readonly what: string;
  readonly work: (tenure: Tenure) => Promise<void>;
  readonly failed: (error: unknown) => void;
}

class Owner implements Owned {
  readonly #job: Job;
  readonly #stopping = new AbortController();
  readonly #over: Promise<void>;
  /** Once: whoever was taken over from by force afterwards waits for his turn like everybody. */
  #byForce: boolean;
  #pause = firstPause;
  #unanswered = false;
  #tenure: { readonly ended: AbortSignal; readonly holding: Holding } | null = null;

  constructor(job: Job, byForce: boolean) {
    this.#job = job;
    this.#byForce = byForce;
    this.#over = this.#run();
  }

  isOwner(): boolean {
    return this.#tenure !== null && !this.#tenure.ended.aborted && this.#tenure.holding.isSure();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#over;
  }

  async #run(): Promise<void> {
    const { ground, turns } = this.#job;
    const stopping = this.#stopping.signal;
    while (!stopping.aborted) {
      const ousted = await turns.begin(this.#byForce, stopping);
      if (ousted === null) return;
      const brokeOff = await this.#claim(AbortSignal.any([stopping, ousted]));
      turns.end();
      if (brokeOff) await this.#rest(ground.timer);
    }
  }

  async #rest(timer: Timer): Promise<void> {
    const pause = this.#pause;
    this.#pause = Math.min(2 * pause, longestPause);
    await timer.pause(pause, this.#stopping.signal);
  }

  /** One tenure, from the first try to take it until it is left to the next. Resolves to whether the work broke off. */
  async #claim(givenUp: AbortSignal): Promise<boolean> {
    const claim = this.#job.ground.claim(this.#job.what);
    const holding = await this.#take(claim, givenUp);
    const brokeOff = holding !== null && (await this.#work(holding, AbortSignal.any([givenUp, holding.lost])));
    await claim.release();
    return brokeOff;
  }

  async #take(claim: Claim, givenUp: AbortSignal): Promise<Holding | null> {
    const { ground, failed } = this.#job;
    while (!givenUp.aborted) {
      try {
        const holding = await claim.take(this.#byForce);
        this.#byForce = false;
        this.#unanswered = false;
        if (holding) return holding;
      } catch (error) {
        // Told once for each time that it cannot be taken: it is tried again every moment.
        if (!this.#unanswered) failed(error);
        this.#unanswered = true;
      }
      await ground.timer.pause(ground.tryEvery, givenUp);
    }
    return null;
  }

  async #work(holding: Holding, ended: AbortSignal): Promise<boolean> {
    const isOurs = () => !ended.aborted;
    if (isOurs()) await this.#sealAnew(holding, ended);
    if (!isOurs()) return false;
    const { work, failed } = this.#job;
    const done = new AbortController();
    void this.#watchForCalm(done.signal);
    void this.#sealEachHour(holding, AbortSignal.any([ended, done.signal]));
    this.#tenure = { ended, holding };
    try {
      await work({ ended, keep: holding.keep });
    } catch (error) {
      // After the end, an error is how work comes to its end.
      if (isOurs()) failed(error);
    }
    this.#tenure = null;
    done.abort();
    return isOurs();
  }

  async #sealEachHour(holding: Holding, over: AbortSignal): Promise<void> {
    const { timer } = this.#job.ground;
    for (;;) {
      await timer.pause(sealEvery, over);
      if (over.aborted) return;
      await this.#sealAnew(holding, over);
    }
  }

  /** The work does not depend on it: what could not be done is done an hour later. */
  async #sealAnew({ keep }: Holding, over: AbortSignal): Promise<void> {
    try {
      await keep.sealAnew();
    } catch (error) {
      if (!over.aborted) this.#job.failed(error);
    }
  }

  async #watchForCalm(done: AbortSignal): Promise<void> {
    await this.#job.ground.timer.pause(calm, done);
    if (!done.aborted) this.#pause = firstPause;
  }
}
