import type { Outcome } from '../core/conversation/converse.ts';
import { sendProblems } from '../core/sending.ts';
import type { EngineEvent } from '../engine/engine.ts';
import type { Log } from '../log.ts';

/** Logs what the engine reports: what went wrong is told by default, every step of a message at `debug`. */
export function watchInto(log: Log): (event: EngineEvent<Outcome>) => void {
  return (event) => {
    switch (event.kind) {
      case 'accepted':
      case 'duplicate':
      case 'full': {
        const { conversation, from, content } = event.inbound;
        const level = event.kind === 'full' ? 'warn' : 'debug';
        log[level]({
          code: `inbound.${event.kind}`,
          conversation,
          channel: from.channel,
          content: content.kind,
        });
        return;
      }
      case 'committed': {
        const { conversation, from } = event.inbound;
        const { state, intent, language } = event.outcome;
        log.debug({ code: 'turn.committed', conversation, channel: from.channel, state, intent, language });
        return;
      }
      case 'turn failed':
      case 'quarantined': {
        const { conversation, from } = event.inbound;
        const { error } = event;
        const where = { conversation, channel: from.channel };
        if (event.kind === 'quarantined') log.error({ code: 'turn.quarantined', ...where, error });
        else log.error({ code: 'turn.failed', ...where, failures: event.failures, error });
        return;
      }
      case 'sent':
        log.debug({ code: 'effect.sent', conversation: event.conversation, effect: event.effect.kind });
        return;
      case 'not sent': {
        const { conversation, effect, again } = event;
        const { problem } = event.result;
        const level = sendProblems[problem].tellOperator ? 'warn' : 'debug';
        log[level]({ code: 'effect.unsent', conversation, effect: effect.kind, problem, again });
        return;
      }
      case 'dropped': {
        const { conversation, effect, why } = event;
        log.warn({ code: 'effect.dropped', conversation, effect: effect.kind, why });
      }
    }
  };
}
