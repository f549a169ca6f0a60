import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { shownMembers } from '../../../src/commands/demo.ts';
import { browsing, chromium } from '../../bots/web/browsing.ts';
import { freePort } from '../../servers/process.ts';
import { startProduct } from '../../servers/product.ts';
import { Desk } from './desk.ts';
import { botToken } from './telegram-side.ts';
import { smsSecret } from './to-program.ts';

const trust = new URL('../whatsapp/trust.ts', import.meta.url).href;

describe.skipIf(chromium === null)('the page of the desk', () => {
  const { browser, after } = browsing();

  /** The page, and the real program with these settings. */
  async function open(width: number, settings: (desk: Desk) => Readonly<Record<string, string>>) {
    const port = await freePort();
    const desk = await Desk.start({ port: 0, program: port });
    after(() => desk.close());
    const product = await startProduct({
      PORT: String(port),
      SMS_SEND_URL: `${desk.url}/sms?to={to}&text={text}`,
      SMS_WEBHOOK_SECRET: smsSecret,
      ...settings(desk),
    });
    after(() => product.stop());
    const context = await browser({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(desk.url);
    return { page, product, desk };
  }

  /** Goes back through what can have the focus until it comes to a button with this label, and presses it. */
  async function pressBackwards(page: Page, label: string): Promise<void> {
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Shift+Tab');
      const there = await page.evaluate('document.activeElement.textContent');
      if (there === label) return page.keyboard.press('Enter');
    }
    throw new Error(`The keyboard does not come to "${label}".`);
  }

  it('lets a person read the balance on Telegram, by keyboard alone', async () => {
    const { page } = await open(1280, ({ telegram }) => ({
      TELEGRAM_BOT_TOKEN: botToken,
      TELEGRAM_API_ROOT: telegram.apiRoot,
    }));
    const replies = page.locator('#telegram-log .assistant');
    const shown = (count: number) => replies.nth(count - 1).waitFor({ timeout: 10_000 });
    await page.locator('#telegram-input').focus();
    await page.keyboard.type('min cek saldo jht sy dong');
    await page.keyboard.press('Enter');
    await shown(1);
    await pressBackwards(page, 'Setuju');
    await shown(2);
    await page.locator('#members button').first().press('Enter');
    await page.keyboard.press('Enter');
    await shown(3);
    await page.getByRole('button', { name: 'Use this code' }).press('Enter');
    await page.keyboard.press('Enter');
    await shown(4);
    expect(await replies.last().textContent()).toMatch(/Rp\s?\d/);
    // What the person wrote of their own is deleted by the program, and gone from the page.
    expect(await page.locator('#telegram-log .member .text').allTextContents()).toStrictEqual([
      'min cek saldo jht sy dong',
    ]);
  });

  it('lets a person read the balance by SMS, by keyboard alone, in a window as narrow as any', async () => {
    const { page, product } = await open(320, () => ({}));
    const [member] = shownMembers(Date.now());
    await page.getByRole('button', { name: 'SMS', exact: true }).press('Enter');
    await page.locator('#sms-chat').selectOption(member?.phone ?? '');
    const replies = page.locator('#sms-log .assistant');
    const shown = (count: number) => replies.nth(count - 1).waitFor({ timeout: 10_000 });
    const type = async (text: string) => {
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    };
    await page.getByLabel('Text to the assistant').focus();
    await type(`SALDO ${member?.kpj[0]}`);
    await shown(1);
    expect(await replies.first().locator('.notes').textContent()).toBe('1 SMS');
    await type('YA');
    await shown(3);
    await pressBackwards(page, 'Use this code');
    await page.keyboard.press('Enter');
    await shown(4);
    expect(await replies.last().textContent()).toMatch(/Rp\s?\d/);
    expect(await page.locator('#sms-log .member .text').allTextContents()).toHaveLength(3);
    const beyond = await page.evaluate(`[document.documentElement, document.getElementById('sms')]
      .map((each) => each.scrollWidth - each.clientWidth)`);
    expect(beyond).toStrictEqual([0, 0]);

    await product.stop();
    await page.getByLabel('Text to the assistant').fill('IURAN');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The program does not answer').waitFor();
    expect(await page.locator('#sms-input').inputValue(), 'to be sent again').toBe('IURAN');
  });

  it('takes the telephone in hand on which a text arrives, and no other while one writes', async () => {
    const { page, desk } = await open(1280, () => ({}));
    const arrives = (to: string) => fetch(`${desk.url}/sms?to=${encodeURIComponent(to)}&text=halo`);
    const inHand = () => page.locator('#sms-chat').inputValue();
    const [, { phone: second } = { phone: null }, { phone: third } = { phone: null }] = shownMembers(Date.now());
    await arrives(second ?? '');
    await expect.poll(inHand).toBe(second);
    await page.getByText('Another telephone').click();
    await page.locator('#sms-phone input').fill('+6284000077777');
    await page.keyboard.press('Enter');
    await expect.poll(inHand).toBe('+6284000077777');
    await page.locator('#sms-input').fill('SALDO');
    await arrives(third ?? '');
    await page
      .locator('#sms-standing')
      .getByText(third ?? '')
      .waitFor();
    expect(await inHand()).toBe('+6284000077777');
  });

  it('links WhatsApp and lets a person write, in a window as small as a phone', async () => {
    const { page, product } = await open(360, ({ whatsapp: { fake } }) => ({
      WHATSAPP: 'on',
      WHATSAPP_WS_URL: fake.url,
      FAKE_WHATSAPP_ROOT: fake.rootKey,
      NODE_OPTIONS: `--import=${trust}`,
    }));
    expect(await page.locator('#whatsapp').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'WhatsApp' }).click();
    expect(await page.locator('#telegram').isVisible()).toBe(false);
    await expect.poll(() => product.screen()).toMatch(/▀▄|▄▀/);

    await page.locator('#shown').fill('not a code');
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByText('There is neither a QR code nor a pairing code in this.').waitFor();
    await page.locator('#shown').fill(product.screen());
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.locator('#whatsapp-standing').getByText('is here, linked').waitFor();
    await page.locator('#whatsapp-input').fill('kartu saya hilang');
    await page.keyboard.press('Enter');
    await page.locator('#whatsapp-log .assistant').waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Voice' }).filter({ visible: true }).click();
    await page.locator('#whatsapp-log .assistant').nth(1).waitFor({ timeout: 10_000 });
    const beyond = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(beyond).toBe(0);
  });
});
