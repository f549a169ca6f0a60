import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import type { ConversationId } from './core/inbound.ts';
import type { HeldBecause, TurnId } from './core/services.ts';
import type { LaneKind } from './engine/engine.ts';
import { traceOf } from './engine/trace.ts';
import { redact, safeError } from './redaction.ts';

/**
 * Everything that is ever logged. `code` says what happened and never changes; the other fields say where. None of
 * them holds what a member wrote or was told. Times are in milliseconds. `turn` is written as its `trace`.
 */
export type LogEvent =
  | { readonly code: 'server.listening' | 'metrics.listening'; readonly port: number }
  | { readonly code: 'server.ready'; readonly milliseconds: number; readonly demo: boolean }
  /** Rows of the list of offices that cannot be used, and the first of them. */
  | { readonly code: 'offices.rows'; readonly bad: number; readonly line: number; readonly wrong: string }
  | { readonly code: 'server.stopped'; readonly milliseconds: number }
  | { readonly code: 'server.stopping'; readonly signal: string }
  /** A request that the server could not answer: a fault of the program. */
  | { readonly code: 'request.failed'; readonly error: unknown }
  | {
      readonly code: 'inbound.accepted' | 'inbound.duplicate' | 'inbound.full';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly content: string;
    }
  | {
      readonly code: 'turn.committed';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly state: string;
      readonly intent: string;
      readonly language: string;
      /** Since the inbound was accepted. */
      readonly waited: number;
    }
  | {
      readonly code: 'turn.failed' | 'turn.quarantined';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly failures?: number;
      readonly error: unknown;
    }
  | {
      readonly code: 'effect.sent';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly effect: string;
      /** Since the inbound was accepted. */
      readonly waited: number;
    }
  | {
      readonly code: 'effect.unsent';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly effect: string;
      readonly problem: string;
      /** Whether it will be tried again. */
      readonly again: boolean;
    }
  | {
      readonly code: 'effect.dropped';
      readonly turn: TurnId;
      readonly conversation: ConversationId;
      readonly effect: string;
      readonly why: string;
    }
  | {
      readonly code: 'lane.reclaimed' | 'lane.fenced';
      readonly lane: LaneKind;
      readonly conversation: ConversationId;
    }
  /** The breaker kept a code from being sent. `times`: how often since the last such line, this time included. */
  | { readonly code: 'codes.held'; readonly why: HeldBecause; readonly times: number }
  /** `times` as above. */
  | { readonly code: 'store.failed'; readonly times: number; readonly error: unknown }
  /** The settings promise nothing about what Redis keeps. */
  | { readonly code: 'store.volatile' }
  /** The file of sealing keys cannot be used as it is now: the keys from before stay. */
  | { readonly code: 'sealing.failed'; readonly error: unknown }
  /** How a channel stands with its platform; `stopped` needs a person. `why`: a word of ours, or the platform's number. */
  | { readonly code: 'channel.link'; readonly channel: string; readonly state: string; readonly why?: string }
  /** Something from the platform could not be read, and was dropped. */
  | { readonly code: 'channel.aside'; readonly channel: string; readonly why: string }
  /** A message that the platform had taken did not arrive. */
  | { readonly code: 'channel.undelivered'; readonly channel: string }
  /** A cap on what is sent is reached. `times`: how often something was held back since the last such line, this time included. */
  | { readonly code: 'channel.alarm'; readonly channel: string; readonly what: string; readonly times: number }
  | { readonly code: 'channel.failed'; readonly channel: string; readonly step: string; readonly error: unknown }
  /** The audit log was read from end to end, and holds: its last entry, which only who has its key can make. */
  | { readonly code: 'audit.head'; readonly seq: number; readonly hash: string }
  /** It does not hold from there on: an entry was changed, taken out or put in. */
  | { readonly code: 'audit.broken'; readonly seq: number }
  /** Its entries wait on this machine: the database does not take them, or that cannot be got at; then all are in it. */
  | { readonly code: 'audit.spooled' | 'audit.stuck'; readonly error: unknown }
  | { readonly code: 'audit.drained'; readonly entries: number }
  /** Lines that waited there cannot be read, or are missing. */
  | { readonly code: 'audit.damaged'; readonly lines: number }
  /** Scheduled work. `again`: whether it is tried again before its next time. */
  | { readonly code: 'job.done'; readonly job: string }
  | { readonly code: 'job.failed'; readonly job: string; readonly again: boolean; readonly error: unknown }
  | { readonly code: 'program.failed'; readonly error: unknown };

/** Where events are logged: one line of JSON each. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error' | 'fatal', (event: LogEvent) => void>>;

/** Takes whole lines. */
export interface LogTarget {
  write(line: string): void;
}

/**
 * Opens the log at a level. It goes to the error output, since the standard output belongs to what the program says
 * to people and scripts, and each line is written before the call returns: the last words of a failing program count.
 */
export function openLog(level: LogLevel, target: LogTarget = pino.destination({ dest: 2, sync: true })): Log {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    target,
  );
  // What is not written costs nothing: events come by the thousand in a second.
  const writing = (at: keyof Log) =>
    lines.isLevelEnabled(at) ? (event: LogEvent) => lines[at](safeEvent(event)) : () => undefined;
  return {
    debug: writing('debug'),
    info: writing('info'),
    warn: writing('warn'),
    error: writing('error'),
    fatal: writing('fatal'),
  };
}

/** A conversation's id is ours and says nothing about anybody: it stays whole, though it may hold digits in a row. */
const opaqueId = /^(?:[\da-f]{32}|[\w-]{22})$/;

function safeEvent(event: LogEvent): object {
  const fields: Record<string, unknown> = {};
  for (const [field, value] of Object.entries<unknown>(event)) {
    if (field !== 'turn') fields[field] = safeField(field, value);
  }
  if ('turn' in event) fields['trace'] = traceOf(event.turn);
  return fields;
}

/** The head of the audit log: whoever compares it needs all of it. */
const digest = /^[\w-]{43}$/;

function safeField(field: string, value: unknown): unknown {
  if (field === 'error') return safeError(value);
  if (typeof value !== 'string') return value;
  const isOurs = (field === 'conversation' && opaqueId.test(value)) || (field === 'hash' && digest.test(value));
  return isOurs ? value : redact(value);
}
