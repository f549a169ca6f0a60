import { plainDigits } from '../understanding/text.ts';
import { accountOf, judgeAccount } from './accounts.ts';
import type { Finding, Verdicted } from './judgement.ts';
import { type Address, addressOf, hostOf, judgeAddress } from './links.ts';
import { borrowing } from './look-alikes.ts';
import names from './names.json' with { type: 'json' };
import { judgePhone, phonesIn } from './phones.ts';
import { rejoined } from './spelled.ts';

/** Characters of a host, a name or an address that are shown; of a longer one, those at its end, which say whose it is. */
const shownCap = 48;
const endings = new Set(names.endings);
const opening = new Set('([{<"\'*_~`|“”‘’«»');
const closing = new Set('.,;:!?)]}>"\'*_~`|“”‘’«»…');
/** Invisible characters at the ends of a word come with copying; inside one they hide something. */
const invisible = /\p{Cf}/u;

/** Links, e-mail addresses, accounts and phone numbers in a text, as they come, and the words that are left without them. */
export function thingsIn(text: string): { readonly things: Finding[]; readonly words: string } {
  const words = rejoined(text)
    .split(/[\s\u2800]/u)
    .flatMap(pieces);
  const found: Finding[] = [];
  const rest: string[] = [];
  for (const word of words) {
    const thing = thingOf(word);
    if (thing) found.push(thing);
    // A bar keeps the numbers on both sides apart.
    rest.push(!thing ? word : /\.apk$/i.test(word) ? '| file apk |' : '|');
  }
  const left = rest.join(' ');
  return { things: [...found, ...phonesIn(plainDigits(left))], words: left };
}

/**
 * A word, without what is around it, in the pieces that are judged each by itself. What holds an `@` is left whole: what
 * is in front of it may be there to hide where it leads.
 */
function pieces(word: string): string[] {
  const parts = word.includes('@') ? [word] : word.split(/[,;|<>"]/);
  return parts.flatMap((part) => part.split(/(?=https?:[/\\]{2})/i)).map(bare);
}

function bare(word: string): string {
  const letters = [...word];
  const around = (letter: string | undefined, marks: ReadonlySet<string>) =>
    letter !== undefined && (marks.has(letter) || invisible.test(letter));
  let start = 0;
  let end = letters.length;
  while (start < end && around(letters[start], opening)) start += 1;
  while (end > start && around(letters[end - 1], closing)) end -= 1;
  return letters.slice(start, end).join('');
}

function thingOf(word: string): Finding | null {
  const plain = word.replace(/\p{Cf}/gu, '');
  if (plain.startsWith('@')) return handleOf(plain.slice(1));
  const scheme = /[a-z]{2,10}:[/\\]{2}/i.exec(word);
  if (scheme) return linkOf(addressOf(word.slice(scheme.index)));
  // "link:bpjs.com", and not the port of "bpjs.com:8080".
  const label = /^[a-z]{2,12}:(?=[^/\\\d])/i.exec(word);
  const named = label ? word.slice(label[0].length) : word;
  if (!looksLikeHost(named.replace(/\p{Cf}/gu, ''))) return null;
  const address = addressOf(named);
  const at = plain.indexOf('@');
  if (at <= 0 || /^[^@]*[/?#\\]/.test(plain)) return linkOf(address);
  const judged = judgeAddress(address);
  return { kind: 'email', shown: shownAs(`${address.url?.username ?? ''} @ ${hostOf(address)}`), ...judged };
}

/** Without a scheme, an address is what has a dot and an ending that is one, or that is followed by a path, or uses a name. */
function looksLikeHost(word: string): boolean {
  const host = word.slice(word.lastIndexOf('@') + 1).split(/[/?#:\\]/, 1)[0] ?? '';
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  const ending = labels.at(-1) ?? '';
  if (labels.length < 2 || labels.includes('')) return word.startsWith('www.');
  if (/^\d+$/.test(ending)) return labels.length === 4 && /^(?:\d{1,3}\.){3}\d{1,3}[:/]/.test(word);
  if (endings.has(ending) || labels[0] === 'www') return true;
  return /^\p{L}{2,}$|^xn--/u.test(ending) && (word.includes(`${host}/`) || borrowing(host) !== null);
}

function linkOf(address: Address): Finding {
  const { url } = address;
  const host = hostOf(address);
  const number = url ? messengerNumber(url, host) : null;
  if (number !== null) return { kind: 'phone', shown: `+${number}`, ...judgePhone(number) };
  const account = url && url.username === '' ? accountOf(host, url.pathname) : null;
  if (account) {
    const judged = judgeAccount(account.handle, account.platform);
    return { kind: 'handle', shown: shownAs(`${host}/${account.handle}`), ...judged };
  }
  return { kind: 'link', shown: shownAs(host === '' ? readable(address.written) : host), ...judgeAddress(address) };
}

/** The number that a WhatsApp link opens a chat with: `wa.me/62813…`, `api.whatsapp.com/send?phone=…`. */
function messengerNumber({ pathname, searchParams }: URL, host: string): string | null {
  const written =
    host === 'wa.me' ? pathname.slice(1) : host.endsWith('whatsapp.com') ? (searchParams.get('phone') ?? '') : '';
  const digits = written.replace(/^\+|\/$/g, '');
  return /^\d{8,15}$/.test(digits) ? digits : null;
}

function handleOf(written: string): Finding | null {
  const handle = written.split(/[/?#:,;]/, 1)[0]?.toLowerCase() ?? '';
  if (!/^[\p{L}\p{M}\p{N}_.]{3,}$/u.test(handle)) return null;
  const judged: Verdicted = judgeAccount(handle, null);
  return { kind: 'handle', shown: shownAs(`@ ${handle}`), ...judged };
}

/** For what cannot be read as an address: only what every phone and every channel can show. */
function readable(written: string): string {
  return written.replace(/[^\u0021-\u007E]/gu, '?');
}

/** No platform makes a link of it: dots stand apart. */
function shownAs(name: string): string {
  const plain = readable(name.replaceAll(' @ ', '@').replace(/^@ /, '@'));
  const short = plain.length > shownCap ? `...${plain.slice(-shownCap)}` : plain;
  return short
    .replaceAll('://', ' : ')
    .replaceAll('.', ' . ')
    .replaceAll('@', ' @ ')
    .replaceAll(' .  .  . ', '...')
    .trim();
}
