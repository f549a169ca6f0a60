import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../core/language.ts';
import { speeches } from '../core/speech.ts';
import en from '../locales/en/verification.json' with { type: 'json' };
import id from '../locales/id/verification.json' with { type: 'json' };
import type { Verdict } from './token.ts';

/** What the page says: what a token came to, or that it was not looked at, by too many at a time or for a fault. */
export type Shown = Verdict | { readonly is: 'crowded' | 'away' };

/** The page's style, and where it is served. Its path holds a digest of it, so that a browser may keep it for good. */
export const style = styleFile();

function styleFile(): { readonly path: string; readonly body: string } {
  const body = readFileSync(join(import.meta.dirname, 'page.css'), 'utf8');
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 16);
  return { path: `/verification/${digest}.css`, body };
}

/** What is told apart by shape and by words; `not_ours` as in the texts. */
type Look = keyof typeof id.verdict;

/** Drawn in the colour of the words, 48 units wide: a shape of its own for each, which needs no colour to be told. */
const shapes: Readonly<Record<Look, string>> = {
  valid: '<circle cx="24" cy="24" r="20"/><path d="m14 25 7 7 13-15"/>',
  not_ours: '<path d="M16 4h16l12 12v16L32 44H16L4 32V16Z"/><path d="m16 16 16 16m0-16L16 32"/>',
  expired: '<path d="M12 4h24M12 44h24M15 4v8l9 12 9-12V4M15 44v-8l9-12 9 12v8"/>',
  crowded: '<path d="M4 10h40v28H4Z"/><path d="M14 24h.1m9.9 0h.1m9.9 0h.1"/>',
  away: '<path d="M4 10h40v28H4Z"/><path d="M14 24h20"/>',
};

/**
 * The page, in Indonesian with English under it. Only what is valid has details; all that is not looks the same but for
 * what has expired.
 */
export function pageOf(shown: Shown): string {
  const look = shown.is === 'not ours' ? 'not_ours' : shown.is;
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${id.verdict[look]} – ${id.title}</title>
<link rel="stylesheet" href="${style.path}">
</head>
<body>
<main>
<p class="what">Jamsostek Chat: ${id.title} ${inEnglish(en.title)}</p>
<div class="verdict ${look}">
<svg viewBox="0 0 48 48" width="64" height="64" aria-hidden="true">${shapes[look]}</svg>
<h1>${id.verdict[look]} ${inEnglish(en.verdict[look])}</h1>
</div>
${shown.is === 'valid' ? detailsOf(shown) : ''}<section>
<p>${id.meaning[look]}</p>
<p class="ask">${id.ask}</p>
</section>
<section lang="en">
<p>${en.meaning[look]}</p>
<p class="ask">${en.ask}</p>
</section>
</main>
</body>
</html>
`;
}

function detailsOf({ paper, until }: Extract<Verdict, { is: 'valid' }>): string {
  const rows = [
    row('kind', both(id.kind[paper.kind], en.kind[paper.kind])),
    row('initials', `<bdi>${escaped(paper.initials)}</bdi>`),
    row('day', both(...daysOf(paper.day))),
    row('until', both(...daysOf(until))),
  ];
  return `<dl>\n${rows.join('\n')}\n</dl>\n`;
}

function row(label: keyof typeof id.label, value: string): string {
  return `<div><dt>${both(id.label[label], en.label[label])}</dt><dd>${value}</dd></div>`;
}

function daysOf(day: Parameters<(typeof speeches)[Language]['day']>[0]): [string, string] {
  return [speeches.id.day(day), speeches.en.day(day)];
}

/** Once where both languages have the same words for it. */
function both(indonesian: string, english: string): string {
  return indonesian === english ? indonesian : `${indonesian} ${inEnglish(english)}`;
}

function inEnglish(text: string): string {
  return `<span lang="en">${text}</span>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
