import type { Keep, Owned, Owning } from '../../../src/bots/owning.ts';

/** For one process alone: it owns whatever it asks for, at once, until it lets go. */
export function alwaysOwning(): Owning {
  return {
    own(_what, work, failed): Owned {
      const ended = new AbortController();
      const done = work({ ended: ended.signal, keep: nothingKept }).catch(failed);
      return {
        isOwner: () => !ended.signal.aborted,
        async stop() {
          ended.abort();
          await done;
        },
      };
    },
  };
}

/** For a process whom another one is always ahead of; `asked` is what it has asked for. */
export function neverOwning(): Owning & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    own(what) {
      asked.push(what);
      return { isOwner: () => false, stop: async () => undefined };
    },
  };
}

const nothingKept: Keep = {
  read: async (_table, keys) => keys.map(() => null),
  all: async () => new Map(),
  write: async () => undefined,
  clear: async () => undefined,
};
