/** Shorter words are too close to each other. */
const shortestMended = 4;
/** Words of these lengths may hold two slips: in shorter ones that is another word, in longer ones it takes long to look. */
const shortestWithTwo = 8;
const longestWithTwo = 12;
/** Longer ones are none that anybody knows, and take long to look up. */
const longestMended = 16;

/**
 * Mends slips of the thumb: finds the known word that a written one was most likely meant for. One slip is a letter too
 * many, too few or another, or two neighbours that changed places. Of several words the nearest wins, and of those the one
 * that is used most.
 *
 * `counts`: the known words, and how often each is used. Known words are looked up by what is left of them with a letter
 * taken out, so a lookup takes as long for ten words as for ten thousand.
 */
export function mender(counts: ReadonlyMap<string, number>): (written: string) => string | undefined {
  const index = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < shortestMended || word.length > longestMended) continue;
    for (const left of leftovers(word)) {
      const words = index.get(left);
      if (words) words.push(word);
      else index.set(left, [word]);
    }
  }
  return (written) => {
    if (written.length < shortestMended || written.length > longestMended) return undefined;
    let best: string | undefined;
    let bestScore = 0;
    let fewest = Number.POSITIVE_INFINITY;
    for (const left of leftovers(written)) {
      for (const word of index.get(left) ?? []) {
        const slips = slipsBetween(written, word);
        if (slips > 1 && (slips > 2 || word.length < shortestWithTwo)) continue;
        // The first letter is seldom the wrong one.
        const score = (counts.get(word) ?? 0) / (written[0] === word[0] ? 1 : 8);
        if (slips < fewest || (slips === fewest && score > bestScore)) [best, bestScore, fewest] = [word, score, slips];
      }
    }
    return best;
  };
}

/** The word, and what is left of it when one letter is taken out, or two of a word that may hold two slips. */
function leftovers(word: string): Set<string> {
  const once = without(word);
  const left = new Set([word, ...once]);
  if (word.length < shortestWithTwo - 1 || word.length > longestWithTwo + 1) return left;
  for (const shorter of once) for (const twice of without(shorter)) left.add(twice);
  return left;
}

function without(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

/** How many slips lie between two words (optimal string alignment); 3 for all that is more than 2. */
export function slipsBetween(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (above[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      }
      line.push(slips);
    }
    [before, above] = [above, line];
  }
  return Math.min(3, above[b.length] ?? 3);
}
