import type { Database } from '../backends/postgres/database.ts';
import { recentMisses } from '../backends/postgres/misses.ts';
import { systemClock } from '../backends/system/clock.ts';
import { Unavailable } from '../core/services.ts';
import { groupsOf, type MissedGroup, type MissedText } from '../core/understanding/groups.ts';
import { type Understand, worthOffering } from '../core/understanding/understand.ts';
import { CannotStart } from './cannot-start.ts';
import { configFor, databaseOf, understanding } from './open.ts';

/** Different texts that are looked at: grouping as many takes seconds. */
const mostTexts = 2_000;
/** Texts of a group that are shown. */
const mostShown = 3;
/** Readings of a text that are shown. */
const mostReadings = 2;

/**
 * Prints what was not understood in the last 30 days, in groups of what says much the same, with what each text would be
 * taken for now: so that whoever writes the example phrases sees what is missing, and what has been mended since. Lines
 * for people, one line of JSON for each group for scripts.
 */
export async function misses({ json }: { readonly json: boolean }): Promise<void> {
  const config = configFor({ database: 'folder', logLevel: 'error' });
  const database = await databaseOf(config, systemClock());
  const missed = await readAndClose(database);
  if (missed.length === 0) {
    const setting = config.keepMisses ? 'KEEP_MISSES is on here' : 'KEEP_MISSES=on switches it on';
    const line = `Nothing has been kept in the last 30 days of messages that were not understood (${setting}).`;
    (json ? process.stderr : process.stdout).write(`${line}\n`);
    return;
  }
  const understand = understanding();
  for (const group of groupsOf(missed))
    print(json ? JSON.stringify(lineOf(group, understand)) : linesOf(group, understand));
}

async function readAndClose(database: Database): Promise<readonly MissedText[]> {
  try {
    return await recentMisses(database, mostTexts);
  } catch (error) {
    if (error instanceof Unavailable) throw new CannotStart('The database does not answer: try again later.');
    throw error;
  } finally {
    await database.close();
  }
}

function lineOf({ times, newest, texts }: MissedGroup, understand: Understand) {
  return {
    times,
    newest,
    texts: texts
      .slice(0, mostShown)
      .map(({ text, language }) => ({ text, language, nearest: readingsOf(text, understand) })),
  };
}

function linesOf(group: MissedGroup, understand: Understand): string {
  const { times, newest, texts } = lineOf(group, understand);
  const more = group.texts.length - texts.length;
  return [
    `${times} ${times === 1 ? 'time' : 'times'}, last on ${newest}`,
    ...texts.map(({ text, language, nearest }) => {
      const readings = nearest.map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`).join(', ');
      return `  ${language}  ${text}\n      now: ${readings}`;
    }),
    ...(more > 0 ? [`  … and ${more} more like these`] : []),
    '',
  ].join('\n');
}

/** What a masked text would be taken for now, best first. */
function readingsOf(text: string, understand: Understand) {
  const { intent, confidence, runnersUp } = understand(text);
  const others = runnersUp.filter((reading) => reading.confidence >= worthOffering);
  return [{ intent, confidence }, ...others]
    .slice(0, mostReadings)
    .map((reading) => ({ intent: reading.intent, confidence: Math.round(reading.confidence * 1_000) / 1_000 }));
}

function print(lines: string): void {
  process.stdout.write(`${lines}\n`);
}
