import type { SendResult } from '../../core/sending.ts';
import type { ChannelLink } from '../channel-link.ts';

/** What a send tells of the way to the gateway; the others are about the text alone. */
const tellsOfLink: ReadonlySet<string> = new Set(['unreachable', 'uncertain', 'unauthorised']);

/** There is no connection to a gateway to look at: how the link stands, the last send tells. */
export function tellOfSend(link: ChannelLink, result: SendResult): void {
  if (result.sent) link.is('up');
  else if (tellsOfLink.has(result.problem)) link.is('connecting', result.problem);
}
