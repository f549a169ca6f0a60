/** What a text is made of, for the classifier: the features that occur in it, by number, and how much each weighs. */
export type Features = ReadonlyMap<number, number>;

/** Weights of a whole word, of two words together, and of a piece of a word; found by measuring (`npm run evaluate`). */
const weightOf = { word: 1, pair: 0.5, gap: 0.3, piece: 0.5 } as const;
/** A word's pieces are from two to five letters long, its edges counted as letters. */
const shortestPiece = 2;
const longestPiece = 5;

/** Kinds of features begin their numbers differently, so that "di" the word is not "di" the piece. */
const seeds = { word: 1, pair: 2, gap: 3, piece: 4 } as const;
const edge = 0x20;

/**
 * Words, pairs of neighbours (the text's ends counted as neighbours), pairs with one word between, and pieces of words,
 * so that typos, endings and words written together still match. Numbers count by their length only: what they say is
 * for the entities.
 */
export function featuresOf(words: readonly string[]): Features {
  const features = new Map<number, number>();
  const add = (feature: number, weight: number) => {
    if ((features.get(feature) ?? 0) < weight) features.set(feature, weight);
  };
  const shapes = words.map((word) => (/^\d+$/.test(word) ? `#${Math.min(word.length, 17)}` : word));
  shapes.forEach((word, position) => {
    add(hashed(word, seeds.word), weightOf.word);
    add(hashed(`${shapes[position - 1] ?? ''} ${word}`, seeds.pair), weightOf.pair);
    if (position === shapes.length - 1) add(hashed(`${word} `, seeds.pair), weightOf.pair);
    const afterNext = shapes[position + 2];
    if (afterNext !== undefined) add(hashed(`${word} ${afterNext}`, seeds.gap), weightOf.gap);
    addPieces(word, add);
  });
  return features;
}

function addPieces(word: string, add: (feature: number, weight: number) => void): void {
  const letterAt = (position: number) => (position < 0 || position === word.length ? edge : word.charCodeAt(position));
  for (let start = -1; start < word.length; start += 1) {
    let hash = begin(seeds.piece);
    for (let length = 1; length <= longestPiece && start + length <= word.length + 1; length += 1) {
      hash = step(hash, letterAt(start + length - 1));
      if (length >= shortestPiece && length < word.length + 2) add(hash, weightOf.piece);
    }
  }
}

function hashed(text: string, seed: number): number {
  let hash = begin(seed);
  for (let position = 0; position < text.length; position += 1) hash = step(hash, text.charCodeAt(position));
  return hash;
}

/** FNV-1a, kept to 30 bits, which the engine holds as plain small numbers: of the phrases' features a handful share one. */
const bits = 0x3fffffff;

function begin(seed: number): number {
  return Math.imul(0x811c9dc5 ^ seed, 0x01000193) & bits;
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193) & bits;
}
