import { z } from 'zod';
import { type AuditHead, emptyHead } from '../backends/audit/chain.ts';
import type { AuditFilter } from '../backends/postgres/audit.ts';
import { type Reading, read, unreadable } from '../core/brand.ts';
import { acts } from '../core/services.ts';
import { day } from '../core/time.ts';

/** What of the audit log is asked for. */
export interface AuditOptions {
  readonly json: boolean;
  /** Entries that are shown at most. */
  readonly most: number;
  readonly filter: Omit<AuditFilter, 'member'>;
  /** Only of the member whose NIK is on the standard input: on the command line others would see it. */
  readonly member: boolean;
  /** Instead of showing entries, look whether they hold. */
  readonly verify: boolean;
  /** One that was written down elsewhere: with it, it is also found that the end was cut off. */
  readonly head: AuditHead | null;
}

/** The options of the command line, as they were typed. */
interface Typed {
  readonly json?: boolean | undefined;
  readonly member?: boolean | undefined;
  readonly verify?: boolean | undefined;
  readonly most?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly act?: string | undefined;
  readonly head?: string | undefined;
}

const dayStart = z.iso.date().transform((text) => Date.parse(`${text}T00:00:00+07:00`));

const fields = {
  most: {
    takes: 'a whole number from 1 to 100000',
    schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(100_000)),
  },
  day: { takes: 'a day like 2026-11-30', schema: dayStart },
  act: { takes: `one of: ${acts.join(', ')}`, schema: z.enum(acts) },
  head: {
    takes: 'what --verify or the log has called the head, like 1234:…',
    schema: z
      .string()
      .regex(/^\d{1,15}:[\w-]{43}$/)
      .transform((text): AuditHead => {
        const [seq = '', hash = ''] = text.split(':');
        return Number(seq) === 0 ? emptyHead : { seq: Number(seq), hash };
      }),
  },
} as const;

/** Days are those of Jakarta, and `--until` is the last one of them; a problem is one line that names the option. */
export function auditOptions(typed: Typed): Reading<AuditOptions, string> {
  const problems: string[] = [];
  const valueOf = <Value>(
    name: 'most' | 'since' | 'until' | 'act' | 'head',
    { takes, schema }: { readonly takes: string; readonly schema: z.ZodType<Value> },
  ): Value | undefined => {
    const text = typed[name];
    if (text === undefined) return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    problems.push(`--${name} takes ${takes}.`);
    return undefined;
  };
  const since = valueOf('since', fields.day);
  const until = valueOf('until', fields.day);
  const act = valueOf('act', fields.act);
  const most = valueOf('most', fields.most);
  const head = valueOf('head', fields.head);
  if (typed.head !== undefined && typed.verify !== true) problems.push('--head goes with --verify.');
  const [problem] = problems;
  if (problem !== undefined) return unreadable(problem);
  return read({
    json: typed.json ?? false,
    most: most ?? 50,
    filter: {
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until: until + day }),
      ...(act !== undefined && { act }),
    },
    member: typed.member ?? false,
    verify: typed.verify ?? false,
    head: head ?? null,
  });
}
