import { z } from 'zod';
import type { Owning } from '../../bots/owning.ts';
import type { Random } from '../../core/services.ts';
import { second, type Timer } from '../../core/time.ts';
import { type KeptSecrets, keptSeals } from '../kept-seals.ts';
import { type Claim, type Holding, owningOn } from '../tenures.ts';
import { answered, scriptNamed } from './asking.ts';
import { redisKeep } from './keep.ts';
import type { Script, Store } from './store.ts';

/** How quickly things go on, in milliseconds. */
export interface LeasePace {
  /** Whoever has not been heard of for this long, by the server's clock, owns it no longer. */
  readonly lease: number;
  /** The owner lets the server hear of him so often. */
  readonly renewEvery: number;
  /** The owner takes it for lost so long before the lease can be over: the work gets this time to come to its end. */
  readonly margin: number;
  /** The others try to take it so often. */
  readonly tryEvery: number;
}

const usualPace: LeasePace = { lease: 5 * second, renewEvery: second, margin: second, tryEvery: second / 2 };

/** A call to renew that failed is made again after this, in milliseconds: it has to come through in time. */
const againAfter = 250;

/** Answers 1 when it is the caller's, and 0 when it is not. */
const ours = z.literal([0, 1]).transform((answer) => answer === 1);

/** The script in `lua/<name>.lua`, which begins with what all of them know. */
function scriptOn(name: string): Script<boolean> {
  return { lua: scriptNamed('own', ours).lua + scriptNamed(name, ours).lua, reply: ours };
}

const scripts = {
  take: scriptOn('own-take'),
  renew: scriptOn('own-renew'),
  release: scriptOn('own-release'),
  keep: scriptOn('own-keep'),
};

export interface RedisOwningServices extends KeptSecrets {
  readonly store: Store;
  readonly timer: Timer;
  readonly random: Random;
  /** Milliseconds that never go back. */
  readonly monotonic?: () => number;
  readonly pace?: LeasePace;
}

/**
 * Owning for any number of processes on one Redis, a single server or a cluster. All keys of one thing begin with
 * `<prefix>:{own:<what>}` and so lie in one hash slot; what is kept does not expire; its keys are digests, its values sealed.
 *
 * An owner who falls silent is followed by another after five and a half seconds at the latest, and knows by himself,
 * a second before that can happen. Every change of what is kept looks in the same step whether it still is ours, so that
 * an owner who was asleep changes nothing after the next has begun. Taken by force, it is the taker's at once for
 * changes, and the taker's work begins when the other's has ended, or when his lease would have.
 */
export function redisOwning(services: RedisOwningServices): Owning {
  const { timer, pace = usualPace } = services;
  return owningOn({ timer, tryEvery: pace.tryEvery, claim: (what) => new Lease(services, what) });
}

class Lease implements Claim {
  readonly #services: RedisOwningServices;
  readonly #what: string;
  readonly #base: string;
  readonly #token: string;
  readonly #monotonic: () => number;
  readonly #pace: LeasePace;
  readonly #lost = new AbortController();
  readonly #released = new AbortController();
  /** Until then nobody else has it, by this process's clock. */
  #until = Number.NEGATIVE_INFINITY;

  constructor(services: RedisOwningServices, what: string) {
    const { store, random, monotonic = () => performance.now(), pace = usualPace } = services;
    this.#services = services;
    this.#what = what;
    this.#base = `${store.prefix}:{own:${what}}`;
    this.#token = random.id();
    this.#monotonic = monotonic;
    this.#pace = pace;
  }

  async take(byForce: boolean): Promise<Holding | null> {
    const sent = this.#monotonic();
    if (!(await this.#run(scripts.take, this.#pace.lease, byForce ? 1 : 0))) return null;
    this.#heldSince(sent);
    void this.#renew();
    void this.#watch();
    return { keep: this.#keep(), lost: this.#lost.signal, isSure: () => this.#left() > 0 };
  }

  async release(): Promise<void> {
    this.#released.abort();
    // Without an answer, the lease ends by itself.
    await this.#run(scripts.release).catch(() => undefined);
  }

  #keep() {
    const { client } = this.#services.store;
    return redisKeep({
      client,
      base: this.#base,
      seals: keptSeals(this.#services, this.#what),
      change: async (...change) => {
        const isOurs = await this.#run(scripts.keep, ...change);
        // So the work is over before it hears that its change was refused.
        if (!isOurs) this.#lost.abort();
        return isOurs;
      },
    });
  }

  #run(script: Script<boolean>, ...args: readonly (string | number)[]): Promise<boolean> {
    return answered('owning', this.#services.store.run(script, this.#base, this.#token, ...args));
  }

  /** The server counts from when it was asked, or later. */
  #heldSince(sent: number): void {
    this.#until = sent + this.#pace.lease - this.#pace.margin;
  }

  #left(): number {
    return this.#until - this.#monotonic();
  }

  async #renew(): Promise<void> {
    const { timer } = this.#services;
    const over = AbortSignal.any([this.#lost.signal, this.#released.signal]);
    for (let pause = this.#pace.renewEvery; ; ) {
      await timer.pause(pause, over);
      if (over.aborted) return;
      const sent = this.#monotonic();
      try {
        if (await this.#run(scripts.renew, this.#pace.lease)) this.#heldSince(sent);
        else this.#lost.abort();
        pause = this.#pace.renewEvery;
      } catch {
        pause = againAfter;
      }
    }
  }

  /** Takes it for lost in time, also while a call to renew is waiting for its answer. */
  async #watch(): Promise<void> {
    const over = AbortSignal.any([this.#lost.signal, this.#released.signal]);
    while (!over.aborted && this.#left() > 0) await this.#services.timer.pause(this.#left(), over);
    if (!this.#released.signal.aborted) this.#lost.abort();
  }
}
