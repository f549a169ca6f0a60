import { fileURLToPath } from 'node:url';

/** The files of Plus Jakarta Sans (SIL Open Font License): a document holds the letters that it uses, whoever opens it. */
export const fonts = {
  regular: fileURLToPath(
    import.meta.resolve('@expo-google-fonts/plus-jakarta-sans/400Regular/PlusJakartaSans_400Regular.ttf'),
  ),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/plus-jakarta-sans/700Bold/PlusJakartaSans_700Bold.ttf')),
} as const;

/** What the font has of Latin letters, as names in Indonesia and Vietnam have them, and of punctuation. */
const lacking = /[^ -~¡-¬®-ňŊ-žȘ-țẠ-ỹ‐–—‘’“”•…]/gu;

/**
 * A text in letters that the font has: accents that it lacks go, signs that nobody sees go, anything else becomes a
 * question mark. It is one line: breaks become spaces.
 */
export function printable(text: string): string {
  const line = text.normalize('NFC').replace(/\s/gu, ' ');
  return line.replace(/\p{Cc}|\p{Cf}/gu, '').replace(lacking, (letter) => {
    const base = letter.normalize('NFKD').replace(/\p{M}/gu, '');
    return /^[ -~]+$/.test(base) ? base : '?';
  });
}
