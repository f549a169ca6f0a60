import type { ChannelEvent, LinkState } from '../bots/channel.ts';
import type { Outcome } from '../core/conversation/converse.ts';
import { sendProblems } from '../core/sending.ts';
import { type Clock, type HeldBecause, turnId } from '../core/services.ts';
import { type Instant, minute, second } from '../core/time.ts';
import type { EngineEvent } from '../engine/engine.ts';
import type { Log } from '../log.ts';

/** A store that is away fails with every request; one line in this time tells of all of them. */
const storeFailurePause = second;

/** While the breaker is open, everybody who asks for a code meets it. */
const heldPause = minute;

/** Everybody who writes while a cap is reached meets it. */
const alarmPause = minute;

/** Logs what the engine reports: what went wrong is told by default, every step of a message at `debug`. */
export function watchInto(log: Log, clock: Clock): (event: EngineEvent<Outcome>) => void {
  const storeFailed = seldom<unknown>(clock, storeFailurePause, (times, error) => {
    log.error({ code: 'store.failed', times, error });
  });
  const held = seldom<HeldBecause>(clock, heldPause, (times, why) => {
    log.error({ code: 'codes.held', why, times });
  });
  return (event) => {
    switch (event.kind) {
      case 'accepted':
      case 'duplicate':
      case 'full': {
        const { id, conversation, from, content } = event.inbound;
        const level = event.kind === 'full' ? 'warn' : 'debug';
        log[level]({
          code: `inbound.${event.kind}`,
          turn: turnId(conversation, id),
          conversation,
          channel: from.channel,
          content: content.kind,
        });
        return;
      }
      case 'committed': {
        const { id, conversation, from } = event.inbound;
        const { state, intent, language } = event.outcome;
        log.debug({
          code: 'turn.committed',
          turn: turnId(conversation, id),
          conversation,
          channel: from.channel,
          state,
          intent,
          language,
          waited: event.waited,
        });
        if (event.outcome.held !== undefined) held(event.outcome.held);
        return;
      }
      case 'turn failed':
      case 'quarantined': {
        const { id, conversation, from } = event.inbound;
        const { error } = event;
        const where = { turn: turnId(conversation, id), conversation, channel: from.channel };
        if (event.kind === 'quarantined') log.error({ code: 'turn.quarantined', ...where, error });
        else log.error({ code: 'turn.failed', ...where, failures: event.failures, error });
        return;
      }
      case 'sent': {
        const { turn, conversation, effect, waited } = event;
        log.debug({ code: 'effect.sent', turn, conversation, effect: effect.kind, waited });
        return;
      }
      case 'not sent': {
        const { turn, conversation, effect, again } = event;
        const { problem } = event.result;
        const level = sendProblems[problem].tellOperator ? 'warn' : 'debug';
        log[level]({ code: 'effect.unsent', turn, conversation, effect: effect.kind, problem, again });
        return;
      }
      case 'dropped': {
        const { turn, conversation, effect, why } = event;
        log.warn({ code: 'effect.dropped', turn, conversation, effect: effect.kind, why });
        return;
      }
      case 'reclaimed':
        log.info({ code: 'lane.reclaimed', lane: event.lane, conversation: event.conversation });
        return;
      case 'fenced':
        log.warn({ code: 'lane.fenced', lane: event.lane, conversation: event.conversation });
        return;
      case 'store failed':
        storeFailed(event.error);
    }
  };
}

/**
 * Logs what channels report. A link that has stopped is an error; one that waits for a person, or stands for a reason that
 * a person should know, is a warning; one that comes and goes by itself is neither.
 */
export function watchChannels(log: Log, clock: Clock): (event: ChannelEvent) => void {
  type Alarm = Extract<ChannelEvent, { kind: 'alarm' }>;
  const tell = (times: number, { channel, what }: Alarm) => log.error({ code: 'channel.alarm', channel, what, times });
  // One cap that is reached must not hide that another is.
  const alarm = {
    number: seldom<Alarm>(clock, alarmPause, tell),
    range: seldom<Alarm>(clock, alarmPause, tell),
    day: seldom<Alarm>(clock, alarmPause, tell),
  };
  return (event) => {
    switch (event.kind) {
      case 'link': {
        const { channel, state, why } = event;
        log[levelOf[state](why !== undefined)]({
          code: 'channel.link',
          channel,
          state,
          ...(why !== undefined && { why }),
        });
        return;
      }
      case 'set aside':
        log.warn({ code: 'channel.aside', channel: event.channel, why: event.why });
        return;
      case 'reported':
        if (event.state === 'failed') log.warn({ code: 'channel.undelivered', channel: event.channel });
        return;
      case 'alarm':
        alarm[event.what](event);
        return;
      case 'failed':
        log.warn({ code: 'channel.failed', channel: event.channel, step: event.step, error: event.error });
    }
  };
}

const levelOf: Readonly<Record<LinkState, (hasReason: boolean) => 'info' | 'warn' | 'error'>> = {
  connecting: () => 'info',
  up: (hasReason) => (hasReason ? 'warn' : 'info'),
  unlinked: () => 'warn',
  elsewhere: (hasReason) => (hasReason ? 'warn' : 'info'),
  stopped: () => 'error',
};

/** Tells the first time at once; what follows within the pause is counted, and told with the next one. */
function seldom<About>(
  clock: Clock,
  pause: number,
  tell: (times: number, about: About) => void,
): (about: About) => void {
  let toldAt: Instant | null = null;
  let times = 0;
  return (about) => {
    times += 1;
    const now = clock.now();
    // A clock that was set back must not silence it.
    if (toldAt !== null && Math.abs(now - toldAt) < pause) return;
    tell(times, about);
    toldAt = now;
    times = 0;
  };
}
