import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/bots/progress.ts';
import { bodyCap } from '../../../src/bots/sms/routes.ts';
import { Unavailable } from '../../../src/core/services.ts';
import { openStage, type Stage, secret } from './stage.ts';

const from = '+6284000001000';
const sms = { from, text: 'saldo', id: 'one', at: '1793412000' };
const at = 1_793_412_000_000;

const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const json = (fields: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(fields),
});
const plain = (body: string | Uint8Array<ArrayBuffer>, contentType = 'text/plain; charset=UTF-8'): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': contentType },
  body,
});

const asideOf = ({ events }: Stage) => events.flatMap((event) => (event.kind === 'set aside' ? [event.why] : []));

describe('a text that a gateway brings', () => {
  const utf16 = Uint8Array.from(Buffer.from('saldo', 'utf16le').swap16());
  it.each([
    ['in the address', sms, undefined],
    ['as a form', {}, form(sms)],
    ['as JSON', {}, json({ ...sms, at: 1_793_412_000 })],
    ['as a plain body', { from, id: 'one', at: sms.at }, plain('saldo')],
    [
      'as a plain body in another coding',
      { from, id: 'one', at: sms.at },
      plain(utf16, 'text/plain; charset="UTF-16BE"'),
    ],
    [
      'as a plain body in a coding that nobody knows',
      { from, id: 'one', at: sms.at },
      plain('saldo', 'text/plain; charset=x'),
    ],
    ['with its time in ISO 8601', { ...sms, at: '2026-10-31T02:00:00+00:00' }, undefined],
    ['with its time in words', { ...sms, at: '2026-10-31 02:00:00' }, undefined],
  ])('is taken %s', async (_how, query, how) => {
    const stage = await openStage();
    expect(await stage.bring(query, how)).toEqual({ status: 200, text: '', retryAfter: null });
    expect(stage.taken).toMatchObject([
      {
        from: { channel: 'sms', chat: from, sender: from },
        content: { kind: 'text', text: 'saldo' },
        private: true,
        phone: from,
        writtenAt: at,
      },
    ]);
    expect(asideOf(stage)).toEqual([]);
  });

  it('may say nothing of its time, or something that cannot be read', async () => {
    const stage = await openStage();
    await stage.bring({ from, text: 'satu' });
    await stage.bring({ from, text: 'dua', at: 'kemarin' });
    expect(stage.words()).toEqual(['satu', 'dua']);
    for (const inbound of stage.taken) expect(inbound).not.toHaveProperty('writtenAt');
  });

  it('is told 200 once it is safe, and when it comes again', async () => {
    const stage = await openStage();
    for (const _ of ['first', 'again']) expect((await stage.bring(sms)).status).toBe(200);
    expect(stage.words()).toEqual(['saldo']);
  });

  it('is told 503 when it could not be kept, and taken when it comes again', async () => {
    const stage = await openStage();
    stage.trouble.push('throws');
    expect(await stage.bring(sms)).toMatchObject({ status: 503, retryAfter: '5' });
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', channel: 'sms', step: 'accept' }));
    expect((await stage.bring(sms)).status).toBe(200);
    expect(stage.words()).toEqual(['saldo']);
  });

  it.each([
    ['nothing', {}, undefined, 'unreadable'],
    ['no text', { from }, undefined, 'unreadable'],
    ['no sender', { text: 'rahasia' }, undefined, 'unreadable'],
    ['what is no JSON', {}, plain('{"from":', 'application/json'), 'unreadable'],
    ['a list', {}, json([sms]), 'unreadable'],
    ['a body of another kind', { from }, plain('rahasia', 'application/octet-stream'), 'unreadable'],
    ['a number from elsewhere', { from: '+447700900123', text: 'rahasia' }, undefined, 'not a mobile number'],
    ['a landline', { from: '+62215207797', text: 'rahasia' }, undefined, 'not a mobile number'],
    ['a name', { from: 'PROMO', text: 'rahasia' }, undefined, 'not a mobile number'],
    ['what is too long', { from }, plain('rahasia'.repeat(bodyCap)), 'too long'],
  ])('is taken off its hands when it is %s, and only that is told', async (_what, query, how, why) => {
    const stage = await openStage();
    expect(await stage.bring(query, how)).toMatchObject({ status: 200, text: '' });
    expect(stage.taken).toEqual([]);
    expect(stage.events.filter(({ kind }) => kind !== 'link')).toEqual([{ kind: 'set aside', channel: 'sms', why }]);
  });

  it('is set aside when its conversation has no room', async () => {
    const stage = await openStage();
    stage.trouble.push('full');
    expect((await stage.bring(sms)).status).toBe(200);
    expect(asideOf(stage)).toEqual(['full']);
  });
});

