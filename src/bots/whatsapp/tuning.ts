import { second } from '../../core/time.ts';
import { type Pace, standardPace } from './pace.ts';

/** What is measured by how much WhatsApp bears, and by how long it takes; all times in milliseconds. */
export interface Tuning {
  /** How fast messages go to one person. */
  readonly pace: Pace;
  /** A message has to have left by then: keys of the member's devices may have to be asked for. */
  readonly toLeave: number;
  /** WhatsApp's server has to have said by then, after it left, that it took it. */
  readonly toBeTaken: number;
  /** How often the server is asked whether it is there; after that and five seconds of silence it counts as gone. */
  readonly keepAlive: number;
}

export const standardTuning: Tuning = {
  pace: standardPace,
  toLeave: 30 * second,
  toBeTaken: 10 * second,
  keepAlive: 15 * second,
};
