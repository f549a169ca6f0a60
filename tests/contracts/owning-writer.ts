import { keysFrom } from '../../src/backends/system/keys.ts';
import type { Owning } from '../../src/bots/owning.ts';

/** What the processes of these tests want to own. */
export const thing = 'number 62/812 {a}';

/** The secret that all processes of these tests have in common. */
export const testKeys = keysFrom('a secret of these tests');

/** The keys that a writer changes, all of them each time. */
export const writersKeys = Array.from({ length: 60 }, (_, nth) => `key ${nth}`);

/**
 * Owns the thing and writes 1, 2, 3 … to every key of `many`, each number in one write, until it is killed. Says `begun`,
 * and each number once it is kept.
 */
export function writeUntilKilled(owning: Owning): void {
  // Resolves once the line has left this process: one whose reader is slow must not have written ahead of what it said.
  const say = (line: string) => new Promise((resolve) => process.stdout.write(`${line}\n`, resolve));
  owning.own(
    thing,
    async ({ ended, keep }) => {
      await say('begun');
      for (let number = 1; !ended.aborted; number += 1) {
        await keep.write(writersKeys.map((key) => ({ table: 'many', key, value: String(number) })));
        await say(String(number));
      }
    },
    (error) => void say(String(error)),
  );
}
