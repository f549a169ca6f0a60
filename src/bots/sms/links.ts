/** Endings that a name with a dot in it is an address by. A dot without a space behind it is also a slip of the pen. */
const endings = new Set(
  'id com org net info io co me app gov int edu biz link site online page dev to ly gl xyz my sg us uk'.split(' '),
);

/**
 * Whether an address stands in a word, as `https://…`, `www.…`, `name.go.id` or somebody's mail: phones make a link of
 * anything like it, and a link in an SMS is how people are robbed.
 */
function holdsAddress(word: string): boolean {
  if (/:\/\/|www\./i.test(word)) return true;
  return word.split(/[^\p{L}\d.@_-]/u).some((piece) => {
    const [first = '', ...labels] = piece.split(/[.@]/);
    return first !== '' && labels.some((label) => endings.has((label.split('-', 1)[0] ?? '').toLowerCase()));
  });
}

/**
 * The text without the sentences that hold an address, line by line; where that leaves nothing, without the addresses
 * alone.
 */
export function withoutAddresses(text: string): string {
  const kept = eachLine(text, (line) =>
    sentencesOf(line).filter((sentence) => !sentence.split(/\s/).some(holdsAddress)),
  );
  return kept === '' ? eachLine(text, (line) => line.split(/\s/).filter((word) => !holdsAddress(word))) : kept;
}

/** Lines that become empty go; those that were, and part paragraphs, stay. */
function eachLine(text: string, keep: (line: string) => readonly string[]): string {
  const kept = text.split('\n').map((line) => ({ line: keep(line).join(' '), stood: line !== '' }));
  return kept
    .filter(({ line, stood }) => line !== '' || !stood)
    .map(({ line }) => line)
    .join('\n')
    .trim();
}

/** A sentence ends with its mark and a space: the dots in `Rp1.500.000` and `17.00` are inside. */
function sentencesOf(line: string): readonly string[] {
  return line.split(/(?<=[.!?])\s/);
}
