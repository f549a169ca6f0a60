import type { Keep, Owning } from '../../../src/bots/owning.ts';

/** What goes wrong with what is kept: each of these is asked before the real thing, and may throw, or wait. */
export interface Tampering {
  readonly read?: (table: string) => Promise<void> | void;
  readonly write?: (tables: readonly string[]) => Promise<void> | void;
}

/** Owns things as `owning` does, with a keep to which this can happen. */
export function tampered(owning: Owning, tampering: () => Tampering): Owning {
  const through = (keep: Keep): Keep => ({
    async read(table, keys) {
      await tampering().read?.(table);
      return keep.read(table, keys);
    },
    async all(table) {
      await tampering().read?.(table);
      return keep.all(table);
    },
    async write(changes) {
      await tampering().write?.(changes.map(({ table }) => table));
      return keep.write(changes);
    },
    clear: () => keep.clear(),
  });
  return {
    own: (what, work, failed, options) =>
      owning.own(what, ({ ended, keep }) => work({ ended, keep: through(keep) }), failed, options),
  };
}
