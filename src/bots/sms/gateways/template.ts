import type { Gateway, OutgoingSms } from '../gateway.ts';
import { handOver } from './http.ts';
import { readMessage, readReport } from './incoming.ts';

/**
 * Any gateway that takes texts by GET: `{to}` and `{text}` in `url` stand for the number (`+62…`) and the text, and
 * `{ref}` where there is one for what the gateway is to report it by. A name and password in the address are sent as HTTP
 * Basic. `timeout` is in milliseconds.
 */
export function templateGateway(gateway: { readonly url: string; readonly timeout?: number }): Gateway {
  const { url, headers } = splitCredentials(gateway.url);
  return {
    send({ to, text, reference }: OutgoingSms) {
      const values = { to, text: text.toWellFormed(), ref: reference };
      const address = url.replaceAll(/\{(to|text|ref)\}/g, (_, name: 'to' | 'text' | 'ref') =>
        encodeURIComponent(values[name]),
      );
      return handOver({ url: address, method: 'GET', headers, timeout: gateway.timeout });
    },
    message: readMessage,
    report: readReport,
  };
}

/** The client sends no name and password out of an address. The rest stays as it was written, placeholders too. */
function splitCredentials(text: string): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const { username, password } = new URL(text);
  if (username === '' && password === '') return { url: text, headers: {} };
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: text.replace(/^(\w+:\/\/)[^/]*@/, '$1'),
    headers: { authorization: `Basic ${Buffer.from(plain).toString('base64')}` },
  };
}
