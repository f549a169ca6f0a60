import type { Request } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { browsing, chromium, conversation, expectConversation, write } from './browsing.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { reply, type Script, type Stage } from './stage.ts';

const quiet: Script = () => [];

describe.skipIf(chromium === null)('on a bad network, the page', () => {
  const { stage: open, browser, tab, after } = browsing();

  async function proxied(script?: Script) {
    const stage = await open(script === undefined ? {} : { script });
    const proxy = await CuttingProxy.open(stage.url);
    after(() => proxy.close());
    return { stage, proxy, page: await tab(proxy.url) };
  }

  it('loses nothing, doubles nothing and keeps the order when the stream is cut in the middle of events', async () => {
    const { stage, proxy, page } = await proxied(quiet);
    await write(page, 'mulai');
    await expectConversation(page, ['> mulai']);
    const expected = ['> mulai'];
    for (let turn = 1; turn <= 30; turn += 1) {
      expected.push(`< jawaban ke-${turn}`);
      const cut = turn % 6 === 0 ? proxy.cutAt(`jawaban ke-${turn}`) : null;
      await stage.say(reply(`jawaban ke-${turn}`));
      await cut;
    }
    await expectConversation(page, expected);
    expect(proxy.cuts).toBe(5);
  });

  it('shows once what was said while it was away, and says that it is connecting again', async () => {
    const { stage, proxy, page } = await proxied();
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    proxy.down();
    await stage.say(reply('dua'));
    await page.getByText('Menyambung kembali …').waitFor();
    await stage.say(reply('tiga'));
    proxy.up();
    await expectConversation(page, ['> satu', '< echo satu', '< dua', '< tiga']);
    expect(await page.locator('#reconnecting').textContent()).toBe('');
  });

  it('sends a message again until it is taken, in the order in which they were written', async () => {
    const { stage, proxy, page } = await proxied();
    proxy.down();
    await write(page, 'satu');
    await write(page, 'dua');
    await page.getByText('Belum terkirim, mencoba lagi …').waitFor();
    expect(await conversation(page)).toEqual(['> satu', '> dua']);
    proxy.up();
    await expectConversation(page, ['> satu', '< echo satu', '> dua', '< echo dua']);
    expect(stage.words).toEqual(['satu', 'dua']);
    expect(await page.locator('.progress').allTextContents()).toEqual(['', '']);
  });

  it('does not double a message when only the answer to it was lost', async () => {
    const { stage, proxy, page } = await proxied(quiet);
    await write(page, 'satu');
    await expectConversation(page, ['> satu']);
    const cut = proxy.cutAt('HTTP/1.1 202');
    await write(page, 'dua');
    await cut;
    await write(page, 'tiga');
    await expectConversation(page, ['> satu', '> dua', '> tiga']);
    await expect.poll(() => stage.words).toEqual(['satu', 'dua', 'tiga']);
  });

  it('does not double a message when both its answer and its event were lost', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    let posts = 0;
    await page.route('**/web/messages', async (route) => {
      posts += 1;
      if (posts > 1) return route.continue();
      await sendAgain(stage, route.request());
      return route.abort();
    });
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    await write(page, 'dua');
    await expectConversation(page, ['> satu', '< echo satu', '> dua', '< echo dua']);
    expect(stage.words).toEqual(['satu', 'dua']);
  });

  it.each(['full', 'throws'] as const)(
    'waits and sends again when the assistant cannot take a message (%s)',
    async (trouble) => {
      const stage = await open();
      const page = await tab(stage.url);
      stage.trouble.push(trouble);
      await page.clock.install();
      await write(page, 'satu');
      await page.getByText('Belum terkirim, mencoba lagi …').waitFor();
      await page.clock.runFor(6_000);
      await expectConversation(page, ['> satu', '< echo satu']);
      expect(stage.words).toEqual(['satu']);
    },
  );

  it('says so when a message will never be taken, and goes on with the next', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    await page.route('**/web/messages', (route) =>
      (route.request().postData() ?? '').includes('terlalu')
        ? route.fulfill({ status: 413, json: {} })
        : route.continue(),
    );
    await write(page, 'terlalu panjang');
    await page.getByText('Tidak terkirim. Coba tulis lebih singkat.').waitFor();
    await write(page, 'dua');
    await expect.poll(() => stage.words).toEqual(['dua']);
  });

  it('keeps what was said when the server starts again, and goes on', async () => {
    const first = await open();
    const proxy = await CuttingProxy.open(first.url);
    after(() => proxy.close());
    const page = await tab(proxy.url);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    const second = await open();
    proxy.leadTo(second.url);
    await first.stop();
    await write(page, 'dua');
    await expectConversation(page, ['> satu', '< echo satu', '> dua', '< echo dua']);
    expect(second.words).toEqual(['dua']);
  });

  it('keeps what was said in its place when a server that is new to it takes an old message again', async () => {
    const first = await open();
    const proxy = await CuttingProxy.open(first.url);
    after(() => proxy.close());
    const page = await tab(proxy.url);
    const sent = page.waitForRequest('**/web/messages');
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    const second = await open({ script: quiet });
    proxy.leadTo(second.url);
    await first.stop();
    await write(page, 'dua');
    await expect.poll(() => second.words).toEqual(['dua']);
    await sendAgain(second, await sent);
    await write(page, 'tiga');
    await expect.poll(() => second.words).toEqual(['dua', 'satu', 'tiga']);
    await expectConversation(page, ['> satu', '< echo satu', '> dua', '> tiga']);
    await expect.poll(() => page.locator('time').count()).toBe(4);
  });

  it('keeps what waits to be sent below what was said', async () => {
    const stage = await open({ script: quiet });
    const page = await tab(stage.url);
    await write(page, 'satu');
    await expectConversation(page, ['> satu']);
    await page.route('**/web/messages', (route) => route.abort());
    await write(page, 'dua');
    await page.getByText('Belum terkirim, mencoba lagi …').waitFor();
    await stage.say(reply('jawaban'));
    await expectConversation(page, ['> satu', '< jawaban', '> dua']);
    await page.unroute('**/web/messages');
    await expect.poll(() => stage.words).toEqual(['satu', 'dua']);
  });

  it('gets its message through when the browser has lost the cookie, in a new chat', async () => {
    const stage = await open();
    const context = await browser();
    const page = await tab(stage.url, context);
    await context.clearCookies();
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    expect(stage.words).toEqual(['satu']);
  });

  it('notices a connection that died without a sign', async () => {
    const stage = await open();
    const context = await browser();
    const page = await context.newPage();
    await page.clock.install();
    let streams = 0;
    await page.route('**/web/events*', (route) => {
      streams += 1;
      // The first connection hangs: no answer, no error.
      return streams === 1 ? new Promise<void>(() => undefined) : route.continue();
    });
    await page.goto(stage.url);
    await expect.poll(() => streams).toBe(1);
    await page.clock.runFor(41_000);
    await page.clock.runFor(1_000);
    await expect.poll(() => streams).toBe(2);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
  });

  it('comes to the same chat when two tabs were opened at the same moment, with a cookie each', async () => {
    const stage = await open();
    const context = await browser();
    const first = await tab(stage.url, context);
    await context.clearCookies();
    const second = await tab(stage.url, context);
    await write(first, 'satu');
    await expectConversation(first, ['> satu', '< echo satu']);
    await expectConversation(second, ['> satu', '< echo satu']);
    expect(new Set(stage.taken.map(({ conversation }) => conversation)).size).toBe(1);
  });

  it('asks before it takes a chat back that is open in too many tabs', async () => {
    const stage = await open();
    const context = await browser();
    const first = await tab(stage.url, context);
    for (let more = 0; more < 4; more += 1) await tab(stage.url, context);
    await first.getByText('Percakapan ini terbuka di beberapa tab lain.').waitFor();
    await first.getByRole('button', { name: 'Lanjutkan di sini' }).click();
    await write(first, 'satu');
    await expectConversation(first, ['> satu', '< echo satu']);
    expect(await first.getByRole('button', { name: 'Lanjutkan di sini' }).isVisible()).toBe(false);
  });
});

/** The same request once more, as a browser sends it whose answer got lost. */
async function sendAgain(stage: Stage, request: Request): Promise<void> {
  const headers = await request.allHeaders();
  const { host } = new URL(request.url());
  await stage.app.inject({
    method: 'POST',
    url: '/web/messages',
    headers: { ...headers, host },
    payload: request.postData() ?? '',
  });
}
