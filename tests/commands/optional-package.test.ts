import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runProgram, startProduct } from '../servers/product.ts';

const without = { NODE_OPTIONS: `--import=${new URL('no-baileys.ts', import.meta.url).href}` };

it('without the package that speaks WhatsApp the program runs, and all else works', async () => {
  const product = await startProduct(without);
  onTestFinished(async () => void (await product.stop()));
  expect(await (await fetch(`${product.url}/readyz`)).json()).toEqual({ ready: true, parts: { database: true } });
});

it('without that package WhatsApp is refused with one line that says what is missing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jamsostek-chat-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const ended = await runProgram(['serve'], { ...without, WHATSAPP: 'on', PORT: '0', DATA_FOLDER: folder });
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^WHATSAPP=on needs the package @whiskeysockets\/baileys, which is not installed.*\n$/);
});
