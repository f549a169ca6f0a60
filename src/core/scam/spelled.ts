/**
 * A text with links that were taken apart put together again: "hxxps", "bpjs[.]com", "bpjs (dot) com", "bpjs . go . id".
 * Dots are put together only where an ending follows, as sentences end with a dot too.
 */
export function rejoined(text: string): string {
  return text
    .replace(/[\u3002\uFF0E\uFF61\u2024]/g, '.')
    .replace(/\p{Cc}/gu, ' ')
    .replace(
      /\bh(?:xx|tt)p(s?) ?: ?([/\\]) ?([/\\]) ?/gi,
      (_, s: string, one: string, two: string) => `http${s}:${one}${two}`,
    )
    .replace(/ ?[[({<] ?(?:\.|dot|titik|d0t) ?[\])}>] ?/gi, '.')
    .replace(/ ?[[({<] ?(?:@|at) ?[\])}>] ?/gi, '@')
    .replace(/ (?:\. ?|dot |titik )(?=(?:com|net|org|xyz|go|co|or|id|top|info|online|site|click|link|me|ly)\b)/gi, '.')
    .replace(/\. (?=(?:com|net|org|xyz|(?:go|co|or|web) ?\. ?id)\b)/gi, '.')
    .replace(/\.(go|co|or|web) ?\. ?(?=id\b)/gi, '.$1.');
}
