import { vi } from 'vitest';

/** Resolves once a check passes; throws what it last threw when it has not after what a busy machine may take. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000 });
}
