import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { templateGateway } from '../../../../src/bots/sms/gateways/template.ts';
import { phoneSchema } from '../../../../src/core/jamsostek/phone.ts';

const phone = phoneSchema.parse('+6284000001000');
const text = 'Kode Anda YK-095324. Jangan beri tahu & jangan klik? 100% #1 {to}';
const reference = 'r-_1';
const sms = { to: phone, text, reference, validFor: 60_000 };

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function portOf(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return z.object({ port: z.number() }).parse(server.address()).port;
}

/** A gateway that answers as told, and keeps what it was asked. */
async function listening(
  answer: RequestListener,
): Promise<{ origin: string; asked: IncomingMessage[]; server: Server }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  const origin = `127.0.0.1:${await portOf(server)}`;
  closing.push(() => server.closeAllConnections());
  return { origin, asked, server };
}

const query = 'username=chat&to={to}&coding=0&text={text}';

async function sendThrough(answer: RequestListener, timeout = 10_000) {
  const { origin, asked } = await listening(answer);
  const gateway = templateGateway({ url: `http://${origin}/cgi-bin/sendsms?${query}`, timeout });
  return { result: await gateway.send(sms), asked };
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('0: Accepted for delivery');

describe('an SMS through a gateway', () => {
  it('is one GET with number and text in their places, exactly as they are', async () => {
    const { result, asked } = await sendThrough(status(202));
    expect(result).toEqual({ sent: true });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.method).toBe('GET');
    const url = new URL(asked[0]?.url ?? '', 'http://gateway');
    expect(url.pathname).toBe('/cgi-bin/sendsms');
    expect(Object.fromEntries(url.searchParams)).toEqual({ username: 'chat', to: phone, coding: '0', text });
  });

  it('can have its number and text in the path', async () => {
    const { origin, asked } = await listening(status(200));
    await templateGateway({ url: `http://${origin}/send/{to}/{text}` }).send({ ...sms, text: 'a/b c' });
    expect(asked[0]?.url).toBe('/send/%2B6284000001000/a%2Fb%20c');
  });

  it('can have what the gateway is to report it by in its place', async () => {
    const { origin, asked } = await listening(status(200));
    await templateGateway({ url: `http://${origin}/?to={to}&text={text}&report={ref}` }).send(sms);
    expect(new URL(asked[0]?.url ?? '', 'http://gateway').searchParams.get('report')).toBe(reference);
  });

  it('brings a name and password before the host as HTTP Basic', async () => {
    const { origin, asked } = await listening(status(200));
    const gateway = templateGateway({ url: `http://chat:p%40ss@${origin}/?to={to}&text={text}` });
    expect(await gateway.send(sms)).toEqual({ sent: true });
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('chat:p@ss').toString('base64')}`);
  });

  it('survives text that is not well formed', async () => {
    const { origin, asked } = await listening(status(200));
    const url = `http://${origin}/?to={to}&text={text}`;
    expect(await templateGateway({ url }).send({ ...sms, text: 'a\ud800' })).toEqual({ sent: true });
    expect(new URL(asked[0]?.url ?? '', 'http://gateway').searchParams.get('text')).toBe('a\ufffd');
  });

  it('goes out on a connection of its own', async () => {
    const { origin, asked, server } = await listening(status(202));
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const gateway = templateGateway({ url: `http://${origin}/?to={to}&text={text}` });
    for (let time = 0; time < 3; time += 1) await gateway.send(sms);
    expect(asked.map(({ headers }) => headers.connection)).toEqual(['close', 'close', 'close']);
    expect(connections).toBe(3);
  });
});

describe('what the gateway answers', () => {
  it.each([
    [200, {}, { sent: true }],
    [201, {}, { sent: true }],
    [202, {}, { sent: true }],
    [400, {}, { sent: false, problem: 'refused' }],
    [404, {}, { sent: false, problem: 'refused' }],
    [401, {}, { sent: false, problem: 'unauthorised' }],
    [403, {}, { sent: false, problem: 'unauthorised' }],
    [429, {}, { sent: false, problem: 'throttled' }],
    [429, { 'retry-after': '7' }, { sent: false, problem: 'throttled', retryAfter: 7_000 }],
    [429, { 'retry-after': 'Sun, 22 Nov 2026 10:00:00 GMT' }, { sent: false, problem: 'throttled' }],
    [503, { 'retry-after': '30' }, { sent: false, problem: 'throttled', retryAfter: 30_000 }],
    [503, {}, { sent: false, problem: 'unreachable' }],
    [500, {}, { sent: false, problem: 'uncertain' }],
    [502, {}, { sent: false, problem: 'uncertain' }],
    [504, {}, { sent: false, problem: 'uncertain' }],
  ] as const)('%i %j comes to %j', async (code, headers, expected) => {
    const { result, asked } = await sendThrough(status(code, headers));
    expect(result).toEqual(expected);
    expect(asked).toHaveLength(1);
  });

  it('is not followed to another place', async () => {
    const elsewhere = await listening(status(200));
    const { result } = await sendThrough(status(302, { location: `http://${elsewhere.origin}/` }));
    expect(result).toEqual({ sent: false, problem: 'refused' });
    expect(elsewhere.asked).toHaveLength(0);
  });

  it('counts by its status, though its body breaks off', async () => {
    const { result } = await sendThrough((_request, response) => {
      response.writeHead(202, { 'content-length': '100' }).write('0: Acc');
      setImmediate(() => response.destroy());
    });
    expect(result).toEqual({ sent: true });
  });

  it('is uncertain when it does not come in time', async () => {
    const { result, asked } = await sendThrough(() => undefined, 200);
    expect(result).toEqual({ sent: false, problem: 'uncertain' });
    expect(asked).toHaveLength(1);
  });

  it('is uncertain when the connection breaks after the request has left', async () => {
    const { result, asked } = await sendThrough((request) => request.socket.destroy());
    expect(result).toEqual({ sent: false, problem: 'uncertain' });
    expect(asked).toHaveLength(1);
  });

  it('is uncertain when it is no HTTP', async () => {
    const server = createTcpServer((socket) => socket.end('SSH-2.0\r\n\r\n'));
    const url = `http://127.0.0.1:${await portOf(server)}/?to={to}&text={text}`;
    expect(await templateGateway({ url }).send(sms)).toEqual({ sent: false, problem: 'uncertain' });
  });
});

describe('a gateway that cannot be reached', () => {
  it('refuses the connection', async () => {
    const server = createServer();
    const port = await portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const gateway = templateGateway({ url: `http://127.0.0.1:${port}/?to={to}&text={text}` });
    expect(await gateway.send(sms)).toEqual({ sent: false, problem: 'unreachable' });
  });
});
