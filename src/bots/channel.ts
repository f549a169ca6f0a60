import type { FastifyPluginAsync } from 'fastify';
import type { Admissions, Clock, Random } from '../core/services.ts';
import type { Timer } from '../core/time.ts';
import type { Environment, Setting } from '../setting.ts';
import type { Bot, Intake } from './bot.ts';
import type { Owning } from './owning.ts';
import type { DeliveryState, Progress } from './progress.ts';

/**
 * How a channel stands with its platform:
 * - `connecting`: not there yet, or not any more, and on the way;
 * - `up`: messages come in;
 * - `unlinked`: somebody has to link it first, with what the screen shows;
 * - `elsewhere`: another process has it;
 * - `stopped`: it does not try any more; a person has to look at it.
 */
export const linkStates = ['connecting', 'up', 'unlinked', 'elsewhere', 'stopped'] as const;
export type LinkState = (typeof linkStates)[number];

/** What a channel reports of itself. Never anything that a member wrote, or that names one. */
export type ChannelEvent =
  /** `why`: a word of ours or the platform's status number, never its text. */
  | { readonly kind: 'link'; readonly channel: string; readonly state: LinkState; readonly why?: string }
  /** Something came from the platform that could not be read, and is not going to be: it was taken off its hands. */
  | { readonly kind: 'set aside'; readonly channel: string; readonly why: string }
  /** A message that the platform had taken has come further. */
  | { readonly kind: 'reported'; readonly channel: string; readonly state: DeliveryState }
  /**
   * What is sent is held back, because it is more than people alone would bring about, or more than may be paid for:
   * `number`, to one number; `range`, to many numbers beside each other; `day`, altogether.
   */
  | { readonly kind: 'alarm'; readonly channel: string; readonly what: 'number' | 'range' | 'day' }
  /** Something that was tried failed; what it means for members shows in the other events. */
  | { readonly kind: 'failed'; readonly channel: string; readonly step: string; readonly error: unknown };

/** A channel cannot be opened as it is set. The message is one line for whoever starts the program. */
export class CannotOpenChannel extends Error {
  override readonly name = 'CannotOpenChannel';
}

/** What a channel finds around it. */
export interface World {
  readonly intake: Intake;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly random: Random;
  readonly owning: Owning;
  /** Counts over all processes what a channel may do only so often. */
  readonly admissions: Admissions;
  readonly progress: Progress;
  /** True in a process that answers messages: it takes them from platforms that have to be asked, and holds connections. */
  readonly works: boolean;
  /** A secret of 256 bits, as base64url, for this purpose alone: the same in every process and after every start. */
  secret(purpose: string): string;
  report(event: ChannelEvent): void;
  /** Shows lines to the person who runs the program. */
  show(lines: string): void;
}

/** A channel that is switched on, before and while messages come. */
export interface OpenChannel extends Bot {
  /** What the HTTP server takes in for it, in processes that serve the web. */
  readonly routes?: FastifyPluginAsync;
  /** Begins to take messages, once the rest of the program is ready. Does not wait for the platform. */
  start?(): void;
  /** How the link stands, as this process knows it. */
  standing(): LinkState;
  /**
   * Gives up the link that there is and makes a new one, with what the screen shows; resolves when it is made, or says
   * in one line why it is not. Only where a channel has to be linked; instead of `start`.
   */
  relink?(): Promise<string | null>;
  /** Takes no more messages; what was taken is safe by then. It can still send. */
  stop(): Promise<void>;
  /** Lets go of the platform, once everything that was to be sent is. */
  close(): Promise<void>;
}

/** A channel, as the program takes it in. To be imported it loads nothing of its platform. */
export interface Channel {
  readonly name: string;
  readonly settings: readonly Setting<unknown>[];
  /** Null when the settings leave it off. Opening throws {@link CannotOpenChannel} for what the person who starts the program can mend. */
  configure(environment: Environment): ((world: World) => Promise<OpenChannel>) | null;
}
