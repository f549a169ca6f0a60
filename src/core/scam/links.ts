import type { Reason, Verdicted } from './judgement.ts';
import { borrowing, skeleton } from './look-alikes.ts';
import names from './names.json' with { type: 'json' };
import { channels, officialApp, officialHost } from './official.ts';
import { labelLetters } from './punycode.ts';

/** What is judged of a link or of an e-mail address. */
export interface Address {
  /** As it stands in the text, invisible characters and all. */
  readonly written: string;
  /** As a browser reads it; null when it cannot. */
  readonly url: URL | null;
}

const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const officialNames = channels.hosts.map(({ host }) => skeleton(host));

/** Reads an address as a browser does, with or without a scheme; what other schemes open is read as a web address. */
export function addressOf(written: string): Address {
  const rest = written.replace(/^[a-z]{2,10}:[/\\]{1,4}/i, '').replace(/^mailto:/i, '');
  const url = URL.parse(`https://${rest}`);
  return { written, url: url?.hostname === '' ? null : url };
}

/** The host without the dot that may end it; `''` when the address cannot be read. */
export function hostOf({ url }: Address): string {
  return url?.hostname.replace(/\.$/, '') ?? '';
}

/** What is known of an address. Only a host that is an official one, or under one, is ever official. */
export function judgeAddress(address: Address): Verdicted {
  const { written, url } = address;
  const host = hostOf(address);
  if (url === null) return usesOurs(written) ? alike('dressed_up') : { verdict: 'unknown', why: 'unreadable' };
  const official = officialHost(host);
  if (official) {
    if (invisible.test(written)) return alike('invisible');
    // Browsers go to the official host; older programs go to what stands behind the @.
    return written.includes('\\') ? alike('dressed_up') : official;
  }
  const app = officialApp(url);
  if (app) return app;
  const way = imitation(host);
  if (way) return alike(invisible.test(written) ? 'invisible' : way);
  if (usesOurs(url.username)) return alike('dressed_up');
  if (isIn(names.hiding, host) || names.redirecting.some((page) => startsWithPage(url, host, page))) {
    return { verdict: 'hidden', why: 'shortened' };
  }
  const rest = skeleton(decoded(`${url.pathname}${url.search}${url.hash}`));
  if (officialNames.some((name) => rest.includes(name))) return alike('dressed_up');
  if (/^[\d.]+$/.test(host) || host.startsWith('[')) return { verdict: 'unknown', why: 'in_figures' };
  return { verdict: 'unknown', why: isIn(names.anyones, host) ? 'anyones_page' : 'not_known' };
}

function alike(why: Reason): Verdicted {
  return { verdict: 'look-alike', why };
}

/** In which way a host that is not official imitates one that is; null when it does not. */
function imitation(host: string): Reason | null {
  const labels = host.split('.').map((label) => labelLetters(label) ?? label);
  // Slashes of other scripts end a name for the eye, not for a browser.
  const seen = labels
    .map(skeleton)
    .join('.')
    .replace(/[^a-z\d.-]/g, '.');
  if (officialNames.some((name) => seen === name || seen.endsWith(`.${name}`))) return 'homoglyph';
  if (officialNames.some((name) => `.${seen}.`.includes(`.${name}.`))) return 'prefixed';
  const reason = labels.map((label) => borrowing(label)).find((found) => found !== null) ?? null;
  const other = channels.hosts.some(({ host: known }) => labels.includes(known.split('.')[0] ?? ''));
  return reason === 'borrowed_name' && other ? 'other_ending' : reason;
}

function usesOurs(text: string): boolean {
  const name = decoded(text);
  return officialNames.some((official) => skeleton(name).includes(official)) || borrowing(name) !== null;
}

function isIn(hosts: readonly string[], host: string): boolean {
  return hosts.some((known) => host === known || host.endsWith(`.${known}`));
}

function startsWithPage({ pathname }: URL, host: string, page: string): boolean {
  const slash = page.indexOf('/');
  return isIn([page.slice(0, slash)], host) && pathname.startsWith(page.slice(slash));
}

/** With what %-codes stand for; as it is when they are broken. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
