import type { Admission, Admissions, Rule } from '../../core/services.ts';
import type { Instant } from '../../core/time.ts';
import { FadingMap } from './fading-map.ts';

/** What one window holds. */
interface Window {
  /** When each item was last admitted. */
  readonly items: Map<string, Instant>;
  /** The longest that any of its rules looks back. */
  longest: number;
  /** From here on no rule sees any of its items. */
  over: Instant;
}

/** What one call asks of one window. */
interface Asked {
  readonly items: Set<string>;
  readonly rules: Rule[];
}

/** Sliding windows in memory. */
export function memoryAdmissions(): Admissions {
  const windows = new FadingMap<string, Window>(({ over }, now) => now >= over);
  return {
    admit: async (asked, now) => {
      const perWindow = grouped(asked);
      let retryAt = now;
      for (const [window, { items, rules }] of perWindow) {
        const held = windows.get(window, now)?.items;
        for (const rule of rules) retryAt = Math.max(retryAt, opensAt(held, items, rule, now));
      }
      if (retryAt > now) return { admitted: false, retryAt };
      for (const [window, { items, rules }] of perWindow) {
        const open = windows.get(window, now) ?? { items: new Map<string, Instant>(), longest: 0, over: now };
        if (open.items.size === 0) windows.set(window, open, now);
        add(open, items, rules, now);
      }
      return { admitted: true };
    },
  };
}

function grouped(asked: readonly Admission[]): Map<string, Asked> {
  const perWindow = new Map<string, Asked>();
  for (const { window, item, rules } of asked) {
    const same = perWindow.get(window);
    if (same) {
      same.items.add(item);
      same.rules.push(...rules);
    } else {
      perWindow.set(window, { items: new Set([item]), rules: [...rules] });
    }
  }
  return perWindow;
}

/** The first moment from `now` on when the rule lets these items in beside what the window holds; Infinity: never. */
function opensAt(
  held: ReadonlyMap<string, Instant> | undefined,
  asked: ReadonlySet<string>,
  { max, within }: Rule,
  now: Instant,
): Instant {
  if (asked.size > max) return Number.POSITIVE_INFINITY;
  if (!held || held.size + asked.size <= max) return now;
  const leaving: Instant[] = [];
  for (const [item, at] of held) if (!asked.has(item) && at + within > now) leaving.push(at + within);
  const excess = leaving.length + asked.size - max;
  return excess <= 0 ? now : (leaving.sort((a, b) => a - b)[excess - 1] ?? now);
}

function add(window: Window, asked: ReadonlySet<string>, rules: readonly Rule[], now: Instant): void {
  window.longest = Math.max(window.longest, ...rules.map(({ within }) => within));
  window.over = Math.max(window.over, now + window.longest);
  for (const [item, at] of window.items) if (at + window.longest <= now) window.items.delete(item);
  for (const item of asked) window.items.set(item, now);
}
