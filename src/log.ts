import { pino } from 'pino';
import type { LogLevel } from './config.ts';
import type { ConversationId } from './core/inbound.ts';
import { redact, safeError } from './redaction.ts';

/**
 * Everything that is ever logged. `code` says what happened and never changes; the other fields say where. None of
 * them holds what a member wrote or was told.
 */
export type LogEvent =
  | { readonly code: 'server.listening'; readonly port: number }
  | { readonly code: 'server.ready'; readonly milliseconds: number; readonly demo: boolean }
  | { readonly code: 'server.stopped'; readonly milliseconds: number }
  | { readonly code: 'server.stopping'; readonly signal: string }
  /** A request that the server could not answer: a fault of the program. */
  | { readonly code: 'request.failed'; readonly error: unknown }
  | {
      readonly code: 'inbound.accepted' | 'inbound.duplicate' | 'inbound.full';
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly content: string;
    }
  | {
      readonly code: 'turn.committed';
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly state: string;
      readonly intent: string;
      readonly language: string;
    }
  | {
      readonly code: 'turn.failed' | 'turn.quarantined';
      readonly conversation: ConversationId;
      readonly channel: string;
      readonly failures?: number;
      readonly error: unknown;
    }
  | { readonly code: 'effect.sent'; readonly conversation: ConversationId; readonly effect: string }
  | {
      readonly code: 'effect.unsent';
      readonly conversation: ConversationId;
      readonly effect: string;
      readonly problem: string;
      /** Whether it will be tried again. */
      readonly again: boolean;
    }
  | {
      readonly code: 'effect.dropped';
      readonly conversation: ConversationId;
      readonly effect: string;
      readonly why: string;
    }
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
  return {
    debug: (event) => lines.debug(safeEvent(event)),
    info: (event) => lines.info(safeEvent(event)),
    warn: (event) => lines.warn(safeEvent(event)),
    error: (event) => lines.error(safeEvent(event)),
    fatal: (event) => lines.fatal(safeEvent(event)),
  };
}

/** A conversation's id is ours and says nothing about anybody: it stays whole, though it may hold digits in a row. */
const opaqueId = /^(?:[\da-f]{32}|[\w-]{22})$/;

function safeEvent(event: LogEvent): object {
  return Object.fromEntries(
    Object.entries(event).map(([field, value]: [string, unknown]) => [field, safeField(field, value)]),
  );
}

function safeField(field: string, value: unknown): unknown {
  if (field === 'error') return safeError(value);
  if (typeof value !== 'string') return value;
  return field === 'conversation' && opaqueId.test(value) ? value : redact(value);
}
