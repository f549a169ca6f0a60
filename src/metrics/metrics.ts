import { collectDefaultMetrics, Registry } from 'prom-client';
import { type ChannelEvent, type LinkState, linkStates } from '../bots/channel.ts';
import type { Outcome } from '../core/conversation/converse.ts';
import { second } from '../core/time.ts';
import type { Backlog, EngineEvent } from '../engine/engine.ts';
import { laneOf } from '../engine/sends.ts';
import { figures, laneKinds } from './figures.ts';

/** Figures for Prometheus. No label ever holds an id, a number or a word of a member's. */
export interface Metrics {
  /** Counts one event; takes about a microsecond. */
  readonly watch: (event: EngineEvent<Outcome>) => void;
  /** Counts what a channel reports. */
  readonly report: (event: ChannelEvent) => void;
  /** All figures as they stand, in Prometheus's text format. Never rejects: what cannot be read now is left out. */
  readonly text: () => Promise<string>;
  /** What the text is, for an HTTP header. */
  readonly contentType: string;
}

export interface MetricsOptions {
  /** The channels whose figures are shown before anything has come. */
  readonly channels: readonly string[];
  /** What waits for a worker, asked at each scrape; null where nothing ever does, or nothing is known yet. */
  readonly backlog: () => Promise<Backlog | null>;
  /** How the channels stand with their platforms, by name, asked at each scrape. */
  readonly links: () => Readonly<Record<string, LinkState>>;
}

/** They list every open connection at each scrape, which takes milliseconds when there are thousands. */
const costly = [
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_requests',
  'nodejs_active_requests_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
];

/** The figures of this process: ours, and those that Prometheus's client keeps of every program on Node. */
export function metrics({ channels, backlog, links }: MetricsOptions): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of costly) registry.removeSingleMetric(name);
  const count = figures(registry, channels);

  return {
    contentType: registry.contentType,
    watch: (event) => {
      switch (event.kind) {
        case 'accepted':
        case 'duplicate':
        case 'full':
          count.inbounds.of(event.inbound.from.channel).of(event.kind).inc();
          return;
        case 'committed': {
          const { channel } = event.inbound.from;
          const { state, intent, code, held } = event.outcome;
          count.turns.of(channel).of(state).inc();
          count.intents.of(intent).inc();
          count.committed.of(channel).observe(inSeconds(event.waited));
          if (code !== undefined) count.codes.of(code).inc();
          if (held !== undefined) count.held.of(held).inc();
          return;
        }
        case 'turn failed':
          count.failed.of(event.inbound.from.channel).inc();
          return;
        case 'quarantined':
          count.quarantined.of(event.inbound.from.channel).inc();
          return;
        case 'sent': {
          const channel = laneOf(event.effect);
          count.sends.of(channel).of('sent').inc();
          count.answered.of(channel).observe(inSeconds(event.waited));
          return;
        }
        case 'not sent': {
          const channel = laneOf(event.effect);
          count.sends.of(channel).of(event.result.problem).inc();
          if (!event.again) count.unsent.of(channel).of('given up').inc();
          return;
        }
        case 'dropped':
          count.unsent.of(laneOf(event.effect)).of(event.why).inc();
          return;
        case 'reclaimed':
        case 'fenced':
          count[event.kind].of(event.lane).inc();
          return;
        case 'store failed':
          count.storeFailures.inc();
      }
    },
    report: (event) => {
      if (event.kind === 'set aside') count.setAside.of(event.channel).inc();
      if (event.kind === 'reported') count.reported.of(event.state).inc();
      if (event.kind === 'alarm') count.alarms.of(event.what).inc();
    },
    text: async () => {
      for (const [channel, now] of Object.entries(links())) {
        for (const state of linkStates) count.links.set({ channel, state }, state === now ? 1 : 0);
      }
      const now = await backlog().catch(() => null);
      // What is not known now is not shown: the last figure would look like peace.
      count.waiting.reset();
      count.longestWait.reset();
      if (now) {
        for (const lane of laneKinds) {
          const { waiting, oldest } = now[`${lane}s`];
          count.waiting.set({ lane }, waiting);
          count.longestWait.set({ lane }, inSeconds(oldest));
        }
      }
      return registry.metrics();
    },
  };
}

/** The clocks of two machines can be apart, but a wait is never less than nothing. */
function inSeconds(milliseconds: number): number {
  return Math.max(milliseconds, 0) / second;
}
