import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startProduct } from '../../servers/product.ts';
import { browsing, chromium, conversation, write } from './browsing.ts';

const membersSchema = z.array(z.object({ nik: z.string(), name: z.string(), scenario: z.string() }));

const words = {
  id: {
    locale: 'id-ID',
    question: 'min cek saldo jht sy dong',
    agree: 'Setuju',
    useCode: 'Pakai kode ini',
    aside: 'bentar, call center nya nomor brp',
    leave: 'keluar',
    members: 'Pakai NIK',
  },
  en: {
    locale: 'en-GB',
    question: 'hi, can I check my JHT balance please',
    agree: 'I agree',
    useCode: 'Use this code',
    aside: 'wait, what is the call center number',
    leave: 'log out',
    members: 'Use NIK',
  },
} as const;

const figure = /Rp\s?\d/;

describe.skipIf(chromium === null)('a member on the web page', () => {
  const { browser, tab, after } = browsing();

  async function product() {
    const started = await startProduct();
    after(() => started.stop());
    return started;
  }

  it.each(['id', 'en'] as const)(
    'reads the balance in four messages and is logged out again (%s)',
    async (language) => {
      const { url } = await product();
      const say = words[language];
      const page = await tab(url, await browser({ locale: say.locale }));
      const replies = page.locator('.assistant .text');
      const reply = async (count: number) => {
        await expect.poll(() => replies.count()).toBe(count);
        return (await replies.nth(count - 1).textContent()) ?? '';
      };

      await write(page, say.question);
      expect(await reply(1)).toContain('27/2022');
      await page.getByRole('button', { name: say.agree, exact: true }).click();
      expect(await reply(2)).toContain('NIK');
      await write(page, say.aside);
      expect(await reply(3)).toMatch(/175[^]*NIK/);
      await page.getByRole('button', { name: say.members }).first().click();
      await page.keyboard.press('Enter');
      expect(await reply(4)).not.toMatch(figure);
      await page.getByRole('button', { name: say.useCode }).click();
      await page.keyboard.press('Enter');
      expect(await reply(5)).toMatch(figure);
      await write(page, say.leave);
      await expect.poll(async () => (await conversation(page)).join('\n')).toMatch(/^<(?![^]*Rp\s?\d)/);
    },
  );

  it('is told the same about a NIK that nobody has, and gets no SMS', async () => {
    const { url } = await product();
    const answer = async (nik: string) => {
      const stranger = await tab(url);
      await write(stranger, words.id.question);
      await stranger.getByRole('button', { name: words.id.agree, exact: true }).click();
      await expect.poll(() => stranger.locator('.assistant').count()).toBe(2);
      await write(stranger, nik);
      await expect.poll(() => stranger.locator('.assistant').count()).toBe(3);
      return { text: await stranger.locator('.assistant .text').last().textContent(), page: stranger };
    };
    const members = membersSchema.parse(await (await fetch(`${url}/demo/members`)).json());
    const known = await answer(members[0]?.nik ?? '');
    const unknown = await answer('3273014107990099');
    const withoutNonce = (text: string | null) => text?.replaceAll(/\b(?:[A-Z]{2,4}|\d{3})\b/g, '…');
    expect(withoutNonce(unknown.text)).toBe(withoutNonce(known.text));
    await known.page.locator('.sms').waitFor();
    expect(await unknown.page.locator('.sms').count()).toBe(0);
  });

  it('keeps the balance on the screen over a reload, and a verified member asks once', async () => {
    const { url } = await product();
    const page = await tab(url);
    await write(page, words.id.question);
    await page.getByRole('button', { name: words.id.agree, exact: true }).click();
    await page.getByRole('button', { name: words.id.members }).first().click();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: words.id.useCode }).click();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await conversation(page)).at(-1)).toMatch(figure);
    const before = await conversation(page);
    await page.reload();
    await expect.poll(() => conversation(page)).toEqual(before);
    await write(page, 'saldo');
    await expect.poll(async () => (await conversation(page)).length).toBe(before.length + 2);
    expect((await conversation(page)).at(-1)).toMatch(figure);
  });
});
