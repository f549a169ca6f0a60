import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { shownMembers } from '../../../src/commands/demo.ts';
import { freePort } from '../../servers/process.ts';
import { startProduct } from '../../servers/product.ts';
import { Desk } from './desk.ts';
import { smsSecret } from './to-program.ts';
import { chatOf, codeIn, Visitor } from './visitor.ts';

/** In +62 840, which no operator has, like those of the demo members. */
const strangersPhone = '+6284000077777';
const figure = /Rp\s?\d/;

const words = {
  id: {
    balance: 'SALDO',
    yes: 'YA',
    asked: 'YA atau TIDAK',
    told: 'Jika HP ini yang tercatat',
    wrong: 'Kode itu salah',
  },
  en: { balance: 'BALANCE', yes: 'YES', asked: 'YES or NO', told: 'If this phone is the one', wrong: 'code is wrong' },
} as const;

const [member] = shownMembers(Date.now());
const { phone, name, kpj } = { phone: member?.phone ?? '', name: member?.name ?? '', kpj: member?.kpj[0] ?? '' };

/** A desk that brings texts to this port, and someone who sits there; both are gone when the test is over. */
async function sitDown(program: number) {
  const desk = await Desk.start({ port: 0, program });
  const visitor = await Visitor.at(desk.url);
  onTestFinished(async () => {
    visitor.leave();
    await desk.close();
  });
  const text = (from: string, words: string) => visitor.post('/sms/texts', { from, text: words });
  const threadOf = (number: string) => chatOf(desk.state.sms.chats, number).lines;
  return { desk, visitor, text, threadOf };
}

describe('telephones at the desk, with the real program', () => {
  async function withProgram() {
    const port = await freePort();
    const seat = await sitDown(port);
    const product = await startProduct({
      PORT: String(port),
      SMS_SEND_URL: `${seat.desk.url}/sms?to={to}&text={text}`,
      SMS_WEBHOOK_SECRET: smsSecret,
    });
    onTestFinished(async () => void (await product.stop()));
    return seat;
  }

  it.each(['id', 'en'] as const)('reads the balance on the phone on file (%s)', async (language) => {
    const say = words[language];
    const { visitor, text, threadOf } = await withProgram();

    expect(await text(phone, `${say.balance} ${kpj}`)).toStrictEqual({ status: 200 });
    expect((await visitor.reply('sms', phone, 1)).text).toContain(say.asked);
    await text(phone, say.yes);
    // The code and the word about it come by the same way, in whatever order.
    await visitor.reply('sms', phone, 3);
    const brought = threadOf(phone).find(({ buttons }) => buttons.length > 0);
    expect(brought).toBeDefined();
    await text(phone, brought ? codeIn(brought) : '');
    const balance = await visitor.reply('sms', phone, 4);
    expect(balance.text).toMatch(figure);
    expect(balance.notes).toStrictEqual(['1 SMS']);
    expect(threadOf(phone).map(({ from }) => from)).toStrictEqual([name, null, name, null, null, name, null]);
  });

  it.each(['id', 'en'] as const)('gets nothing personal from a stranger’s phone (%s)', async (language) => {
    const say = words[language];
    const { visitor, text, threadOf } = await withProgram();

    await text(strangersPhone, `${say.balance} ${kpj}`);
    expect((await visitor.reply('sms', strangersPhone, 1)).text).toContain(say.asked);
    await text(strangersPhone, say.yes);
    expect((await visitor.reply('sms', strangersPhone, 2)).text).toContain(say.told);
    await text(strangersPhone, '123456');
    expect((await visitor.reply('sms', strangersPhone, 3)).text).toContain(say.wrong);
    expect(
      threadOf(strangersPhone)
        .map(({ text }) => text)
        .join('\n'),
    ).not.toMatch(figure);
    const others = visitor.state.sms.chats.filter(({ id }) => id !== strangersPhone);
    expect(others.flatMap(({ lines }) => lines)).toStrictEqual([]);
  });
});

