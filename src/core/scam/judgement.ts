/**
 * What is known of a thing that was found. There is none that means safe: `official` is one of the channels that we know,
 * and a sender's name, number and address can all be forged.
 */
export const verdicts = ['look-alike', 'hidden', 'unknown', 'old', 'listed', 'official'] as const;
/** From the worst on. `listed`: named as a channel by a source that is not quite sure, so 175 has to be asked. */
export type Verdict = (typeof verdicts)[number];

/** Why a thing is judged as it is. */
export const reasons = [
  /** Letters of other scripts that look like those of an official name. */
  'homoglyph',
  /** Characters that cannot be seen stand inside it. */
  'invisible',
  /** One or two letters away from an official name. */
  'misspelt',
  /** An official name, or all of an address, in front of another's. */
  'prefixed',
  /** An official address before an `@`, or after the slash of another's. */
  'dressed_up',
  /** An official name under another ending. */
  'other_ending',
  /** A name of ours in what is not ours. */
  'borrowed_name',
  /** On Telegram, where no official account is known. */
  'telegram',
  /** A short or passing-on link: where it leads cannot be seen. */
  'shortened',
  /** A form or page that anybody can make. */
  'anyones_page',
  /** An address in figures. */
  'in_figures',
  /** Written so that it cannot be read as an address. */
  'unreadable',
  /** A number of another country. */
  'foreign',
  /** Replaced by 175. */
  'replaced',
  /** Named in public as official, never checked by us. */
  'unverified',
  'not_known',
  /** A channel of BPJS Ketenagakerjaan. */
  'employment',
  /** A site of the Ministry of Manpower. */
  'ministry',
  /** A channel of the other BPJS, BPJS Kesehatan. */
  'health',
] as const;
export type Reason = (typeof reasons)[number];

export interface Verdicted {
  readonly verdict: Verdict;
  readonly why: Reason;
}

/** One thing that was found in a text, and what is known of it. */
export interface Finding extends Verdicted {
  readonly kind: 'link' | 'email' | 'handle' | 'phone';
  /** As it may be shown: with its dots apart, so that no platform makes a link of it; phone numbers as they are. */
  readonly shown: string;
}

/** What a text does with words. The first four are enough alone; the others are what lures. */
export const signs = ['secret', 'money', 'tracing', 'install', 'prize', 'click', 'hurry', 'forward'] as const;
export type Sign = (typeof signs)[number];

/** What was found in a text. No value of it means that the text is safe. */
export interface Judgement {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** The worst first. */
  readonly signs: readonly Sign[];
  readonly risk: 'high' | 'unclear' | 'none found';
}

const graveSigns: ReadonlySet<Sign> = new Set(['secret', 'money', 'tracing', 'install']);

/**
 * How likely a text is a fraud.
 *
 * - `high`: something in it imitates an official channel; or it asks for a secret or for money, sells data or has an app
 *   installed, whatever else is in it (a text with an official link that asks for a code is a fraud still); or it lures
 *   (a prize, "click", hurry, "forward") twice over, or towards something hidden or not known.
 * - `unclear`: it lures, or holds something that is not official.
 * - `none found`: neither. That says nothing about what was not found.
 */
export function riskOf(findings: readonly Verdicted[], found: readonly Sign[]): Judgement['risk'] {
  const among = (...any: readonly Verdict[]) => findings.some(({ verdict }) => any.includes(verdict));
  if (among('look-alike') || found.some((sign) => graveSigns.has(sign))) return 'high';
  if (found.length > 1 || (found.length === 1 && among('hidden', 'unknown'))) return 'high';
  return found.length === 1 || findings.some(({ verdict }) => verdict !== 'official') ? 'unclear' : 'none found';
}
