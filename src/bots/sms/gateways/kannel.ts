import { minute } from '../../../core/time.ts';
import type { Gateway, OutgoingSms } from '../gateway.ts';
import { reportsPath } from '../names.ts';
import { handOver } from './http.ts';
import { readMessage, readReport } from './incoming.ts';

/** How Kannel is reached. */
export interface KannelOptions {
  /** Of its `sendsms`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Number or name that texts come from; null leaves it to Kannel. */
  readonly sender: string | null;
  /** Where it reports to, and the key that it shows there; null asks for no reports. */
  readonly reports: { readonly url: string; readonly secret: string } | null;
  /** How long it may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Every kind of report that Kannel makes. */
const allReports = '31';

/**
 * Kannel (1.4.5), by a POST with all but the text in headers: neither number, text nor password stands in an address,
 * which Kannel and whatever is before it would log.
 */
export function kannelGateway(kannel: KannelOptions): Gateway {
  return {
    send({ to, text, reference, validFor }: OutgoingSms) {
      const headers = {
        'content-type': 'text/plain; charset=UTF-8',
        'x-kannel-username': kannel.username,
        'x-kannel-password': kannel.password,
        'x-kannel-to': to,
        'x-kannel-coding': '0',
        'x-kannel-validity': String(Math.ceil(validFor / minute)),
        ...(kannel.sender !== null && { 'x-kannel-from': kannel.sender }),
        ...(kannel.reports !== null && {
          'x-kannel-dlr-mask': allReports,
          'x-kannel-dlr-url': reportUrl(kannel.reports, reference),
        }),
      };
      // A wrong address is our setting, not this text: it says 404 to whatever it does not know.
      const means = { 404: 'unauthorised' } as const;
      return handOver({ url: kannel.url, method: 'POST', headers, body: text, timeout: kannel.timeout, means });
    },
    message: readMessage,
    report: readReport,
  };
}

/** `%d` is for Kannel to fill in. */
function reportUrl({ url, secret }: { readonly url: string; readonly secret: string }, reference: string): string {
  return `${url}${reportsPath}?key=${secret}&ref=${reference}&state=%d`;
}
