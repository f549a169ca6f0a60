import type { Verdicted } from './judgement.ts';
import { borrowing } from './look-alikes.ts';
import { knownHandle, type Platform } from './official.ts';

/** Where accounts are, by the hosts of their pages. */
const homes: Readonly<Record<string, Platform>> = {
  'instagram.com': 'instagram',
  'instagr.am': 'instagram',
  'facebook.com': 'facebook',
  'm.facebook.com': 'facebook',
  'fb.com': 'facebook',
  'fb.me': 'facebook',
  'x.com': 'x',
  'twitter.com': 'x',
  't.me': 'telegram',
  'telegram.me': 'telegram',
  'telegram.dog': 'telegram',
  'tiktok.com': 'tiktok',
  'youtube.com': 'youtube',
};

/** An account that a link leads to: `instagram.com/bpjs.ketenagakerjaan`. Null for other links. */
export function accountOf(host: string, path: string): { platform: Platform; handle: string } | null {
  const platform = homes[host.replace(/^www\./, '')];
  const handle = path.split('/')[1]?.replace(/^@/, '').toLowerCase() ?? '';
  return platform === undefined || handle === '' ? null : { platform, handle };
}

/** What is known of an account; without a platform, as "@name" says none. */
export function judgeAccount(handle: string, platform: Platform | null): Verdicted {
  const known = knownHandle(handle, platform);
  if (known) return known;
  const way = borrowing(handle);
  if (way === null) return { verdict: 'unknown', why: 'not_known' };
  return { verdict: 'look-alike', why: platform === 'telegram' ? 'telegram' : way };
}
