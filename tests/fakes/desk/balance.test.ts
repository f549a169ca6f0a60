import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { shownMembers } from '../../../src/commands/demo.ts';
import { freePort } from '../../servers/process.ts';
import { startProduct } from '../../servers/product.ts';
import { Desk } from './desk.ts';
import { botToken } from './telegram-side.ts';
import { codeIn, Visitor } from './visitor.ts';
import { assistantsNumber } from './whatsapp-side.ts';

const trust = new URL('../whatsapp/trust.ts', import.meta.url).href;
const figure = /Rp\s?\d/;

const words = {
  id: { person: 'Siti', question: 'min cek saldo jht sy dong', agree: 'Setuju', agreeNumber: '1', balance: /Saldo/ },
  en: {
    person: 'John',
    question: 'can I check my JHT balance please',
    agree: 'I agree',
    agreeNumber: '1',
    balance: /balance/i,
  },
} as const;

describe('a member at the desk, with the real program', () => {
  let desk: Desk;
  let visitor: Visitor;

  beforeEach(async () => {
    desk = await Desk.start({ port: 0 });
    visitor = await Visitor.at(desk.url);
  });

  afterEach(async () => {
    visitor.leave();
    await desk.close();
  });

  /** Starts the program on this desk; over when the test is. */
  async function program(settings: Readonly<Record<string, string>>) {
    const product = await startProduct({ SMS_SEND_URL: `${desk.url}/sms?to={to}&text={text}`, ...settings });
    onTestFinished(async () => void (await product.stop()));
    return product;
  }

  const onWhatsApp = (more: Readonly<Record<string, string>> = {}) => {
    const { url, rootKey } = desk.whatsapp.fake;
    const fake = { FAKE_WHATSAPP_ROOT: rootKey, NODE_OPTIONS: `--import=${trust}` };
    return program({ WHATSAPP: 'on', WHATSAPP_WS_URL: url, ...fake, ...more });
  };

  /** A member's number and, once it has arrived, the code that was sent to their phone. */
  const [member] = shownMembers(Date.now());
  const code = async () => codeIn(await visitor.reply('sms', member?.phone ?? '', 1));

  it.each([
    ['id', 'polling'],
    ['en', 'webhook'],
  ] as const)('reads the balance on Telegram (%s, by %s)', async (language, way) => {
    const say = words[language];
    const telegram = { TELEGRAM_BOT_TOKEN: botToken, TELEGRAM_API_ROOT: desk.telegram.apiRoot };
    const port = way === 'webhook' ? String(await freePort()) : '0';
    const webhook = way === 'webhook' ? { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}` } : {};
    await program({ ...telegram, ...webhook, PORT: port });
    const chat = visitor.state.telegram.people.find(({ name }) => name === say.person)?.id ?? '';
    const act = (what: object) => visitor.post('/telegram/acts', { chat, person: chat, act: what });

    await act({ kind: 'text', text: say.question });
    const { id: message, buttons } = await visitor.reply('telegram', chat, 1);
    const button = buttons.flat().find(({ label }) => label === say.agree)?.id;
    await act({ kind: 'tap', message, button });
    expect((await visitor.reply('telegram', chat, 2)).text).toContain('NIK');
    await act({ kind: 'text', text: member?.nik });
    await visitor.reply('telegram', chat, 3);
    await act({ kind: 'text', text: await code() });
    const balance = await visitor.reply('telegram', chat, 4);
    expect(balance.text).toMatch(figure);
    expect(balance.text).toMatch(say.balance);
    expect(balance.notes).toContain('cannot be forwarded');
    expect(visitor.state.telegram.webhook).toBe(way === 'webhook' ? `http://127.0.0.1:${port}/telegram/webhook` : '');
  });

  it.each([
    ['id', 'QR code', 0, /▀▄|▄▀/, {}],
    ['en', 'pairing code', 1, /[A-Z\d]{4}-[A-Z\d]{4}/, { WHATSAPP_PAIR_WITH: assistantsNumber }],
  ] as const)(
    'links the number and reads the balance on WhatsApp (%s, by %s)',
    async (language, _, nth, shown, more) => {
      const say = words[language];
      const product = await onWhatsApp(more);
      await expect.poll(() => product.screen()).toMatch(shown);
      const linked = await visitor.post('/whatsapp/link', { shown: product.screen() });
      expect(linked).toStrictEqual({ status: 200 });
      await visitor.until(({ whatsapp }) => whatsapp.devices[0]?.online === true);
      const from = visitor.state.whatsapp.chats[nth]?.id ?? '';
      const text = (words: string) => visitor.post('/whatsapp/acts', { from, say: { kind: 'text', text: words } });

      await text(say.question);
      expect((await visitor.reply('whatsapp', from, 1)).text).toContain(say.agree);
      await text(say.agreeNumber);
      expect((await visitor.reply('whatsapp', from, 2)).text).toContain('NIK');
      await text(member?.nik ?? '');
      await visitor.reply('whatsapp', from, 3);
      await text(await code());
      const balance = await visitor.reply('whatsapp', from, 4);
      expect(balance.text).toMatch(figure);
      expect(balance.text).toMatch(say.balance);
    },
  );
});
