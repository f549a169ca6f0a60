import { expect, it } from 'vitest';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import { turnId } from '../../src/core/services.ts';
import { traceOf } from '../../src/engine/trace.ts';
import { redact } from '../../src/redaction.ts';

const traceOfEvent = (event: string) => traceOf(turnId(branded<ConversationId>('conversation-1'), event));

it('a trace is the beginning of the SHA-256 of the turn, in letters', () => {
  // printf 'conversation-1/event-1' | iconv -t UTF-16LE | sha256sum; 0 to 9 as g to p.
  const digest = 'a4312cadfc1a5b32';
  expect(traceOfEvent('event-1')).toBe(digest.replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit))));
});

it('a trace passes through the net for numbers whole, whatever the event is called', () => {
  const traces = Array.from({ length: 2_000 }, (_, event) => traceOfEvent(`wamid.${event}`));
  expect(new Set(traces).size).toBe(traces.length);
  for (const trace of traces) {
    expect(trace).toMatch(/^[a-p]{16}$/);
    expect(redact(trace)).toBe(trace);
  }
});

it('events whose ids differ in half a surrogate alone have different traces', () => {
  expect(traceOfEvent('\ud83d')).not.toBe(traceOfEvent('\ud83e'));
});
