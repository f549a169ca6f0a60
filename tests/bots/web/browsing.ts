import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { findChromium, launchChromium } from '../../servers/chromium.ts';
import { Stage, type StageOptions } from './stage.ts';

const rowsSchema = z.array(z.string());

/** Null where there is none and none may be installed: then the tests that need it are skipped. */
export const chromium = findChromium();

/** What a test may use; all of it is gone after the test. */
export interface Browsing {
  readonly stage: (options?: StageOptions, port?: number) => Promise<Stage>;
  /** One more browser, with its own cookies, in Indonesian unless said otherwise. */
  readonly browser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** A tab with the page in it, connected. */
  readonly tab: (url: string, context?: BrowserContext) => Promise<Page>;
  /** What pages complained of so far in this test; from here on that is forgiven. */
  readonly complaints: () => string[];
  /** To be cleaned up after the test. */
  readonly after: (work: () => Promise<unknown>) => void;
}

/** For the top of a file: one Chromium for its tests. After each, no page may have met an error or broken its policy. */
export function browsing(): Browsing {
  let browser: Browser | null = null;
  const cleanups: (() => Promise<unknown>)[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (chromium !== null) browser = await launchChromium(chromium);
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    expect(complaints.splice(0)).toEqual([]);
  });

  const open = async (options: BrowserContextOptions = {}): Promise<BrowserContext> => {
    if (browser === null) throw new Error('No browser was started');
    const context = await browser.newContext({ locale: 'id-ID', ...options });
    cleanups.push(() => context.close());
    context.on('weberror', (error) => complaints.push(String(error.error())));
    context.on('console', (message) => {
      // Chromium reports every broken connection; breaking them is what some of the tests do.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        complaints.push(message.text());
      }
    });
    return context;
  };

  return {
    async stage(options, port) {
      const stage = await Stage.open(options, port);
      cleanups.push(() => stage.stop());
      return stage;
    },
    browser: open,
    async tab(url, context) {
      const page = await (context ?? (await open())).newPage();
      const connected = page.waitForResponse((response) => response.url().includes('/web/events'));
      await page.goto(url);
      await connected;
      return page;
    },
    complaints: () => complaints.splice(0),
    after: (work) => void cleanups.push(work),
  };
}

/** Writes as a member does. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator('#input').fill(text);
  await page.locator('#input').press('Enter');
}

/** Everything that has been said, as it stands on the page from top to bottom: `>` the member, `<` the assistant. */
export async function conversation(page: Page): Promise<string[]> {
  return rowsSchema.parse(
    await page.evaluate(`[...document.querySelectorAll('#messages .row')].map((row) =>
      (row.classList.contains('member') ? '> ' : '< ') + row.querySelector('.text').textContent)`),
  );
}

/** Resolves once the page shows exactly this conversation. */
export async function expectConversation(page: Page, expected: readonly string[]): Promise<void> {
  await expect.poll(() => conversation(page)).toEqual(expected);
}
