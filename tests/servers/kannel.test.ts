import { once } from 'node:events';
import { createServer, IncomingMessage, request, type ServerResponse } from 'node:http';
import { text as wholeBody } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../eventually.ts';
import { FakeOperator } from '../fakes/sms/operator.ts';
import type { FakePhone } from '../fakes/sms/phone.ts';
import { findKannel, type Kannel, startKannel } from './kannel.ts';

const secret = 's3cret-of-ours';

/** One request of Kannel to us. */
interface Asked {
  readonly method: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
  readonly body: string;
  readonly type: string;
  /** What we answered. */
  readonly status: number;
}

/** Stands for our web server. */
class OurServer {
  readonly asked: Asked[] = [];
  status = 200;
  #port = 0;
  readonly #server = createServer((asked, response) => void this.#take(asked, response));

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async comeUp(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = z.object({ port: z.number() }).parse(this.#server.address()).port;
  }

  async goDown(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await wholeBody(request);
    const { pathname: path, searchParams } = new URL(request.url ?? '', this.url);
    const type = request.headers['content-type'] ?? '';
    const values = Object.fromEntries(searchParams);
    this.asked.push({ method: request.method ?? '', path, values, body, type, status: this.status });
    response.writeHead(this.status, { 'content-type': 'text/plain' }).end('An answer that nobody should get.');
  }

  /** What came with this text, the oldest first. */
  texts(body: string): Asked[] {
    return this.asked.filter((each) => each.path === '/sms/messages' && each.body === body);
  }

  /** The states (`%d`) that were reported for our reference, in the order in which they came. */
  reports(reference: string): string[] {
    return this.asked.flatMap(({ path, values, status }) =>
      path === '/sms/reports' && values['ref'] === reference && status === 200 ? [values['state'] ?? ''] : [],
    );
  }
}

/** All characters of the default alphabet that are no controls, the escaped ones at the end. */
const alphabet =
  '@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€';

describe.skipIf(findKannel() === null)('Kannel, with the configuration of docs/sms.md', () => {
  const ours = new OurServer();
  let operator: FakeOperator;
  let kannel: Kannel;
  let phone: FakePhone;
  let phones = 0;

  beforeAll(async () => {
    await ours.comeUp();
    operator = await FakeOperator.start();
    kannel = await startKannel({ operator, webhook: { url: ours.url, secret } });
    return async () => {
      await kannel.stop();
      await operator.close();
      await ours.goDown();
    };
  });

  beforeEach(async () => {
    operator.treat = () => 'take';
    operator.report = 'DELIVRD';
    ours.status = 200;
    await operator.bound();
    phones += 1;
    phone = operator.phone(`+62840000${String(phones).padStart(5, '0')}`);
  });

  /** Hands a text to Kannel, with secrets and text outside the address. Its answer, as status and words. */
  async function send(text: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const response = await fetch(kannel.sendUrl, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'x-kannel-username': kannel.username,
        'x-kannel-password': kannel.password,
        'x-kannel-from': '2757',
        'x-kannel-to': phone.number,
        ...headers,
      },
      body: text,
    });
    return `${response.status} ${await response.text()}`;
  }

  const reportTo = (reference: string) => ({
    'x-kannel-dlr-mask': '31',
    'x-kannel-dlr-url': `${ours.url}/sms/reports?ref=${reference}&state=%d&id=%F`,
  });

  const accepted = '202 0: Accepted for delivery';
  const queued = '202 3: Queued for later delivery';

