import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { deliveryStates } from '../bots/progress.ts';
import { sendProblems } from '../core/sending.ts';
import type { HeldBecause } from '../core/services.ts';
import { codeLane, noticeLane } from '../engine/sends.ts';
import { Labelled } from './labelled.ts';

/** Upper bounds in seconds: from a turn in memory to a reply that came through only after many tries. */
const latencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** The kinds of lane, as `LaneKind` names them. */
export const laneKinds = ['turn', 'send'] as const;

const heldBecause: readonly HeldBecause[] = ['wrong', 'sent', 'unused', 'operator'];

/**
 * Every figure of ours, under the name and the words that Prometheus shows. Those of `channels` are there from the start,
 * as 0: Prometheus does not see the first step of a series that begins with 1. `docs/operations.md` says what to watch.
 */
export function figures(registry: Registry, channels: readonly string[]) {
  const outward = [...channels, codeLane, noticeLane];
  const registers = [registry];
  const counter = (name: string, labelNames: readonly string[], help: string) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = (name: string, labelNames: readonly string[], help: string) =>
    new Gauge({ name, help, labelNames, registers });
  const latency = (name: string, known: readonly string[], help: string) => {
    const histogram = new Histogram({ name, help, labelNames: ['channel'], buckets: latencyBuckets, registers });
    return new Labelled((channel) => {
      histogram.zero({ channel });
      return histogram.labels(channel);
    }, known);
  };

  return {
    inbounds: twice(
      counter(
        'jamsostek_inbounds_total',
        ['channel', 'result'],
        'What members sent: accepted, duplicate (the platform brought it again; it is not answered twice), or full ' +
          '(refused, because too much of that conversation is waiting).',
      ),
      channels,
      ['accepted', 'duplicate', 'full'],
    ),
    turns: twice(
      counter(
        'jamsostek_turns_total',
        ['channel', 'state'],
        'Messages handled, by the state that the conversation was in afterwards.',
      ),
      channels,
    ),
    intents: once(
      counter(
        'jamsostek_intents_total',
        ['intent'],
        'Messages handled, by what they were taken for; not_understood, unsure and none were not understood.',
      ),
    ),
    failed: once(
      counter(
        'jamsostek_turns_failed_total',
        ['channel'],
        'Tries to handle a message that ended in a fault of the program; nothing was saved, and it is tried again.',
      ),
      channels,
    ),
    quarantined: once(
      counter(
        'jamsostek_turns_quarantined_total',
        ['channel'],
        'Messages given up because handling them failed too often; the member was told.',
      ),
      channels,
    ),
    committed: latency(
      'jamsostek_commit_latency_seconds',
      channels,
      'From when a message was accepted until it was handled and its answer was safe.',
    ),
    answered: latency(
      'jamsostek_answer_latency_seconds',
      outward,
      'From when a message was accepted until the platform had taken the answer (channel code: until the ' +
        'SMS gateway had taken the code).',
    ),
    sends: twice(
      counter(
        'jamsostek_sends_total',
        ['channel', 'result'],
        'Tries to send a reply, or a code (channel code), by result: sent, or what kept it from being sent.',
      ),
      outward,
      ['sent', ...Object.keys(sendProblems)],
    ),
    unsent: twice(
      counter(
        'jamsostek_unsent_total',
        ['channel', 'why'],
        'Replies and codes that will not be sent any more: given up after the last try, too old before a try ' +
          'succeeded, or stopped with the program.',
      ),
      outward,
      ['given up', 'too old', 'stopped'],
    ),
    codes: once(
      counter(
        'jamsostek_codes_total',
        ['event'],
        'One-time codes: sent, or asked for where none can be sent (unsendable: an unknown NIK, no phone on file); and ' +
          'codes typed by members that were compared and found right or wrong.',
      ),
      ['sent', 'unsendable', 'right', 'wrong'],
    ),
    held: once(
      counter(
        'jamsostek_codes_held_total',
        ['why'],
        'Codes not sent because the breaker holds back everybody: too many wrong codes, too many sent, too few of them ' +
          'used (unused), or by order of an operator.',
      ),
      heldBecause,
    ),
    reclaimed: once(
      counter(
        'jamsostek_reclaimed_total',
        ['lane'],
        'Work taken over from a worker that fell silent: it died, hung, or lost the store.',
      ),
      laneKinds,
    ),
    fenced: once(
      counter(
        'jamsostek_fenced_total',
        ['lane'],
        'Work finished after somebody else had taken it over, and thrown away so that nothing is doubled.',
      ),
      laneKinds,
    ),
    links: gauge(
      'jamsostek_channel_link',
      ['channel', 'state'],
      'How a channel stands with its platform, as this process knows it: 1 for the state that it is in.',
    ),
    setAside: once(
      counter(
        'jamsostek_set_aside_total',
        ['channel'],
        'Events of the platform that could not be read or taken, and were dropped.',
      ),
      channels,
    ),
    reported: once(
      counter(
        'jamsostek_sms_reports_total',
        ['state'],
        'SMS that have come further by the word of the gateway: queued, sent, delivered or failed.',
      ),
      deliveryStates,
    ),
    alarms: once(
      counter(
        'jamsostek_sms_alarms_total',
        ['what'],
        'Answers by SMS that were not sent because a cap was reached: of one number (number), on different numbers beside ' +
          'each other (range), or on all that is sent in a day (day).',
      ),
      ['number', 'range', 'day'],
    ),
    storeFailures: counter(
      'jamsostek_store_failures_total',
      [],
      "Requests that the engine's store (Redis) refused, or did not answer in time.",
    ),
    waiting: gauge(
      'jamsostek_waiting_lanes',
      ['lane'],
      'Conversations with something to handle (turn) or to send (send) that no worker has taken yet.',
    ),
    longestWait: gauge(
      'jamsostek_longest_wait_seconds',
      ['lane'],
      'How long the conversation that waits longest for a worker has waited, to be handled (turn) or sent to (send).',
    ),
  };
}

/** A counter with one label. */
function once(counter: Counter, known: readonly string[] = []): Labelled<Counter.Internal> {
  return new Labelled((value) => started(counter.labels(value)), known);
}

/** A counter by channel and one label more. */
function twice(
  counter: Counter,
  channels: readonly string[],
  known: readonly string[] = [],
): Labelled<Labelled<Counter.Internal>> {
  return new Labelled((channel) => new Labelled((value) => started(counter.labels(channel, value)), known), channels);
}

function started(counter: Counter.Internal): Counter.Internal {
  counter.inc(0);
  return counter;
}
