import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { templateGateway } from '../../../src/bots/sms/gateways/template.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import { Desk } from './desk.ts';
import { smsSecret } from './to-program.ts';
import { codeIn, Visitor } from './visitor.ts';

describe('the desk', () => {
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

  it('serves its page and all that the page loads, under the policy of the product itself', async () => {
    const page = await fetch(desk.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    const html = await page.text();
    const wanted = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(wanted.length).toBeGreaterThan(2);
    for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
      const file = await fetch(desk.url + path);
      expect(file.status, path).toBe(200);
      for (const [, from = ''] of (await file.text()).matchAll(/^import .* from '(.+)';$/gm)) {
        wanted.push(new URL(from, desk.url + path).pathname);
      }
    }
    expect((await fetch(`${desk.url}/package.json`)).status).toBe(404);
  });

  it('shows an SMS of the program on the phone that it is for', async () => {
    const url = `${desk.url}/sms?to={to}&text={text}`;
    const to = phoneSchema.parse('+6281234567890');
    const text = 'Kode Anda 123456 & jangan berikan kepada siapa pun: "100%"';
    expect(await templateGateway({ url }).send({ to, text, reference: 'one', validFor: 60_000 })).toStrictEqual({
      sent: true,
    });
    const line = await visitor.reply('sms', to, 1);
    expect(line).toMatchObject({ from: null, text, notes: ['1 SMS'] });
    expect(codeIn(line)).toBe('123456');
    expect(visitor.state.sms.latest).toStrictEqual({ chat: to, line: line.id });
    expect((await fetch(`${desk.url}/sms`)).status).toBe(400);
  });

  it('says how to start the program, in a shell’s words', () => {
    const commands = desk.commands.map(({ command }) => command);
    expect(commands.every((command) => command.includes(`SMS_SEND_URL='${desk.url}/sms?to={to}&text={text}'`))).toBe(
      true,
    );
    expect(
      commands.map((command) => command.match(/[A-Z_]+(?==)/g)?.filter((name) => /TELEGRAM|WHATSAPP/.test(name))),
    ).toStrictEqual([
      ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_ROOT'],
      ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_ROOT', 'TELEGRAM_WEBHOOK_URL'],
      ['WHATSAPP', 'WHATSAPP_WS_URL', 'FAKE_WHATSAPP_ROOT'],
      ['WHATSAPP', 'WHATSAPP_WS_URL', 'FAKE_WHATSAPP_ROOT', 'WHATSAPP_PAIR_WITH'],
      ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_ROOT', 'WHATSAPP', 'WHATSAPP_WS_URL', 'FAKE_WHATSAPP_ROOT'],
      [],
    ]);
    expect(commands.every((command) => command.includes(` SMS_WEBHOOK_SECRET=${smsSecret} `))).toBe(true);
    expect(commands.filter((command) => command.includes('PORT='))).toStrictEqual([]);
  });

  it('tells the program its port where that is not the usual one', async () => {
    const other = await Desk.start({ port: 0, program: 3_210 });
    const commands = other.commands.map(({ command }) => command);
    await other.close();
    expect(commands.every((command) => command.includes('PORT=3210 '))).toBe(true);
    expect(commands.join('\n')).toContain('TELEGRAM_WEBHOOK_URL=http://127.0.0.1:3210 ');
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(desk.url).port);
    await expect(Desk.start({ port })).rejects.toThrow(
      `Port ${port} is taken: another program listens there. Set another FAKES_PORT.`,
    );
  });
});
