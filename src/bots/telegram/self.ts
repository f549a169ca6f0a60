import type { Self } from './group.ts';
import type { Platform } from './platform.ts';

/** Asks who the bot is, until it is known. Rejects with `CallFailed`, and asks again the next time. */
export function selfOf(platform: Platform): () => Promise<Self> {
  let known: Promise<Self> | null = null;
  return () => {
    known ??= platform
      .ask((api) => api.getMe())
      .then(({ id, username }) => ({ id, username }))
      .catch((error: unknown) => {
        known = null;
        throw error;
      });
    return known;
  };
}
