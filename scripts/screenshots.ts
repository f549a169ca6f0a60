/** Makes the pictures of the README again, from the product itself: `node scripts/screenshots.ts`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../tests/servers/chromium.ts';
import { startProduct } from '../tests/servers/product.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');

/** A conversation up to the balance; each step waits for what the one before brought. */
async function readBalance(page: Page): Promise<void> {
  const answers = page.locator('.assistant');
  const answered = (count: number) => answers.nth(count - 1).waitFor();
  await page.locator('#input').fill('min cek saldo jht sy dong');
  await page.keyboard.press('Enter');
  await answered(1);
  await page.getByRole('button', { name: 'Setuju', exact: true }).click();
  await answered(2);
  await fromDemo(page, 'Pakai NIK');
  await answered(3);
  await fromDemo(page, 'Pakai kode ini');
  await answered(4);
}

/** Fills in what the demo panel offers, and sends it; on a phone the panel is opened first. */
async function fromDemo(page: Page, button: string): Promise<void> {
  const offered = page.getByRole('button', { name: button }).first();
  if (!(await offered.isVisible())) await page.locator('summary').click();
  await offered.click();
  await page.keyboard.press('Enter');
}

const pictures: Readonly<Record<string, BrowserContextOptions>> = {
  'chat-desktop.png': { viewport: { width: 1280, height: 800 } },
  'chat-phone.png': { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};

const path = findChromium();
if (path === null) process.exit(1);
const product = await startProduct();
const browser = await launchChromium(path);
mkdirSync(folder, { recursive: true });
for (const [name, options] of Object.entries(pictures)) {
  const page = await browser.newPage({ locale: 'id-ID', timezoneId: 'Asia/Jakarta', colorScheme: 'light', ...options });
  await page.goto(product.url);
  await readBalance(page);
  await page.screenshot({ path: join(folder, name) });
  await page.close();
}
await browser.close();
await product.stop();
