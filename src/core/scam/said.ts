import type { Speech } from '../speech.ts';
import type { Finding, Judgement } from './judgement.ts';

/** Characters of the whole answer, the empty lines between its paragraphs with them. */
const answerCap = 600;
/** Findings and signs that are named; the worst come first. */
const named = 2;

/**
 * A judgement in words, as paragraphs of at most 600 characters in all: the two worst things that were found, the two
 * worst signs, what never to do, and where to report. No wording of it says that anything is safe.
 */
export function scamAnswer({ findings, signs, risk }: Judgement, speech: Speech): string[] {
  const shown = findings.slice(0, named).map((finding) => line(finding, speech));
  const warned = signs.slice(0, named).map((sign) => speech.text(`scam.sign.${sign}`));
  const nothing = findings.length === 0 && risk === 'none found';
  const end = [speech.text(`scam.conclusion.${nothing ? 'nothing' : conclusions[risk]}`), speech.text('scam.report')];
  const signLine = warned.length === 0 ? [] : [speech.text('scam.signs', { signs: speech.list(warned) })];
  const told = (lines: readonly string[]) => [...(lines.length === 0 ? [] : [lines.join('\n')]), ...signLine, ...end];
  const answer = told(shown);
  return answer.join('\n\n').length <= answerCap ? answer : told(shown.slice(0, 1));
}

const conclusions = { high: 'high', unclear: 'unclear', 'none found': 'none_found' } as const;

function line({ shown, verdict, why }: Finding, speech: Speech): string {
  return speech.text('scam.found', {
    shown,
    verdict: speech.text(`scam.verdict.${verdict}`),
    why: speech.text(`scam.why.${why}`),
  });
}
