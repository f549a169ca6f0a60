import { z } from 'zod';
import { second } from '../../../core/time.ts';
import type { DeliveryState } from '../../progress.ts';
import type { DeliveryReport, GatewayRequest, IncomingSms } from '../gateway.ts';

/** A number written as one, or as text. */
const word = z.union([z.string(), z.number()]).transform(String);

/** Seconds since 1970 (Kannel's `%T`), ISO 8601, or `YYYY-MM-DD HH:MM:SS` in UTC. What is none of these is left out. */
const moment = word.transform((text) => {
  if (/^\d{9,11}$/.test(text)) return Number(text) * second;
  const plain = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  const at = Date.parse(plain ? `${plain[1]}T${plain[2]}Z` : text);
  return Number.isNaN(at) ? null : at;
});

const message = z.object({
  from: word,
  text: word,
  id: word.nullish().transform((id) => id || null),
  at: moment.nullish().transform((at) => at ?? null),
});

/** Kannel's numbers for what became of a text, and words for gateways that are told what to call it. */
const states: Readonly<Record<string, DeliveryState>> = {
  1: 'delivered',
  2: 'failed',
  4: 'queued',
  8: 'sent',
  16: 'failed',
  // Not delivered in time.
  34: 'failed',
  queued: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'failed',
};

const report = z
  .object({
    ref: z.string().regex(/^[\w-]{1,64}$/),
    state: word
      .transform((state) => states[state.toLowerCase()])
      .pipe(z.enum(['queued', 'sent', 'delivered', 'failed'])),
  })
  .transform(({ ref, state }): DeliveryReport => ({ reference: ref, state }));

const fields = z.record(z.string(), z.unknown());

/**
 * The text that a request brings, as `from`, `text`, `id` and `at`: in the address, as a form, or as JSON. A body that is
 * plain text is the text. Null where it cannot be read.
 */
export function readMessage(request: GatewayRequest): IncomingSms | null {
  return message.safeParse(fieldsOf(request)).data ?? null;
}

/** What a request reports, as `ref` and `state`. Null where it cannot be read. */
export function readReport(request: GatewayRequest): DeliveryReport | null {
  return report.safeParse(fieldsOf(request)).data ?? null;
}

function fieldsOf({ query, body, contentType }: GatewayRequest): Readonly<Record<string, unknown>> {
  return { ...query, ...bodyFields(body, contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '') };
}

function bodyFields(body: string, type: string): Readonly<Record<string, unknown>> {
  if (type === 'text/plain') return { text: body };
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  if (type !== 'application/json') return {};
  try {
    return fields.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
}
