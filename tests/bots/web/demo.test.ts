import { describe, expect, it } from 'vitest';
import { browsing, chromium, expectConversation, write } from './browsing.ts';

describe.skipIf(chromium === null)('the page of a demo', () => {
  const { stage: open, browser, tab } = browsing();

  it("has the member's phone beside the chat, and a button that copies the code from it", async () => {
    const stage = await open({ demo: true });
    const page = await tab(stage.url);
    await page.getByText('Belum ada SMS').waitFor();
    await write(page, 'saldo');
    await expectConversation(page, ['> saldo', '< echo saldo']);
    await stage.text('Kode Anda 042917, berlaku 5 menit.');
    const phone = page.getByRole('log', { name: 'Ini HP peserta' });
    await phone.getByText('Kode Anda 042917').waitFor();
    expect(await phone.textContent()).toContain('+6281234567890');
    await phone.getByRole('button', { name: 'Pakai kode ini' }).click();
    expect(await page.locator('#input').inputValue()).toBe('042917');
    await page.keyboard.press('Enter');
    await expectConversation(page, ['> saldo', '< echo saldo', '> 042917', '< echo 042917']);
    await page.reload();
    await phone.getByText('Kode Anda 042917').waitFor();
    expect(await phone.locator('.sms').count()).toBe(1);
  });

  it('lists the members, finds one by name, NIK or scenario, and copies the NIK', async () => {
    const stage = await open({ demo: true });
    const page = await tab(stage.url);
    const rows = page.locator('#members li');
    await expect.poll(() => rows.count()).toBe(3);
    for (const [words, name] of [
      ['rekaan dua', 'Rekaan Dua'],
      ['0001', 'Rekaan Satu'],
      ['beberapa', 'Rekaan Dua'],
      ['<b>', '<b>Rekaan</b> Tiga'],
    ] as const) {
      await page.getByRole('searchbox', { name: 'Cari nama, NIK, atau skenario' }).fill(words);
      expect(await rows.locator('strong').allTextContents()).toEqual([name]);
    }
    await page.getByRole('button', { name: 'Pakai NIK' }).click();
    expect(await page.locator('#input').inputValue()).toBe('3273014107900003');
    await page.locator('#filter').fill('tidak ada');
    await page.getByText('Tidak ada yang cocok').waitFor();
  });

  it('on a phone folds it away under the chat, and tells of a new SMS', async () => {
    const stage = await open({ demo: true });
    const page = await tab(stage.url, await browser({ viewport: { width: 390, height: 844 } }));
    await write(page, 'saldo');
    await expectConversation(page, ['> saldo', '< echo saldo']);
    expect(await page.getByText('Ini HP peserta').isVisible()).toBe(false);
    await stage.text('Kode Anda 042917');
    await page.getByText('SMS baru').click();
    await page.getByRole('button', { name: 'Pakai kode ini' }).click();
    expect(await page.locator('#input').inputValue()).toBe('042917');
    expect(await page.getByText('Ini HP peserta').isVisible()).toBe(false);
  });

  it('says that its data are invented, and that it is no official service', async () => {
    const stage = await open({ demo: true });
    const page = await tab(stage.url);
    expect((await page.locator('.small').textContent())?.replaceAll(/\s+/g, ' ').trim()).toBe(
      'Demo: data rekaan. Bukan layanan resmi BPJS Ketenagakerjaan.',
    );
  });
});
