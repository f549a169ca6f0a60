import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { browsing, chromium, expectConversation, write } from './browsing.ts';
import { reply, type Script } from './stage.ts';

const violationsSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
const boxSchema = z.array(z.object({ what: z.string(), width: z.number(), height: z.number() }));

const everything: Script = () => [
  {
    ...reply(
      'Untuk membuka saldo JHT, saya perlu persetujuan Anda.\nhttps://contoh.test/alamat-yang-panjang-sekali-tanpa-spasi-sama-sekali-begitu',
      [
        { id: 'yes', label: 'Setuju' },
        { id: 'no', label: 'Tidak setuju, saya ingin bertanya lebih dahulu tentang hal lain' },
      ],
    ),
    place: { name: 'Kantor Cabang Bandung', address: 'Jl. Rekaan 1', latitude: -6.9, longitude: 107.6 },
  },
];

/** What axe finds wrong, as `rule: markup`. */
async function violations(page: Page): Promise<string[]> {
  // Evaluated by the browser's own tools, which the page's policy does not bind: the policy stays as it is.
  await page.evaluate(axe);
  const found = violationsSchema.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function overflow(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

describe.skipIf(chromium === null)('the page', () => {
  const { stage: open, browser, tab, complaints } = browsing();

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each([
      ['with the demo', true, 1280],
      ['with the demo on a phone', true, 390],
      ['without the demo', false, 1280],
    ] as const)('%s has nothing that axe objects to', async (_what, demo, width) => {
      const stage = await open({ demo, script: everything });
      const page = await tab(stage.url, await browser({ colorScheme, viewport: { width, height: 800 } }));
      expect(await violations(page)).toEqual([]);
      await write(page, 'saldo');
      await page.getByRole('button', { name: 'Setuju', exact: true }).click();
      await expect.poll(() => page.locator('.assistant').count()).toBe(2);
      if (demo) await stage.text('Kode Anda 042917');
      if (demo && width < 900) await page.locator('summary').click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Akhiri' }).click();
      expect(await violations(page)).toEqual([]);
    });

    it('is as light or as dark as the device', async () => {
      const stage = await open();
      const page = await tab(stage.url, await browser({ colorScheme }));
      const [red] = /\d+/.exec(String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))) ?? [];
      expect(Number(red) < 60 ? 'dark' : 'light').toBe(colorScheme);
    });
  });

  it.each([
    ['a small phone', 320, 568, true],
    ['a small phone without the demo', 320, 568, false],
    ['a phone', 390, 844, true],
    ['a phone on its side', 844, 390, true],
    ['a desktop at 200 %', 640, 400, true],
    ['a desktop at 400 %', 320, 200, false],
  ])('fits the width of %s, with the input and the way out in sight', async (_what, width, height, demo) => {
    const stage = await open({ demo, script: everything });
    const page = await tab(stage.url, await browser({ viewport: { width, height } }));
    expect(await overflow(page)).toBe(0);
    await write(page, `tanpaspasi${'x'.repeat(300)}`);
    await expect.poll(() => page.locator('.assistant').count()).toBe(1);
    if (demo) {
      await stage.text('Kode Anda 042917');
      await page.locator('summary').click();
    }
    expect(await overflow(page)).toBe(0);
    expect(
      await page.evaluate('document.getElementById("log").scrollWidth - document.getElementById("log").clientWidth'),
    ).toBe(0);
    for (const selector of ['#input', '#end']) {
      const box = await page.locator(selector).boundingBox();
      expect((box?.y ?? height) + (box?.height ?? height)).toBeLessThanOrEqual(height);
    }
  });

  it('has nothing to tap that is smaller than 44 pixels', async () => {
    const stage = await open({ demo: true, script: everything });
    const page = await tab(stage.url, await browser({ viewport: { width: 320, height: 568 } }));
    await write(page, 'saldo');
    await expect.poll(() => page.locator('.assistant').count()).toBe(1);
    await stage.text('Kode Anda 042917');
    await page.getByText('SMS baru').click();
    const targets = boxSchema.parse(
      await page.evaluate(`[...document.querySelectorAll('button, summary, textarea, input, a')].map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return { what: element.outerHTML, width, height };
      })`),
    );
    const seen = targets.filter(({ width }) => width > 0);
    expect(seen.length).toBeGreaterThan(8);
    expect(seen.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
  });

  it('holds still for those who asked for less motion', async () => {
    const stage = await open({ script: () => [] });
    const page = await tab(stage.url, await browser({ reducedMotion: 'reduce' }));
    await write(page, 'satu');
    await page.locator('#typing').waitFor();
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
  });

  it('tells screen readers who said what, and keeps still about what was said before', async () => {
    const stage = await open();
    const page = await tab(stage.url);
    await write(page, 'satu');
    await expectConversation(page, ['> satu', '< echo satu']);
    const log = page.getByRole('log', { name: 'Percakapan' });
    expect(await log.getAttribute('aria-live')).toBe('polite');
    expect((await log.locator('.bubble').allTextContents()).map((text) => text.replace(/\d\d.\d\d$/, ''))).toEqual([
      'Anda:satu',
      'Asisten:echo satu',
    ]);
  });

  it('lets no script run that is not its own', async () => {
    const stage = await open();
    const context = await browser();
    const page = await context.newPage();
    const refused: string[] = [];
    const markup = 'require-trusted-types-for';
    await page.exposeFunction('refused', (what: string) => void refused.push(what));
    await page.goto(stage.url);
    await page.evaluate(`(async () => {
      addEventListener('securitypolicyviolation', (event) => refused(event.effectiveDirective));
      const script = document.createElement('script');
      try { script.textContent = 'document.title = "run"'; } catch {}
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://elsewhere.test/pixel.png';
      document.body.append(image);
      try { document.body.innerHTML = '<b>'; } catch {}
      try { document.body.setAttribute('onclick', 'document.title = "run"'); } catch {}
      document.body.click();
    })()`);
    await expect.poll(() => refused.toSorted()).toEqual(['img-src', markup, markup, markup]);
    expect(complaints()).toHaveLength(4);
    expect(await page.title()).toBe('Jamsostek Chat');
  });
});
