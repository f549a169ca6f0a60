import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { startWorker, workerDocuments } from '../../../src/backends/documents/documents.ts';
import { branded } from '../../../src/core/brand.ts';
import { type Day, daySchema } from '../../../src/core/jamsostek/month.ts';
import { Unavailable } from '../../../src/core/services.ts';
import type { Timer } from '../../../src/core/time.ts';
import { asOf, cardContent, months, years } from './content.ts';

const workers: Worker[] = [];
const open: { close(): Promise<void> }[] = [];

/** Documents of a worker that the test can lay hands on. */
function documents(start: () => Worker = startWorker, timer?: Timer) {
  const made = workerDocuments({
    ...(timer && { timer }),
    start: () => {
      const worker = start();
      workers.push(worker);
      return worker;
    },
  });
  open.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
  workers.length = 0;
});

/** A worker that takes everything and never answers. */
const silent = () => new Worker('require("node:worker_threads").parentPort.on("message", () => {})', { eval: true });

const settled = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('documents that a worker makes', () => {
  it('are the same as those made directly, each for who asked for it, however many ask at once', async () => {
    const ask = [
      { language: 'id', asOf, points: years(1e6, 2e6) },
      { language: 'en', asOf, points: years(5e6) },
    ] as const;
    const made = documents();
    const day = daySchema.parse('2026-11-30');
    const loss = { language: 'id', day, holder: null } as const;
    const paid = { language: 'id', points: months(1e5, 0, 2e5) } as const;
    const [one, other, card, letter, contributions] = await Promise.all([
      made.balanceChart(ask[0]),
      made.balanceChart(ask[1]),
      made.card(cardContent),
      made.lossStatement(loss),
      made.contributionChart(paid),
    ]);
    expect(one).toStrictEqual(await directDocuments.balanceChart(ask[0]));
    expect(other).toStrictEqual(await directDocuments.balanceChart(ask[1]));
    expect(card).toStrictEqual(await directDocuments.card(cardContent));
    expect(letter).toStrictEqual(await directDocuments.lossStatement(loss));
    expect(contributions).toStrictEqual(await directDocuments.contributionChart(paid));
    expect(workers).toHaveLength(1);
  });

  it('are unavailable when the worker dies over them, and made by a new one at the next use', async () => {
    const made = documents();
    const lost = settled(made.card(cardContent));
    const waiting = made.lossStatement({ language: 'en', day: asOf, holder: null });
    await workers[0]?.terminate();
    expect(await lost).toStrictEqual(new Unavailable('documents'));
    expect(await waiting).toMatchObject({ type: 'application/pdf' });
    expect(await made.card(cardContent)).toMatchObject({ type: 'image/png' });
    expect(workers).toHaveLength(2);
  });

  it('are unavailable when they take too long, and the worker that hangs is ended', async () => {
    let over = () => {};
    const timer: Timer = {
      pause: (_, signal) =>
        new Promise((resolve) => {
          over = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        }),
    };
    let broken = true;
    const made = documents(() => (broken ? silent() : startWorker()), timer);
    const late = settled(made.card(cardContent));
    const ended = new Promise((resolve) => workers[0]?.once('exit', resolve));
    broken = false;
    over();
    expect(await late).toStrictEqual(new Unavailable('documents'));
    await ended;
    expect(await made.card(cardContent)).toMatchObject({ type: 'image/png' });
    expect(workers).toHaveLength(2);
  });

  it('are unavailable once they are closed, those that wait as well', async () => {
    const made = documents(silent);
    const asked = [settled(made.card(cardContent)), settled(made.card(cardContent))];
    await made.close();
    asked.push(settled(made.card(cardContent)));
    expect(await Promise.all(asked)).toStrictEqual(asked.map(() => new Unavailable('documents')));
    expect(workers).toHaveLength(1);
  });

  it('fail with an error that says where, and nothing of what they are about', async () => {
    const name = 'Siti Nurhalizah';
    // A program that is wrong: what it passes is no day.
    const error = await settled(documents().card({ ...cardContent, name, asOf: branded<Day>(name) }));
    expect(error).not.toBeInstanceOf(Unavailable);
    expect(error).toMatchObject({ message: 'Making a document failed: card, RangeError' });
    expect(error).toHaveProperty('stack', expect.stringMatching(/\n {4}at .*card\.ts:\d+/));
    expect(error).toHaveProperty('stack', expect.not.stringMatching(/Siti|0004|12345678901|Garmen/));
  });

  it('are made where nothing can be written to a disk, and let the program end when they are done', () => {
    const limits = ['--permission', '--allow-fs-read=*', '--allow-worker', '--allow-addons', '--no-warnings'];
    const script = join(import.meta.dirname, 'all-kinds.ts');
    const out = execFileSync(process.execPath, [...limits, script], { encoding: 'utf8' });
    const [png, pdf] = ['image/png', 'application/pdf'];
    expect(out).toBe([png, png, png, pdf, pdf, pdf].join(' '));
  });
});
