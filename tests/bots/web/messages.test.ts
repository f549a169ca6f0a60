import { afterEach, describe, expect, it } from 'vitest';
import { Stage, type StageOptions } from './stage.ts';

const cookie = `chat=${'c'.repeat(22)}`;
const own = { host: 'chat.test', origin: 'http://chat.test', 'content-type': 'application/json', cookie };
const message = { id: 'message-1', text: 'cek saldo' };

const stages: Stage[] = [];
afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.stop()));
});

async function open(options?: StageOptions): Promise<Stage> {
  const stage = await Stage.indoors(options);
  stages.push(stage);
  return stage;
}

function post(stage: Stage, payload: object | string, headers: Record<string, string> = own) {
  return stage.app.inject({ method: 'POST', url: '/web/messages', headers, payload });
}

describe('a message', () => {
  it.each([
    [{ text: 'cek saldo' }, { kind: 'text', text: 'cek saldo' }],
    [{ text: '' }, { kind: 'text', text: '' }],
    [{ choice: 'consent_yes' }, { kind: 'choice', id: 'consent_yes' }],
    [{ location: { latitude: -6.9, longitude: 107.6 } }, { kind: 'location', latitude: -6.9, longitude: 107.6 }],
    [{ media: 'voice' }, { kind: 'media', media: 'voice' }],
  ])('%o reaches the assistant as what the member did', async (sent, content) => {
    const stage = await open();
    const answer = await post(stage, { id: 'message-1', language: 'en', ...sent });
    expect(answer.statusCode).toBe(202);
    expect(stage.taken).toMatchObject([
      {
        id: 'message-1',
        content,
        from: { channel: 'web' },
        private: true,
        source: '127.0.0.1',
        languageHint: 'en',
      },
    ]);
  });

  it.each([
    ['nothing in it', { id: 'message-1' }],
    ['two things in it', { id: 'message-1', text: 'a', choice: 'b' }],
    ['something unknown in it', { ...message, admin: true }],
    ['no id', { text: 'a' }],
    ['an id that is no id', { id: '../../etc', text: 'a' }],
    ['a text that is no text', { id: 'message-1', text: { $gt: '' } }],
    ['an unknown language', { ...message, language: 'xx' }],
    ['an unknown medium', { id: 'message-1', media: 'hologram' }],
    ['a place outside of the world', { id: 'message-1', location: { latitude: 91, longitude: 0 } }],
    ['a list instead of it', []],
    ['a word instead of it', '"hello"'],
    ['null instead of it', 'null'],
  ])('with %s is refused in plain words', async (_what, payload) => {
    const stage = await open();
    const answer = await post(stage, payload);
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: 'This is not a message that the assistant can take' },
    ]);
    expect(stage.taken).toEqual([]);
  });

  it('that comes again is answered again and not doubled', async () => {
    const stage = await open();
    const first = await post(stage, message);
    const again = await post(stage, message);
    expect([first.statusCode, again.statusCode, again.json()]).toEqual([202, 202, first.json()]);
    expect(stage.words).toEqual(['cek saldo']);
  });

  it('is refused for now when too many wait', async () => {
    const stage = await open();
    stage.trouble.push('full');
    const answer = await post(stage, message);
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '5']);
    expect((await post(stage, message)).statusCode).toBe(202);
  });

  it('that could not be kept is to be sent again, and what it says is not logged', async () => {
    const stage = await open();
    stage.trouble.push('throws');
    const answer = await post(stage, message);
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(stage.logged.join('')).toContain('request.failed');
    expect(stage.logged.join('')).not.toContain('saldo');
    expect((await post(stage, message)).statusCode).toBe(202);
  });

  it('without a chat to belong to is refused', async () => {
    const stage = await open();
    for (const none of ['', 'chat=', 'chat=short', 'other=value', `chat=${'<'.repeat(22)}`]) {
      expect((await post(stage, message, { ...own, cookie: none })).statusCode).toBe(401);
    }
    expect(stage.taken).toEqual([]);
  });

  it('comes from the address that a trusted proxy names', async () => {
    const stage = await open({ trustProxy: true });
    const headers = { ...own, 'x-forwarded-for': '203.0.113.7' };
    expect((await post(stage, message, headers)).statusCode).toBe(202);
    expect(stage.taken[0]?.source).toBe('203.0.113.7');
  });
});

