import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/backends/postgres/database.ts';
import type { Language } from '../../src/core/language.ts';
import type { Seating } from './end.ts';
import { needsOf, play } from './play.ts';
import { stageDatabase } from './stage.ts';
import { readTranscript } from './transcript.ts';

/** Every transcript, as `<language>/<name>.txt`. */
export const files = globSync('*/*.txt', { cwd: import.meta.dirname }).sort();

/** The transcripts of what is only there by SMS. */
export const bySms = ['sms-balance', 'sms-keywords', 'sms-letters', 'sms-other-phone', 'sms-registration'];

/**
 * Plays every transcript on a channel, or every one in a language, but those that need what it cannot do: `leftOut` names
 * them, so that none is left out unseen.
 */
export function playAll(channel: string, seating: Seating, leftOut: readonly string[], language?: Language): void {
  describe(`conversations on ${channel}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await stageDatabase();
    });
    afterAll(() => database.close());

    const own = files.filter((file) => language === undefined || file.startsWith(`${language}/`));
    const transcripts = own.map((file) => ({
      file,
      transcript: readTranscript(readFileSync(join(import.meta.dirname, file), 'utf8')),
    }));
    const fits = ({ transcript }: (typeof transcripts)[number]) =>
      seating.lacks.every((need) => !needsOf(transcript).has(need));
    for (const { file, transcript } of transcripts.filter(fits)) {
      it(`${file}: ${transcript.title}`, () => play(transcript, file, database, seating));
    }

    it('leaves out only what the channel cannot do', () => {
      const names = transcripts.filter((each) => !fits(each)).map(({ file }) => file.slice(3, -4));
      expect([...new Set(names)].sort()).toEqual(leftOut.toSorted());
    });
  });
}