describe('telephones at the desk', () => {
  /** Something that is not the program, and answers every text with this status. */
  async function inItsPlace(status: number) {
    const taken: { readonly url: string; readonly body: string }[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part));
      request.once('end', () => {
        taken.push({ url: request.url ?? '', body });
        response.writeHead(status).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    return { port: typeof address === 'object' && address !== null ? address.port : 0, taken };
  }

  it('hands each text over as a gateway does, under an id of its own', async () => {
    const { port, taken } = await inItsPlace(200);
    const { text } = await sitDown(port);
    await text(phone, 'saldo 😀');
    await text(phone, 'saldo 😀');
    const bodies = taken.map(({ body }): unknown => JSON.parse(body));
    const id: unknown = expect.stringMatching(/^[\w-]{36}$/);
    expect(bodies).toStrictEqual([
      { from: phone, text: 'saldo 😀', id },
      { from: phone, text: 'saldo 😀', id },
    ]);
    expect(new Set(taken.map(({ body }) => body)).size).toBe(2);
    expect(taken[0]?.url).toBe(`/sms/messages?key=${smsSecret}`);
  });

  it('shows what was texted with what it costs, also as Unicode', async () => {
    const { port } = await inItsPlace(200);
    const { text, threadOf } = await sitDown(port);
    await text(phone, 'a'.repeat(160));
    await text(phone, 'a'.repeat(161));
    await text(phone, '😀'.repeat(36));
    expect(threadOf(phone).map(({ notes }) => notes)).toStrictEqual([['1 SMS'], ['2 SMS'], ['2 SMS']]);
  });

  it('shows in how many parts an answer comes', async () => {
    const { desk, visitor } = await sitDown(await freePort());
    const arrives = (text: string) => fetch(`${desk.url}/sms?to=${encodeURIComponent(phone)}&text=${text}`);
    await arrives('a'.repeat(160));
    await arrives('a'.repeat(161));
    expect((await visitor.reply('sms', phone, 1)).notes).toStrictEqual(['1 SMS']);
    expect((await visitor.reply('sms', phone, 2)).notes).toStrictEqual(['2 SMS']);
  });

  it.each([
    [401, /takes no texts from this desk \(401\): start it by one of the commands/],
    [404, /takes no texts from this desk \(404\): start it by one of the commands/],
    [503, /cannot take texts now \(503\)\. Send it again/],
  ])('says so when the program answers a text with %i', async (status, words) => {
    const { port } = await inItsPlace(status);
    const { text, threadOf } = await sitDown(port);
    const error: unknown = expect.stringMatching(words);
    expect(await text(phone, 'saldo')).toStrictEqual({ status: 409, error });
    expect(threadOf(phone)).toStrictEqual([]);
  });

  it('says so when the program was not started', async () => {
    const port = await freePort();
    const { text, threadOf } = await sitDown(port);
    expect(await text(phone, 'saldo')).toStrictEqual({
      status: 409,
      error: `The program does not answer at http://127.0.0.1:${port}: start it by one of the commands under SMS.`,
    });
    expect(threadOf(phone)).toStrictEqual([]);
  });

  it('sends ten parts as one text, and no more', async () => {
    const { port, taken } = await inItsPlace(200);
    const { text } = await sitDown(port);
    expect(await text(phone, 'a'.repeat(1_530))).toStrictEqual({ status: 200 });
    expect(await text(phone, 'a'.repeat(1_531))).toStrictEqual({
      status: 409,
      error: 'This would be 11 SMS; a telephone sends 10 at most.',
    });
    expect(await text(phone, '')).toMatchObject({ status: 400 });
    expect(taken).toHaveLength(1);
  });

  it('has a telephone for each member with a phone on file, and for whoever else wants one', async () => {
    const { visitor } = await sitDown(await freePort());
    const onFile = shownMembers(Date.now()).flatMap(({ phone }) => (phone === null ? [] : [phone]));
    expect(visitor.state.sms.chats.map(({ id }) => id)).toStrictEqual([...new Set(onFile)]);
    expect(chatOf(visitor.state.sms.chats, phone).title).toBe(`${name}, ${phone}`);
    expect(await visitor.post('/sms/phones', { phone: strangersPhone })).toStrictEqual({
      status: 200,
      id: strangersPhone,
    });
    await visitor.until(({ sms }) => sms.chats.at(-1)?.title === strangersPhone);
    expect(await visitor.post('/sms/phones', { phone: 'mine' })).toMatchObject({ status: 400 });
  });
});
