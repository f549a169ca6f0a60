import { type CodeFigures, figuresKept, judge } from '../../core/conversation/breaker.ts';
import { breakerRules, codeLifetime } from '../../core/conversation/limits.ts';
import type { Breaker } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';

/** A code that went out. */
interface SentCode {
  readonly at: Instant;
  used: boolean;
}

/** The breaker of a single process: what it has counted is gone with it. */
export function memoryBreaker(): Breaker {
  const sent = new Map<string, SentCode>();
  const wrong = new Map<string, { readonly at: Instant }>();
  return {
    standing: async (now) => judge(figuresAt(now, [...sent.values()], [...wrong.values()])),
    count: async (what, code, now) => {
      if (!code.real) return;
      for (const counted of [sent, wrong]) forget(counted, now);
      const tried = `${code.id} ${code.wrong}`;
      if (what === 'sent' && !sent.has(code.id)) sent.set(code.id, { at: now, used: false });
      if (what === 'wrong' && !wrong.has(tried)) wrong.set(tried, { at: now });
      const used = what === 'right' ? sent.get(code.id) : undefined;
      if (used) used.used = true;
    },
  };
}

/** They lie in the order in which they were counted, so the old ones come first. */
function forget(counted: Map<string, { readonly at: Instant }>, now: Instant): void {
  for (const [key, { at }] of counted) {
    if (at > now - figuresKept) return;
    counted.delete(key);
  }
}

function figuresAt(now: Instant, sent: readonly SentCode[], wrong: readonly { readonly at: Instant }[]): CodeFigures {
  const rules = breakerRules;
  const countIn = (counted: readonly { readonly at: Instant }[], from: Instant, to = Number.POSITIVE_INFINITY) =>
    counted.filter(({ at }) => at > from && at <= to).length;
  const spans = Array.from({ length: 1 + rules.sent.spans }, (_, back) =>
    countIn(sent, now - rules.sent.span * (back + 1), back === 0 ? undefined : now - rules.sent.span * back),
  );
  const over = sent
    .filter(({ at }) => at > now - rules.used.within && at <= now - codeLifetime)
    .toSorted((a, b) => b.at - a.at);
  // Those of the same millisecond as the last of them belong to them.
  const first = over[rules.used.of - 1]?.at ?? Number.POSITIVE_INFINITY;
  const settled = over.filter(({ at }) => at >= first);
  return {
    wrong: countIn(wrong, now - rules.wrong.within),
    sent: countIn(sent, now - rules.wrong.within),
    spans,
    settled: settled.length,
    used: settled.filter(({ used }) => used).length,
  };
}