  describe('a text to us', () => {
    it('is posted with its sender, its id and our secret', async () => {
      expect(await phone.says('SALDO 12345')).toEqual([0]);
      const [asked] = await eventually(() => oneOf(ours.texts('SALDO 12345')));
      expect(asked).toMatchObject({ method: 'POST', type: 'text/plain; charset="UTF-8"' });
      expect(asked?.values).toMatchObject({ key: secret, from: phone.number, to: '2757', coding: '0' });
      expect(asked?.values['id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(Math.abs(Number(asked?.values['at']) * 1000 - Date.now())).toBeLessThan(60_000);
    });

    it('has a sender without plus where the operator does not say that the number is international', async () => {
      await phone.says('from where?', { numberIs: 'unknown' });
      const [asked] = await eventually(() => oneOf(ours.texts('from where?')));
      expect(asked?.values['from']).toBe(phone.number.slice(1));
    });

    it.each([
      ['the whole default alphabet', alphabet],
      ['several lines', 'satu\ndua\r\ntiga'],
      ['an emoji, in UCS-2', 'Saldo saya 😀 “berapa”?'],
      ['a long text of several parts', 'Tolong {cek} saldo saya, ya. '.repeat(12)],
      ['emojis in several parts', '😀'.repeat(100)],
    ])('arrives as it was written: %s', async (_, text) => {
      await phone.says(text);
      await eventually(() => expect(ours.texts(text)).toHaveLength(1));
    });

    it('arrives as one when its parts come in reverse', async () => {
      const text = 'Bagian pertama dan kedua. '.repeat(10);
      expect(await phone.says(text, { reversed: true })).toEqual([0, 0]);
      await eventually(() => oneOf(ours.texts(text)));
    });

    it.each([503, 500, 403, 400])('comes again with the same id when we answered %i', async (status) => {
      ours.status = status;
      await phone.says(`refused with ${status}`);
      await eventually(() => oneOf(ours.texts(`refused with ${status}`)));
      ours.status = 200;
      const [first, second] = await eventually(() => twoOf(ours.texts(`refused with ${status}`)));
      expect(second?.values).toEqual(first?.values);
    });

    it('comes when our server is back', async () => {
      await ours.goDown();
      expect(await phone.says('is anybody there?')).toEqual([0]);
      await eventually(() => expect(kannel.log()).toContain(`from=%2B${phone.number.slice(1)}&`));
      await ours.comeUp();
      await eventually(() => oneOf(ours.texts('is anybody there?')));
    });

    it('is not answered with what our server answers', async () => {
      await phone.says('no answer, please');
      await eventually(() => oneOf(ours.texts('no answer, please')));
      // What we send now would come after it.
      await send('the only one');
      await eventually(() => oneOf(phone.read()));
      expect(phone.read()).toMatchObject([{ text: 'the only one' }]);
    });
  });

  describe('a text from us', () => {
    it('reaches the phone, handed over by POST', async () => {
      expect(await send('Saldo Anda Rp1')).toBe(accepted);
      const [read] = await eventually(() => oneOf(phone.read()));
      expect(read).toMatchObject({ text: 'Saldo Anda Rp1', from: '2757', parts: 1, coding: 'gsm7' });
    });

    it('reaches the phone, handed over by GET', async () => {
      const { username, password } = kannel;
      const to = phone.number;
      const values = new URLSearchParams({
        username,
        password,
        from: '2757',
        to,
        text: 'é_@',
        charset: 'UTF-8',
      });
      const response = await fetch(`${kannel.sendUrl}?${String(values)}`);
      expect(`${response.status} ${await response.text()}`).toBe(accepted);
      await eventually(() => expect(phone.read()).toMatchObject([{ text: 'é_@' }]));
    });

    it.each([
      ['the whole default alphabet', `${alphabet}\n`, {}, 'gsm7', 1],
      ['an emoji, when told that it needs UCS-2', 'Halo 😀', { 'x-kannel-coding': '2' }, 'ucs2', 1],
      ['three parts', `${'0123456789'.repeat(45)}{}.`, {}, 'gsm7', 3],
      ['three parts of UCS-2', '“' + 'é'.repeat(199), { 'x-kannel-coding': '2' }, 'ucs2', 3],
    ])('arrives as it was written: %s', async (_, text, headers, coding, parts) => {
      expect(await send(text, { ...headers })).toBe(accepted);
      await eventually(() => oneOf(phone.read()));
      expect(phone.read()).toMatchObject([{ text, coding, parts }]);
    });

    it('loses what the default alphabet lacks, when not told that it needs UCS-2', async () => {
      expect(await send('Halo “😀”')).toBe(accepted);
      await eventually(() => expect(phone.read()).toMatchObject([{ text: 'Halo ??????' }]));
    });

    it('is cut after three parts, and accepted all the same', async () => {
      expect(await send('0123456789'.repeat(60))).toBe(accepted);
      await eventually(() => oneOf(phone.read()));
      expect(phone.read()).toMatchObject([{ text: '0123456789'.repeat(60).slice(0, 3 * 153), parts: 3 }]);
    });

    it('is accepted and sent when it is empty', async () => {
      expect(await send('')).toBe(accepted);
      await eventually(() => expect(phone.read()).toMatchObject([{ text: '' }]));
    });

    it.each([
      ['a wrong password', { 'x-kannel-password': 'wrong' }, '403 Authorization failed for sendsms'],
      [
        'a number with letters',
        { 'x-kannel-to': '0812abc' },
        '400 Number(s) has/have been denied by white- and/or black-lists.',
      ],
      ['no number', { 'x-kannel-to': '' }, '400 Empty receiver number not allowed, rejected'],
      ['no sender', { 'x-kannel-from': '' }, '400 Sender missing and no global set, rejected'],
      ['JSON', { 'content-type': 'application/json' }, '400 Invalid content-type'],
    ])('is refused with %s', async (_, headers, answer) => {
      expect(await send('x', { ...headers })).toBe(answer);
      expect(phone.read()).toEqual([]);
    });

    it('is refused from another address than that of our server', async () => {
      const { username, password } = kannel;
      const headers = { 'x-kannel-username': username, 'x-kannel-password': password, 'content-type': 'text/plain' };
      const asked = request(kannel.sendUrl, { method: 'POST', localAddress: '127.0.0.2', headers }).end('x');
      const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(asked, 'response'));
      expect(`${response.statusCode} ${await wholeBody(response)}`).toBe('403 Authorization failed for sendsms');
    });

    it('is not sent once it is worth nothing any more', async () => {
      await operator.goDown();
      expect(await send('stale', { 'x-kannel-validity': '0', ...reportTo('stale') })).toBe(queued);
      expect(await send('fresh', { 'x-kannel-validity': '5' })).toBe(queued);
      await eventually(() => expect(ours.reports('stale')).toEqual(['16']));
      await operator.comeUp();
      await eventually(() => oneOf(phone.read()));
      expect(phone.read()).toMatchObject([{ text: 'fresh' }]);
    });

    it('goes out when the operator is back, however often it was throttled', async () => {
      let refusals = 1;
      operator.treat = () => (refusals-- > 0 ? 'throttle' : 'take');
      expect(await send('throttled')).toBe(accepted);
      await eventually(() => expect(phone.read()).toMatchObject([{ text: 'throttled' }]));
      await operator.goDown();
      expect(await send('while the operator is down')).toBe(queued);
      await operator.comeUp();
      await eventually(() => expect(phone.read()).toMatchObject([{}, { text: 'while the operator is down' }]));
    });

    it('is sent twice when the operator took it and its answer was lost', async () => {
      operator.treat = () => 'take silently';
      await send('doubled');
      await eventually(() => oneOf(phone.read()));
      operator.treat = () => 'take';
      await operator.goDown();
      await operator.comeUp();
      await eventually(() => expect(phone.read()).toMatchObject([{ text: 'doubled' }, { text: 'doubled' }]));
    });
  });

  describe('a delivery report', () => {
    it.each([
      ['DELIVRD', '1'],
      ['UNDELIV', '2'],
      ['REJECTD', '2'],
      ['EXPIRED', '34'],
    ] as const)('says 8 once the operator has the text, and for %s %s', async (report, state) => {
      operator.report = report;
      await send('with a report', reportTo(report));
      // They are asked for side by side, and may come in either order.
      await eventually(() => expect(ours.reports(report).toSorted()).toEqual(['8', state].toSorted()));
    });

    it('says 16 when the operator refuses the text', async () => {
      operator.treat = () => 'reject';
      await send('to nobody', reportTo('refused'));
      await eventually(() => expect(ours.reports('refused')).toEqual(['16']));
    });

    it('speaks of the first part alone', async () => {
      await send('0123456789'.repeat(30), reportTo('parts'));
      await eventually(() => expect(ours.reports('parts')).toHaveLength(2));
      expect(operator.submissions.slice(-2).map(({ wantsReceipt }) => wantsReceipt)).toEqual([true, false]);
    });

    it('comes once, whatever the operator says later', async () => {
      operator.report = null;
      await send('late', reportTo('late'));
      await eventually(() => expect(ours.reports('late')).toEqual(['8']));
      const [submission] = operator.submissions.slice(-1);
      if (submission === undefined) throw new Error('Nothing was submitted.');
      await operator.sendReceipt(submission, 'UNDELIV');
      await operator.sendReceipt(submission, 'DELIVRD');
      await operator.sendReceipt(submission, 'UNDELIV');
      await send('after it', reportTo('after-late'));
      await eventually(() => expect(ours.reports('after-late')).toContain('8'));
      expect(ours.reports('late')).toEqual(['8', '2']);
    });

    it('comes again when we answered 503', async () => {
      ours.status = 503;
      operator.report = null;
      await send('reported again', reportTo('again'));
      await eventually(() => expect(ours.asked.at(-1)?.values['ref']).toBe('again'));
      ours.status = 200;
      await eventually(() => expect(ours.reports('again')).toEqual(['8']));
    });
  });

  describe('with a box killed', () => {
    it('keeps a text from us in the spool of its bearerbox', async () => {
      await operator.goDown();
      expect(await send('survives')).toBe(queued);
      await kannel.kill('bearerbox');
      await operator.comeUp();
      await kannel.start('bearerbox');
      await eventually(() => expect(phone.read()).toMatchObject([{ text: 'survives' }]));
    });

    it('keeps a text to us in the spool of its bearerbox, while there is no smsbox', async () => {
      await kannel.kill('smsbox');
      expect(await phone.says('nobody home')).toEqual([0]);
      await kannel.kill('bearerbox');
      await kannel.start('bearerbox');
      await kannel.start('smsbox');
      await eventually(() => oneOf(ours.texts('nobody home')));
    });

    it.each(['smsbox', 'bearerbox'] as const)('loses a text to us that waits for another try, with %s', async (box) => {
      ours.status = 503;
      await phone.says(`waits in ${box}`);
      await eventually(() => oneOf(ours.texts(`waits in ${box}`)));
      await kannel.kill(box);
      ours.status = 200;
      const tries = ours.texts(`waits in ${box}`).length;
      await kannel.start(box);
      await operator.bound();
      // Whatever comes again comes two seconds later: after this one, which is refused once.
      ours.status = 503;
      await phone.says(`after ${box}`);
      await eventually(() => oneOf(ours.texts(`after ${box}`)));
      ours.status = 200;
      await eventually(() => twoOf(ours.texts(`after ${box}`)));
      expect(ours.texts(`waits in ${box}`)).toHaveLength(tries);
    });

    it('forgets with its bearerbox who wanted a report', async () => {
      operator.report = null;
      await send('forgotten', reportTo('forgotten'));
      await eventually(() => expect(ours.reports('forgotten')).toEqual(['8']));
      const [submission] = operator.submissions.slice(-1);
      if (submission === undefined) throw new Error('Nothing was submitted.');
      await kannel.kill('bearerbox');
      await kannel.start('bearerbox');
      await operator.bound();
      await operator.sendReceipt(submission, 'DELIVRD');
      await send('after it', reportTo('after-forgotten'));
      await eventually(() => expect(ours.reports('after-forgotten')).toEqual(['8']));
      expect(ours.reports('forgotten')).toEqual(['8']);
    });
  });

  it('keeps texts, numbers and secrets out of its log files', () => {
    // It has met enough to write of.
    expect(kannel.log()).toContain(`key=${secret}`);
    expect(kannel.log()).toContain('62840000');
    for (const never of ['SALDO', 'survives', '62840000', secret, kannel.password]) {
      expect(kannel.logFiles()).not.toContain(never);
    }
  });
});

/** These, when there is one; throws when there is not, or more. */
function oneOf<Each>(all: readonly Each[]): readonly Each[] {
  expect(all).toHaveLength(1);
  return all;
}

function twoOf<Each>(all: readonly Each[]): readonly Each[] {
  expect(all).toHaveLength(2);
  return all;
}
