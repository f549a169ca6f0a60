import { postgresBlocks } from '../backends/postgres/blocks.ts';
import { postgresChats } from '../backends/postgres/chats.ts';
import { postgresConsents } from '../backends/postgres/consents.ts';
import type { Database } from '../backends/postgres/database.ts';
import { postgresCodeFailures } from '../backends/postgres/failures.ts';
import { postgresMisses } from '../backends/postgres/misses.ts';
import { postgresRegistry } from '../backends/postgres/registry.ts';
import type { SmsSender } from '../backends/sms/sender.ts';
import { systemRandom } from '../backends/system/random.ts';
import type { Bot } from '../bots/bot.ts';
import { conversation, type Outcome } from '../core/conversation/converse.ts';
import type { OfficeDirectory } from '../core/offices/directory.ts';
import { type Audit, type Documents, type Keys, noMisses, type Verification } from '../core/services.ts';
import { second } from '../core/time.ts';
import type { Engine, EngineEvent, Work } from '../engine/engine.ts';
import type { Ground } from './ground.ts';
import { understanding } from './open.ts';

/** What the assistant is built of. */
export interface Parts {
  readonly database: Database;
  readonly audit: Audit;
  readonly keys: Keys;
  readonly ground: Ground;
  /** What a member is answered through. */
  readonly bots: readonly Bot[];
  readonly sms: SmsSender;
  /** Whether messages that were not understood are kept. */
  readonly keepMisses: boolean;
  readonly offices: OfficeDirectory;
  readonly documents: Documents;
  /** What signs cards and statements. */
  readonly verification: Verification;
  readonly watch: (event: EngineEvent<Outcome>) => void;
}

/** A member whose answer takes longer than this is shown that it is on its way. */
const showBusyAfter = second;

/** Puts the conversation, what it asks of the world, and the engine together. */
export function assistant({
  database,
  audit,
  keys,
  ground,
  bots,
  sms,
  keepMisses,
  offices,
  documents,
  verification,
  watch,
}: Parts): Engine {
  const services = {
    ...ground.limits,
    clock: ground.clock,
    keys,
    random: systemRandom(),
    registry: postgresRegistry(database),
    failures: postgresCodeFailures(database),
    consents: postgresConsents(database),
    audit,
    chats: postgresChats(database),
    blocks: postgresBlocks(database),
    offices,
    documents,
    verification,
    misses: keepMisses ? postgresMisses(database) : noMisses,
  };
  const byChannel = new Map(bots.map((bot) => [bot.channel, bot]));
  const talk = conversation(services, understanding());
  const turn: Work<Outcome>['turn'] = async (session, inbound, late) => {
    const { from } = inbound;
    const slow = setTimeout(() => byChannel.get(from.channel)?.busy?.(from), showBusyAfter);
    try {
      return await talk.turn(session, inbound, late);
    } finally {
      clearTimeout(slow);
    }
  };
  const send: Work<Outcome>['send'] = async (effect, key, conversation) => {
    if (effect.kind === 'sms') return sms(effect.to, effect.text, effect.conversation, key);
    const { to, reply } = effect;
    const bot = byChannel.get(to.channel);
    return bot ? bot.send(to, reply, conversation, key) : { sent: false, problem: 'refused' };
  };
  const canSend = (channel: string) => byChannel.get(channel)?.canSend?.() ?? true;
  return ground.engine({ turn, giveUp: (session, inbound) => talk.giveUp(session, inbound), send, canSend, watch });
}
