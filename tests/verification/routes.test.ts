import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, minute, second } from '../../src/core/time.ts';
import { windows } from '../../src/verification/limits.ts';
import { raw } from '../http/raw.ts';
import { forged, home, Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  await stage.close();
});

/** What of an answer anybody could tell apart, but for its date. */
async function seen(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => name !== 'date');
  return { status: answer.status, headers, body: await answer.text() };
}

const [perSource] = windows.perSource;
const [notOurs] = windows.notOurs;

/** Looks at an address so many times at once, from one network address or from many. */
async function look(times: number, address: string, from: (time: number) => string = () => home): Promise<number[]> {
  const looks = Array.from({ length: times }, (_, time) => stage.get(address, from(time)));
  return (await Promise.all(looks)).map(({ status }) => status);
}

describe('the page of a paper', () => {
  it('says that it is valid, what it is, whose initials it has and when it was made', async () => {
    const answer = await stage.get(stage.addressOf({ kind: 'statement' }));
    expect(answer.status).toBe(200);
    const page = await answer.text();
    for (const words of [
      'BERLAKU',
      'Valid',
      'Surat saldo',
      'R. L.',
      '30 November 2026',
      '29 Mei 2027',
      '29 May 2027',
    ]) {
      expect(page).toContain(words);
    }
    expect(page).not.toContain('TIDAK BERLAKU');
  });

  it('says that it has expired, and nothing else of it', async () => {
    const address = stage.addressOf();
    stage.now += 31 * day;
    const answer = await stage.get(address);
    const page = await answer.text();
    expect(answer.status).toBe(410);
    expect(page).toContain('SUDAH LEWAT');
    expect(page).not.toMatch(/R\. L\.|20\d\d|<dl>/);
  });

  it('is the same for everything that is not ours, down to the last header', async () => {
    const address = stage.addressOf();
    const first = await seen(await stage.get(forged(address)));
    expect(first).toMatchObject({ status: 404 });
    for (const other of [
      `${stage.url}/v/`,
      `${stage.url}/v/x`,
      `${stage.url}/v/a/b/c`,
      `${stage.url}/v/${'x'.repeat(2_000)}`,
      address.slice(0, -1),
      `${address}A`,
      `${address}/`,
      address.replace('/v/', '/v/%20'),
      address.replace(/.$/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    ]) {
      expect(await seen(await stage.get(other)), other).toEqual(first);
    }
  });

  it('does not mind what messengers hang on behind an address', async () => {
    expect((await stage.get(`${stage.addressOf()}?fbclid=abc`)).status).toBe(200);
  });

  it('has letters of any script for initials', async () => {
    expect(await (await stage.get(stage.addressOf({ initials: 'م. ع.' }))).text()).toContain('<bdi>م. ع.</bdi>');
  });

  it('is kept, listed and passed on by nobody, runs nothing and sets no cookie', async () => {
    const valid = stage.addressOf();
    for (const address of [valid, forged(valid)]) {
      const { headers, ...answer } = await stage.get(address).then(async (got) => ({
        headers: Object.fromEntries(got.headers),
        body: await got.text(),
      }));
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex, nofollow',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).not.toHaveProperty('set-cookie');
      expect(answer.body).not.toMatch(/<script|<style|style=|\son\w+=|https?:/);
    }
  });

  it('has one style, kept for good', async () => {
    const page = await (await stage.get(stage.addressOf())).text();
    const path = page.split('rel="stylesheet" href="')[1]?.split('"', 1)[0] ?? '';
    const style = await stage.get(`${stage.url}${path}`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(style.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await style.text()).toContain('.verdict');
  });
});

describe('other methods', () => {
  it('HEAD says the same without the page', async () => {
    const address = stage.addressOf();
    const answer = await stage.get(address, home, 'HEAD');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await stage.get(forged(address), home, 'HEAD')).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not allowed, whatever the token', async (method) => {
    const address = stage.addressOf();
    for (const each of [address, forged(address)]) {
      const answer = await stage.get(each, home, method);
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('a body that nobody asked for is not read', async () => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await fetch(stage.addressOf(), { method: 'POST', headers, body: 'x'.repeat(100_000) });
    expect(answer.status).toBe(405);
  });
});

describe('the limits', () => {
  it('let one network address look so many times a minute, say when it may again, and then let it', async () => {
    const address = stage.addressOf();
    expect(new Set(await look(perSource.max, address))).toEqual(new Set([200]));
    const refused = await stage.get(address);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    const page = await refused.text();
    expect(page).toContain('TUNGGU SEBENTAR');
    expect(page).toContain('Please wait');
    expect(page).not.toMatch(/R\. L\.|20\d\d|<dl>/);
    stage.now += minute - second;
    expect((await stage.get(address)).headers.get('retry-after')).toBe('1');
    stage.now += second;
    expect((await stage.get(address)).status).toBe(200);
  });

  it('are of an IPv6 network, not of each of its addresses, and of no other network', async () => {
    const address = stage.addressOf();
    await look(perSource.max, address, (time) => `2001:db8:1:2::${time + 1}`);
    expect((await stage.get(address, '2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await stage.get(address, '2001:db8:1:3::1')).status).toBe(200);
  });

  it('refuse forged papers beyond so many from everywhere, and never one of ours because of them', async () => {
    const address = stage.addressOf();
    const statuses = await look(notOurs.max, forged(address), (time) => `198.51.100.${time % 250}`);
    expect(new Set(statuses)).toEqual(new Set([404]));
    expect((await stage.get(forged(address))).status).toBe(429);
    expect((await stage.get(address)).status).toBe(200);
  });

  it('that cannot be asked let nobody look', async () => {
    stage.limitsUp = false;
    const address = stage.addressOf();
    const answers = [await stage.get(address), await stage.get(forged(address))];
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    }
    const [one, other] = await Promise.all(answers.map((answer) => answer.text()));
    expect(one).toContain('BELUM BISA');
    expect(one).not.toContain('R. L.');
    expect(other).toBe(one);
  });
});

it('no line of the log has a token or a network address, whatever happens', async () => {
  const address = stage.addressOf();
  const token = address.slice(address.lastIndexOf('/') + 1);
  await look(perSource.max + 1, address);
  await stage.get(forged(address));
  await stage.get(address, home, 'POST');
  expect(await raw(stage.url, `GET /v/${token}% HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1.1 400/,
  );
  expect(await raw(stage.url, `GET /v/${token} BROKEN\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
  stage.limitsUp = false;
  await stage.get(address);
  expect(stage.logged.join('\n')).toContain('request.failed');
  expect(stage.logged.join('\n')).not.toContain(token.slice(0, 10));
  expect(stage.logged.join('\n')).not.toContain(token.slice(-10));
  expect(stage.logged.join('\n')).not.toContain(home);
});
