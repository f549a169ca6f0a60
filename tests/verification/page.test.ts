import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { day } from '../../src/core/time.ts';
import { windows } from '../../src/verification/limits.ts';
import { browsing, chromium } from '../bots/web/browsing.ts';
import { forged, Stage } from './stage.ts';

const violationsSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));

/** What axe finds wrong, as `rule: markup`. */
async function violations(page: Page): Promise<string[]> {
  // Evaluated by the browser's own tools, which the page's policy does not bind: the policy stays as it is.
  await page.evaluate(axe);
  const found = violationsSchema.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const valid = (stage: Stage) => stage.addressOf({ kind: 'statement' });

/** Each face of the page, what its heading says, and how to come to its address. */
const faces = [
  ['valid', 'BERLAKU Valid', valid],
  ['not ours', 'TIDAK BERLAKU Not valid', (stage: Stage) => forged(valid(stage))],
  [
    'expired',
    'SUDAH LEWAT Expired',
    (stage: Stage) => {
      const address = valid(stage);
      stage.now += 200 * day;
      return address;
    },
  ],
  [
    'crowded',
    'TUNGGU SEBENTAR Please wait',
    async (stage: Stage) => {
      const address = valid(stage);
      for (let time = 0; time < windows.perSource[0].max; time += 1) await stage.get(address, '127.0.0.1');
      return address;
    },
  ],
  [
    'away',
    'BELUM BISA Not now',
    (stage: Stage) => {
      stage.limitsUp = false;
      return valid(stage);
    },
  ],
] as const;

describe.skipIf(chromium === null)('the page that a QR code opens', () => {
  const { browser, after } = browsing();
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.open();
    after(() => stage.close());
  });

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    it.each(faces)(
      '%s: says so in words, fits a small phone, and has nothing that axe objects to',
      async (_is, words, addressOf) => {
        const address = await addressOf(stage);
        const page = await (await browser({ colorScheme, viewport: { width: 320, height: 568 } })).newPage();
        const requests: string[] = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(address);
        expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(words.replace(/ (?=[A-Z][a-z])/, '\n'));
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
        expect(await violations(page)).toEqual([]);
        expect(requests.filter((url) => !url.startsWith(`${stage.url}/`))).toEqual([]);
        expect(await page.evaluate('document.scripts.length + document.cookie.length')).toBe(0);
      },
    );
  });

  it('tells its faces apart by shape, with colours or without', async () => {
    const page = await (await browser({ forcedColors: 'active' })).newPage();
    const shapes = new Set<unknown>();
    for (const [, , addressOf] of faces.slice(0, 3)) {
      await page.goto(await addressOf(stage));
      shapes.add(await page.evaluate('document.querySelector("svg").innerHTML'));
      expect(await page.locator('svg').isVisible()).toBe(true);
    }
    expect(shapes.size).toBe(3);
  });

  it('is as light or as dark as the device', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await (await browser({ colorScheme })).newPage();
      await page.goto(valid(stage));
      const [red] = /\d+/.exec(String(await page.evaluate('getComputedStyle(document.body).backgroundColor'))) ?? [];
      expect(Number(red) < 60 ? 'dark' : 'light').toBe(colorScheme);
    }
  });

  it('is black on white on a printer, which leaves backgrounds out', async () => {
    const page = await (await browser({ colorScheme: 'dark' })).newPage();
    await page.goto(valid(stage));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(
      await page.evaluate(`['body', '.verdict'].map((selector) => {
        const { color, backgroundColor } = getComputedStyle(document.querySelector(selector));
        return [color, backgroundColor];
      })`),
    ).toEqual([
      ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'],
      ['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'],
    ]);
  });

  it('can be read with letters twice as large', async () => {
    const page = await (await browser({ viewport: { width: 320, height: 568 } })).newPage();
    await page.goto(valid(stage));
    await page.evaluate('void (document.documentElement.style.fontSize = "200%")');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });
});
