import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type KannelOptions, kannelGateway } from '../../../../src/bots/sms/gateways/kannel.ts';
import { phoneSchema } from '../../../../src/core/jamsostek/phone.ts';

const sms = {
  to: phoneSchema.parse('+6284000001000'),
  text: 'Saldo é 100% & lebih\n1 Iuran',
  reference: 'r-_1',
  validFor: 60_000,
};

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends the text to a stand-in that answers as told: what it was asked, and what that comes to. */
async function sentTo(answer: RequestListener, changed: Partial<KannelOptions> = {}) {
  const asked: Asked[] = [];
  const take = async (...[request, response]: Parameters<RequestListener>) => {
    const { method, url, headers } = request;
    asked.push({ method, url, headers, body: await textOf(request) });
    answer(request, response);
  };
  const server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const gateway = kannelGateway({
    url: `http://127.0.0.1:${port}/cgi-bin/sendsms`,
    username: 'chat',
    password: 's3nd',
    sender: null,
    reports: null,
    ...changed,
  });
  return { result: await gateway.send(sms), asked };
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('0: Accepted for delivery');

describe('a text through Kannel', () => {
  it('is one POST with the text alone in its body, and nothing in its address', async () => {
    const { result, asked } = await sentTo(status(202));
    expect(result).toEqual({ sent: true });
    expect(asked).toMatchObject([{ method: 'POST', url: '/cgi-bin/sendsms', body: sms.text }]);
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'text/plain; charset=UTF-8',
      'x-kannel-username': 'chat',
      'x-kannel-password': 's3nd',
      'x-kannel-to': sms.to,
      'x-kannel-coding': '0',
      'x-kannel-validity': '1',
    });
    expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => /from|dlr/.test(name))).toEqual([]);
  });

  it('comes from the sender that is set, and asks to have every step reported to us', async () => {
    const reports = { url: 'http://chat.example/a', secret: 'made-for-sms-tests' };
    const { asked } = await sentTo(status(202), { sender: '2757', reports });
    expect(asked[0]?.headers).toMatchObject({
      'x-kannel-from': '2757',
      'x-kannel-dlr-mask': '31',
      'x-kannel-dlr-url': 'http://chat.example/a/sms/reports?key=made-for-sms-tests&ref=r-_1&state=%d',
    });
  });

  it.each([
    [202, {}, { sent: true }],
    [400, {}, { sent: false, problem: 'refused' }],
    [401, {}, { sent: false, problem: 'unauthorised' }],
    [403, {}, { sent: false, problem: 'unauthorised' }],
    [404, {}, { sent: false, problem: 'unauthorised' }],
    [429, { 'retry-after': '7' }, { sent: false, problem: 'throttled', retryAfter: 7_000 }],
    [503, {}, { sent: false, problem: 'unreachable' }],
    [500, {}, { sent: false, problem: 'uncertain' }],
    [504, {}, { sent: false, problem: 'uncertain' }],
  ] as const)('that it answers with %i %j comes to %j', async (code, headers, expected) => {
    expect((await sentTo(status(code, headers))).result).toEqual(expected);
  });

  it('is uncertain when no answer comes in time, or the connection breaks', async () => {
    const uncertain = { sent: false, problem: 'uncertain' };
    expect((await sentTo(() => undefined, { timeout: 200 })).result).toEqual(uncertain);
    expect((await sentTo((request) => request.socket.destroy())).result).toEqual(uncertain);
  });

  it('is unreachable when nobody listens there', async () => {
    const { result } = await sentTo(status(202), { url: 'http://127.0.0.1:1/cgi-bin/sendsms' });
    expect(result).toEqual({ sent: false, problem: 'unreachable' });
  });
});
