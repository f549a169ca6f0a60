import { isIPv6 } from 'node:net';

/**
 * What limits are kept for: an IPv4 address as it is, of an IPv6 address the network (/64), since whoever has one of its
 * addresses has them all.
 */
export function sourceOf(ip: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [before = '', after = ''] = ip.split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const [first, last] = [groups(before), groups(after)];
  const zeros = Array.from({ length: ip.includes('::') ? 8 - first.length - last.length : 0 }, () => '0');
  return [...first, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
