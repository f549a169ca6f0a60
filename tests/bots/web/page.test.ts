import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { minute } from '../../../src/core/time.ts';
import { browsing, chromium, conversation, expectConversation, write } from './browsing.ts';
import { loggingOut, reply, type Script } from './stage.ts';

/** Asks for consent until it is given. */
const consent: Script = ({ content }) => [
  content.kind === 'choice'
    ? reply(`dipilih ${content.id}`)
    : reply('Setuju?', [
        { id: 'consent_yes', label: 'Setuju' },
        { id: 'consent_no', label: 'Tidak setuju' },
      ]),
];

describe.skipIf(chromium === null)('the page', () => {
  const { stage: open, browser, tab } = browsing();

  it('greets with three questions to tap, and asks the one that is tapped', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    expect(await page.getByRole('group', { name: 'Contoh pertanyaan' }).getByRole('button').allTextContents()).toEqual([
      'cek saldo JHT saya',
      'kartu saya hilang',
      'nomor call center',
    ]);
    await page.getByRole('button', { name: 'kartu saya hilang' }).click();
    await expectConversation(page, ['> kartu saya hilang', '< echo kartu saya hilang']);
    expect(await page.getByText('Halo, ada yang bisa dibantu?').isVisible()).toBe(false);
  });

  it('sends on Enter, begins a line on Shift and Enter, and stays in the input', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    const input = page.getByRole('textbox', { name: 'Tulis pesan' });
    await input.pressSequentially('satu');
    await input.press('Shift+Enter');
    await input.pressSequentially('dua');
    await input.press('Enter');
    await expectConversation(page, ['> satu\ndua', '< echo satu\ndua']);
    expect(await input.inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.id')).toBe('input');
  });

  it('sends nothing when there is nothing to send', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    await write(page, '  ');
    await page.getByRole('button', { name: 'Kirim' }).click();
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    expect(stage.words).toEqual(['satu']);
  });

  it('offers the choices of the latest reply alone, and shows the one that was taken', async () => {
    const stage = await open({ script: consent });
    const page = await tab(stage.url);
    await write(page, 'saldo');
    await page.getByRole('button', { name: 'Setuju', exact: true }).click();
    await expectConversation(page, ['> saldo', '< Setuju?', '> Setuju', '< dipilih consent_yes']);
    expect(stage.taken[1]?.content).toEqual({ kind: 'choice', id: 'consent_yes' });
    expect(await page.locator('.choices button').count()).toBe(2);
    expect(await page.locator('.choices button:enabled').count()).toBe(0);
  });

  it('can be used by keyboard alone', async () => {
    const stage = await open({ script: consent });
    const page = await tab(stage.url);
    await page.keyboard.type('saldo');
    await page.keyboard.press('Enter');
    await expectConversation(page, ['> saldo', '< Setuju?']);
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Tidak setuju');
    await page.keyboard.press('Enter');
    await expectConversation(page, ['> saldo', '< Setuju?', '> Tidak setuju', '< dipilih consent_no']);
    expect(await page.evaluate('document.activeElement.id')).toBe('input');
    const reached = [];
    for (let step = 0; step < 6; step += 1) {
      await page.keyboard.press('Shift+Tab');
      reached.push(await page.evaluate('document.activeElement.id || document.activeElement.lang || "body"'));
    }
    expect(reached).toEqual(['log', 'end', 'en', 'id', expect.anything(), expect.anything()]);
  });

  it('keeps the conversation over a reload', async () => {
    const stage = await open({ script: consent });
    const page = await tab(stage.url);
    await write(page, 'saldo');
    await page.getByRole('button', { name: 'Setuju', exact: true }).click();
    await expectConversation(page, ['> saldo', '< Setuju?', '> Setuju', '< dipilih consent_yes']);
    const before = await conversation(page);
    await page.reload();
    await expectConversation(page, before);
    await write(page, 'lagi');
    await expectConversation(page, [...before, '> lagi', '< Setuju?']);
    expect(await page.locator('.choices button:enabled').count()).toBe(2);
    expect(await page.locator('#log').getAttribute('aria-busy')).toBe('false');
  });

  it('shows one conversation in all tabs, live', async () => {
    const stage = await open();
    const context = await browser();
    const first = await tab(stage.url, context);
    const second = await tab(stage.url, context);
    await write(first, 'satu');
    await expectConversation(second, ['> satu', '< echo satu']);
    await write(second, 'dua');
    for (const page of [first, second]) {
      await expectConversation(page, ['> satu', '< echo satu', '> dua', '< echo dua']);
    }
    expect(stage.words).toEqual(['satu', 'dua']);
  });

  it('shows another browser nothing of it', async () => {
    const stage = await open();
    await write(await tab(stage.url), 'rahasia');
    await expect.poll(() => stage.words).toEqual(['rahasia']);
    const stranger = await tab(stage.url);
    await write(stranger, 'halo');
    await expectConversation(stranger, ['> halo', '< echo halo']);
  });

  it('says that the assistant is writing until it has answered', async () => {
    const stage = await open({ script: () => [] });
    const page = await tab(stage.url);
    await write(page, 'satu');
    await page.locator('#typing').waitFor();
    await stage.say(reply('jawaban'));
    await page.locator('#typing').waitFor({ state: 'hidden' });
    expect(await conversation(page)).toEqual(['> satu', '< jawaban']);
  });

  it('switches its language at once, keeps it, and tells the assistant only in a conversation', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('Hello, how can I help?');
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(stage.words).toEqual([]);
    await write(page, 'hello');
    await expectConversation(page, ['> hello', '< echo hello']);
    expect(stage.taken[0]?.languageHint).toBe('en');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Write a message' }).count()).toBe(1);
    await expectConversation(page, ['> hello', '< echo hello']);
    await page.getByRole('button', { name: 'Bahasa Indonesia' }).click();
    await expect.poll(() => stage.words).toEqual(['hello', 'bahasa indonesia']);
    expect(stage.taken[1]?.languageHint).toBe('id');
    expect(await page.getByRole('button', { name: 'Bahasa Indonesia' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('comes in English to a browser in English', async () => {
    const stage = await open();
    const page = await tab(stage.url, await browser({ locale: 'en-GB' }));
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe('Hello, how can I help?');
  });

  it('shows markup as the text that it is, whoever wrote it', async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>&lt;b&gt; {{title}} \u202e';
    const stage = await open({
      demo: true,
      script: () => [
        {
          ...reply(markup, [{ id: 'x', label: markup }]),
          place: { name: markup, address: markup, latitude: 1, longitude: 2 },
        },
      ],
    });
    const page = await tab(stage.url);
    await write(page, markup);
    await expectConversation(page, [`> ${markup}`, `< ${markup}`]);
    await stage.text(markup);
    await expect.poll(() => page.locator('.sms .text').textContent()).toBe(markup);
    expect(await page.locator('.choices button').textContent()).toBe(markup);
    expect(await page.locator('.card strong').textContent()).toBe(markup);
    expect(await page.locator('#messages img, #messages script, .sms img').count()).toBe(0);
    expect(await page.title()).toBe('Jamsostek Chat');
  });

  it('links a place to a map by its numbers', async () => {
    const place = { name: 'Kantor Bandung', address: 'Jl. Rekaan 1', latitude: -6.9, longitude: 107.6 };
    const stage = await open({ script: () => [{ ...reply('di sini'), place }] });
    const page = await tab(stage.url);
    await write(page, 'kantor');
    const link = page.getByRole('link', { name: 'Buka peta' });
    expect(await link.getAttribute('href')).toBe(
      'https://www.openstreetmap.org/?mlat=-6.9&mlon=107.6#map=17/-6.9/107.6',
    );
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('lets a file be kept, byte for byte, under its name', async () => {
    const content = Buffer.from([0, 1, 128, 255]).toString('base64');
    const file = { kind: 'document', name: 'surat.pdf', type: 'application/pdf', content, words: 'isi surat' } as const;
    const stage = await open({ script: () => [{ ...reply('ini suratnya'), file }] });
    const page = await tab(stage.url);
    await write(page, 'surat');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Unduh' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('surat.pdf');
    expect(await readFile(await download.path())).toEqual(Buffer.from(content, 'base64'));
  });

  it('shows a picture, in words for who cannot see it, and lets it be kept', async () => {
    const content = (await readFile('tests/backends/documents/golden/balance-zero-id.png')).toString('base64');
    const file = { kind: 'image', name: 'grafik.png', type: 'image/png', content, words: 'Saldo: Rp0' } as const;
    const stage = await open({ script: () => [{ ...reply('ini grafiknya'), file }] });
    const page = await tab(stage.url);
    await write(page, 'grafik');
    const picture = page.getByRole('img', { name: 'Saldo: Rp0' });
    await expect.poll(() => page.evaluate('document.querySelector("#messages img").naturalWidth')).toBe(720);
    const shown = await picture.boundingBox();
    expect(shown?.width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Unduh' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('grafik.png');
  });

  it('forgets the conversation when the member ends it, after asking, and begins another', async () => {
    const stage = await open();
    const context = await browser();
    const page = await tab(stage.url, context);
    const other = await tab(stage.url, context);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    await page.getByRole('button', { name: 'Akhiri' }).click();
    await page.getByRole('button', { name: 'Tidak jadi' }).click();
    expect(await conversation(page)).toEqual(['> satu', '< echo satu']);
    await page.getByRole('button', { name: 'Akhiri' }).click();
    await page.getByRole('button', { name: 'Ya, akhiri' }).click();
    for (const each of [page, other]) await each.getByText('Halo, ada yang bisa dibantu?').waitFor();
    await write(page, 'dua');
    for (const each of [page, other]) await expectConversation(each, ['> dua', '< echo dua']);
    expect(new Set(stage.taken.map(({ conversation }) => conversation)).size).toBe(2);
  });

  it('forgets the conversation when the member logs out, but neither the goodbye nor what is still to be sent', async () => {
    const stage = await open({ script: loggingOut });
    const page = await tab(stage.url);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    let refusing = true;
    const bothWritten = Promise.withResolvers<void>();
    await page.route('**/web/messages', async (route) => {
      await bothWritten.promise;
      const second = (route.request().postData() ?? '').includes('dua');
      return second && refusing ? route.abort() : route.continue();
    });
    await write(page, 'keluar');
    await write(page, 'dua');
    bothWritten.resolve();
    await expectConversation(page, ['< sampai jumpa', '> dua']);
    refusing = false;
    await expectConversation(page, ['< sampai jumpa', '> dua', '< echo dua']);
    expect(stage.words).toEqual(['satu', 'keluar', 'dua']);
  });

  it('has forgotten the conversation when the member comes back after fifteen minutes, and says so', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    stage.clock.time += 15 * minute;
    await tab(stage.url);
    await page.getByText('sudah dihapus dari layar').waitFor();
    expect(await conversation(page)).toEqual([]);
    await write(page, 'dua');
    await expectConversation(page, ['> dua', '< echo dua']);
  });
});