describe('who may bring texts', () => {
  it.each([
    ['none', ''],
    ['another one', secret.toUpperCase()],
    ['the beginning of it', secret.slice(0, -1)],
    ['more than it', `${secret}x`],
  ])('is refused with 401 with %s as the secret, and nothing is read', async (_what, key) => {
    const stage = await openStage();
    for (const path of ['bring', 'reports'] as const) {
      expect((await stage[path]({ ...sms, key })).status).toBe(401);
      // What is too long would be told if it were looked at.
      expect((await stage[path]({ key }, plain('x'.repeat(2 * bodyCap)))).status).toBe(401);
    }
    expect(stage.taken).toEqual([]);
    expect(asideOf(stage)).toEqual([]);
  });

  it('is refused with 403 from elsewhere, with the secret too', async () => {
    const stage = await openStage({ from: ['203.0.113.7'] });
    expect((await stage.bring(sms)).status).toBe(403);
    expect((await stage.reports({ ref: 'r', state: '1' })).status).toBe(403);
    expect([stage.taken, asideOf(stage)]).toEqual([[], []]);
  });

  it('is known by what a proxy says that is believed, and by no other', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const behind = await openStage({ from: ['203.0.113.0/24'], proxies: ['loopback'] });
    expect((await behind.bring(sms, { headers })).status).toBe(200);
    expect((await behind.bring(sms)).status).toBe(403);
    const open = await openStage({ from: ['203.0.113.0/24'] });
    expect((await open.bring(sms, { headers })).status).toBe(403);
  });

  it('brings them by GET or POST alone', async () => {
    const stage = await openStage();
    expect((await stage.bring(sms, { method: 'PUT' })).status).toBe(405);
    expect(await headStatus(stage)).toBe(405);
    expect(stage.taken).toEqual([]);
  });

  async function headStatus({ url }: Stage): Promise<number | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    const query = new URLSearchParams({ key: secret, ...sms }).toString();
    request(`${url}/sms/messages?${query}`, { method: 'HEAD', agent: false }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end();
    return promise;
  }
});

describe('a report', () => {
  const statesOf = ({ events }: Stage) => events.flatMap((event) => (event.kind === 'reported' ? [event.state] : []));

  it.each([
    ['1', 'delivered'],
    ['2', 'failed'],
    ['4', 'queued'],
    ['8', 'sent'],
    ['16', 'failed'],
    ['delivered', 'delivered'],
    ['FAILED', 'failed'],
  ])('of state %s says %s', async (state, told) => {
    const stage = await openStage();
    expect(await stage.reports({ ref: 'abc-_1', state })).toEqual({ status: 200, text: '', retryAfter: null });
    expect(stage.events).toContainEqual({ kind: 'reported', channel: 'sms', state: told });
  });

  it('moves forward alone: twice, late and beside the end it is no news', async () => {
    const stage = await openStage();
    for (const state of ['8', '8', '4', '1', '1', '8', '2']) await stage.reports({ ref: 'one', state });
    expect(statesOf(stage)).toEqual(['sent', 'delivered']);
    await stage.reports({ ref: 'two', state: '16' });
    await stage.reports({ ref: 'two', state: '1' });
    expect(statesOf(stage)).toEqual(['sent', 'delivered', 'failed']);
    expect(stage.statuses.every((status) => status === 200)).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['no state', { ref: 'r' }],
    ['a state that nobody knows', { ref: 'r', state: '3' }],
    ['a name that is inherited', { ref: 'r', state: 'constructor' }],
    ['no reference', { state: '1' }],
    ['a reference of another shape', { ref: 'a b', state: '1' }],
  ])('with %s is taken off its hands', async (_what, query) => {
    const stage = await openStage();
    expect((await stage.reports(query)).status).toBe(200);
    expect([statesOf(stage), asideOf(stage)]).toEqual([[], ['unreadable']]);
  });

  it('is told 503 when it could not be kept', async () => {
    const progress: Progress = { advance: () => Promise.reject(new Unavailable('progress')) };
    const stage = await openStage({ world: { progress } });
    expect(await stage.reports({ ref: 'r', state: '1' })).toMatchObject({ status: 503, retryAfter: '5' });
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'report' }));
  });
});
