import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { serverLog } from '../../src/commands/server-log.ts';
import { bodyCap, CannotListen, type HttpOptions, httpServer, listen } from '../../src/http.ts';
import { openLog } from '../../src/log.ts';
import { raw } from './raw.ts';

const opened: { close(): Promise<void> }[] = [];
const logged: string[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((app) => app.close()));
  logged.length = 0;
});

/** Quick, so that what is slow is told in a moment. */
const hurried = { headers: 200, request: 400, idle: 10_000, check: 50 };

function server(options: Partial<HttpOptions> = {}): ReturnType<typeof httpServer> {
  const log = serverLog(openLog('debug', { write: (line) => void logged.push(line) }));
  const app = httpServer({ ready: {}, log, trustProxy: false, ...options });
  app.post('/echo', (request, reply) => reply.send({ got: typeof request.body }));
  app.get('/ip', (request, reply) => reply.send({ ip: request.ip }));
  app.get('/broken', async () => {
    throw new Error('NIK 3273014107900001 is not in the table');
  });
  app.get('/endless', async (_request, reply) => reply.type('text/event-stream').send(endless()));
  opened.push(app);
  return app;
}

/** A stream that begins and never ends. */
function endless(): Readable {
  const stream = new Readable({ read: () => undefined });
  stream.push(':\n\n');
  return stream;
}

function serve(options: Partial<HttpOptions> = {}): Promise<string> {
  return listen(server(options), { host: '127.0.0.1', port: 0 });
}

describe('health', () => {
  it('says that the process is alive whatever its parts do', async () => {
    const answer = await server({ ready: { registry: async () => false } }).inject('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { alive: true }]);
  });

  it('is ready when every part is', async () => {
    const answer = await server({ ready: { registry: async () => true, engine: async () => true } }).inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([200, { ready: true, parts: { registry: true, engine: true } }]);
  });

  it('tells how channels stand, and stays ready when a platform is away', async () => {
    const channels = () => ({ telegram: 'connecting', whatsapp: 'stopped' });
    const answer = await server({ ready: { registry: async () => true }, channels }).inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { ready: true, parts: { registry: true }, channels: { telegram: 'connecting', whatsapp: 'stopped' } },
    ]);
  });

  it('names the part that is not ready, be it false, failing or silent, and says nothing of why', async () => {
    const ready = {
      fine: async () => true,
      down: async () => false,
      failing: async () => {
        throw new Error('password authentication failed for postgres://bot:secret@db');
      },
      silent: () => new Promise<boolean>(() => undefined),
    };
    const answer = await server({ ready }).inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { ready: false, parts: { fine: true, down: false, failing: false, silent: false } },
    ]);
  });
});

