import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Admission, Admissions, Rule } from '../../core/services.ts';
import { answered, scriptNamed, slack } from './asking.ts';
import type { Store } from './store.ts';

const admit = scriptNamed('admit', z.int());

/** What one call asks of one window. */
interface Asked {
  readonly name: string;
  readonly items: Set<string>;
  readonly rules: Rule[];
}

/**
 * Sliding windows on Redis, one round trip each time, atomic over all the windows asked for. To be so on a cluster too,
 * all windows lie in one hash slot (`{limits}`), that is on one node; they are touched once or twice for each code that
 * is asked for, and not in other turns, and once for each paper that is verified. Nothing personal is stored: windows are named by digests, and items are digested
 * here, because parts of a turn's id come from platforms, some of which write a phone number into it.
 *
 * Without an answer nothing is admitted: the call throws `Unavailable`.
 */
export function redisAdmissions(store: Store): Admissions {
  const key = `${store.prefix}:{limits}:window`;
  return {
    async admit(asked, now) {
      const windows = JSON.stringify(grouped(asked), (_, value: unknown) =>
        value instanceof Set ? [...value] : value,
      );
      const retryAt = await answered('admissions', store.run(admit, key, now, windows, slack));
      if (retryAt === 0) return { admitted: true };
      return { admitted: false, retryAt: retryAt < 0 ? Number.POSITIVE_INFINITY : retryAt };
    },
  };
}

function grouped(asked: readonly Admission[]): Asked[] {
  const windows = new Map<string, Asked>();
  for (const { window, item, rules } of asked) {
    const same = windows.get(window) ?? { name: window, items: new Set<string>(), rules: [] };
    same.items.add(digestOf(item));
    same.rules.push(...rules);
    windows.set(window, same);
  }
  return [...windows.values()];
}

/** 128 bits: enough to tell items apart, and nobody goes back from it. UTF-8 would make half surrogates the same. */
function digestOf(item: string): string {
  return createHash('sha256').update(item, 'utf16le').digest().toString('base64url', 0, 16);
}