describe('the secret of a chat', () => {
  it('is known to the browser alone', async () => {
    const stage = await open();
    await post(stage, message);
    expect(JSON.stringify(stage.taken)).not.toContain('c'.repeat(22));
    expect(stage.logged.join('')).not.toContain('c'.repeat(22));
  });

  it.each([
    ['http', 'chat', ''],
    ['https', '__Host-chat', '; Secure'],
  ])('over %s is a cookie that no script and no other site can use', async (protocol, name, secure) => {
    const stage = await open({ trustProxy: true });
    const answer = await stage.app.inject({
      method: 'POST',
      url: '/web/end',
      headers: { host: 'chat.test', origin: `${protocol}://chat.test`, 'x-forwarded-proto': protocol },
    });
    expect(answer.headers['set-cookie']).toMatch(
      new RegExp(`^${name}=[\\w-]{22}; Path=/; HttpOnly; SameSite=Strict${secure}$`),
    );
  });

  it('is another one each time', async () => {
    const stage = await open();
    const { 'content-type': _, ...headers } = own;
    const given = await Promise.all(
      Array.from({ length: 20 }, () => stage.app.inject({ method: 'POST', url: '/web/end', headers })),
    );
    expect(new Set(given.map(({ headers }) => headers['set-cookie'])).size).toBe(20);
  });
});

describe('a request from elsewhere', () => {
  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['a site that looks alike', { origin: 'http://chat.test.evil.test' }],
    ['another port', { origin: 'http://chat.test:81' }],
    ['nowhere', { origin: 'null' }],
    ['a cross-site form', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another site that lies in half', { origin: 'http://chat.test', 'sec-fetch-site': 'cross-site' }],
    ['one that does not say', {}],
  ])('(%s) cannot write', async (_where, from) => {
    const stage = await open();
    const { origin: _, ...headers } = own;
    const answer = await post(stage, message, { ...headers, ...from });
    expect([answer.statusCode, answer.json()]).toEqual([403, { error: 'Only the page itself may ask this' }]);
    expect(stage.taken).toEqual([]);
  });

  it.each([{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.test' }])('(%o) cannot listen', async (from) => {
    const stage = await open();
    const answer = await stage.app.inject({ url: '/web/events', headers: { host: 'chat.test', cookie, ...from } });
    expect(answer.statusCode).toBe(403);
  });

  it('cannot write with a form', async () => {
    const stage = await open();
    const answer = await post(stage, '{"id":"message-1","text":"a"}', { ...own, 'content-type': 'text/plain' });
    expect(answer.statusCode).toBe(415);
  });
});

describe('the page', () => {
  it('comes in the language of the browser', async () => {
    const stage = await open();
    const of = async (accept: string) =>
      (await stage.app.inject({ url: '/', headers: { 'accept-language': accept } })).body.match(
        /<html lang="(..)">/,
      )?.[1];
    expect(await of('en-GB,en;q=0.9,id;q=0.8')).toBe('en');
    expect(await of('jv,id-ID;q=0.9,en;q=0.8')).toBe('id');
    expect(await of('')).toBe('id');
  });

  it('is not sent again to a browser that has it', async () => {
    const stage = await open();
    const { etag } = (await stage.app.inject('/')).headers;
    const again = await stage.app.inject({ url: '/', headers: { 'if-none-match': etag } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('names files that a browser may keep for good', async () => {
    const stage = await open();
    const paths = [...(await stage.app.inject('/')).body.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const file = await stage.app.inject(path);
      expect([file.statusCode, file.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });

  it('has nothing inline', async () => {
    const stage = await open({ demo: true });
    const { body } = await stage.app.inject('/');
    expect(body).not.toMatch(/<style| style=| on\w+=|javascript:|<script(?![^>]* src=)/i);
  });

  it('has no trace of the demo where there is none', async () => {
    const stage = await open();
    const html = (await stage.app.inject('/')).body;
    const folder = /\/page\/[\w-]+\//.exec(html)?.[0] ?? '';
    const scripts = await everyScript(stage, folder, 'page.js');
    expect(scripts.size).toBeGreaterThan(5);
    const css = (await stage.app.inject(`${folder}page.css`)).body;
    expect([html, css, ...scripts.values()].join('\n')).not.toMatch(
      /demo|\bsms"|rekaan|fictional|member.s phone|HP peserta/i,
    );
    for (const gone of ['/demo/members', `${folder}demo.js`, `${folder}demo.css`]) {
      expect((await stage.app.inject(gone)).statusCode).toBe(404);
    }
    expect(stage.bot).not.toHaveProperty('showSms');
  });

  it('lists the demo members by NIK, name and scenario where there is one', async () => {
    const stage = await open({ demo: true });
    expect((await stage.app.inject('/demo/members')).json()).toContainEqual({
      nik: '3273014107900001',
      name: 'Rekaan Satu',
      scenario: 'one KPJ',
    });
  });
});

/** A script and all that it imports, by name. */
async function everyScript(stage: Stage, folder: string, name: string, found = new Map<string, string>()) {
  if (found.has(name)) return found;
  const { statusCode, body } = await stage.app.inject(folder + name);
  expect(statusCode).toBe(200);
  found.set(name, body);
  for (const [, imported] of body.matchAll(/from '\.\/([\w.]+)'/g))
    await everyScript(stage, folder, imported ?? '', found);
  return found;
}