describe('every answer', () => {
  it.each(['/healthz', '/nowhere', '/broken', '/%'])('of %s forbids all that the page does not need', async (url) => {
    const { headers } = await server().inject(url);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['permissions-policy']).toContain('camera=()');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('asks browsers to stay with TLS where it came by TLS', async () => {
    const answer = await server({ trustProxy: true }).inject({ url: '/ip', headers: { 'x-forwarded-proto': 'https' } });
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('errors', () => {
  it.each([
    ['broken JSON', 400, '{"nik": 3273014107900001,,'],
    ['a prototype to pollute', 400, '{"__proto__": {"admin": true}}'],
    ['nothing at all', 400, ''],
    ['a body that is too large', 413, JSON.stringify('x'.repeat(bodyCap))],
  ])('answer %s with one line that repeats nothing', async (_what, status, payload) => {
    const answer = await server().inject({
      method: 'POST',
      url: '/echo',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(status);
    expect(Object.keys(answer.json<object>())).toEqual(['error']);
    expect(answer.body).not.toMatch(/3273014107900001|__proto__|FST_|at /);
  });

  it('take JSON that is very deep without falling over', async () => {
    const payload = '['.repeat(20_000) + ']'.repeat(20_000);
    const headers = { 'content-type': 'application/json' };
    const answer = await server().inject({ method: 'POST', url: '/echo', headers, payload });
    expect([answer.statusCode, answer.body]).toEqual([200, '{"got":"object"}']);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])('refuse %s', async (type) => {
    const headers = { 'content-type': type };
    const answer = await server().inject({ method: 'POST', url: '/echo', headers, payload: 'a=b' });
    expect([answer.statusCode, answer.json()]).toEqual([415, { error: 'Only application/json is understood here' }]);
  });

  it('name the methods that a path has', async () => {
    const answer = await server().inject({ method: 'DELETE', url: '/echo?x=1' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST']);
  });

  it.each([
    ['/nowhere', 404],
    ['/%', 400],
    ['//[', 404],
  ])('answer %s with %i', async (url, status) => {
    const answer = await server().inject(url);
    expect([answer.statusCode, Object.keys(answer.json<object>())]).toEqual([status, ['error']]);
  });

  it('of ours are told to nobody, and logged without the words that they hold', async () => {
    const answer = await server().inject('/broken');
    expect([answer.statusCode, answer.json()]).toEqual([500, { error: 'Something went wrong here' }]);
    expect(logged.join('')).toContain('request.failed');
    expect(logged.join('')).not.toContain('3273014107900001');
  });
});

describe('the address of a client', () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };

  it('is not what the client says it is', async () => {
    expect((await server().inject({ url: '/ip', headers })).json()).toEqual({ ip: '127.0.0.1' });
  });

  it('is what a trusted proxy says it is', async () => {
    const trusting = server({ trustProxy: ['127.0.0.1'] });
    expect((await trusting.inject({ url: '/ip', headers })).json()).toEqual({ ip: '203.0.113.7' });
  });
});

describe('slow and broken clients', () => {
  it('are sent away when their headers do not come to an end', async () => {
    const url = await serve({ timeouts: { ...hurried, request: 60_000 } });
    expect(await raw(url, 'GET /ip HTTP/1.1\r\nhost: a\r\nx-slow: ')).toMatch(
      /^HTTP\/1.1 408 [^]*{"error":"The request took too long"}$/,
    );
  });

  it('are sent away when their body does not come to an end', async () => {
    const url = await serve({ timeouts: hurried });
    const answer = await raw(
      url,
      'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  });

  it('do not hold up anybody else', async () => {
    const url = await serve({ timeouts: { headers: 30_000, request: 30_000 } });
    let ended = 0;
    const slow = Array.from({ length: 50 }, () =>
      raw(url, 'GET /ip HTTP/1.1\r\nx: ').finally(() => {
        ended += 1;
      }),
    );
    void Promise.allSettled(slow);
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(`${url}/ip`)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(ended).toBe(0);
  });

  it('are told that their body is too large before it is all there', async () => {
    const url = await serve();
    const answer = await raw(
      url,
      `POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${10 ** 9}\r\n\r\n${'x'.repeat(1_000)}`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 [^]*{"error":"The message is too large"}$/);
  });

  it.each([
    ['something that is not HTTP', '\u0000\u0001\r\n\r\n', 400],
    ['two lengths', 'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx', 400],
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
  ])('that send %s get one line', async (_what, text, status) => {
    const url = await serve();
    expect(await raw(url, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*{"error":"[^"]+"}$`));
  });
});

describe('starting and stopping', () => {
  it('says in one line that the port is taken', async () => {
    const { port } = new URL(await serve());
    const second = listen(server(), { host: '127.0.0.1', port: Number(port) });
    await expect(second).rejects.toThrow(CannotListen);
    await expect(second).rejects.toThrow(`Port ${port} is taken: another program listens there. Set another PORT.`);
  });

  it('says in one line that the address is not ours', async () => {
    await expect(listen(server(), { host: '192.0.2.1', port: 0 })).rejects.toThrow(
      'This machine does not have the address 192.0.2.1: set another HOST.',
    );
  });

  it('stops within two seconds though streams are open and requests are half sent', async () => {
    const app = server();
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const stream = await fetch(`${url}/endless`);
    const half = raw(url, 'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\n').catch(() => 'cut');
    expect(stream.status).toBe(200);
    const began = performance.now();
    await app.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(stream.text()).rejects.toThrow('terminated');
    await half;
  });
});
