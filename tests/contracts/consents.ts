import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import type { Consents, TurnId } from '../../src/core/services.ts';
import { poison } from './registry.ts';

type Consent = Parameters<Consents['record']>[0];

/** A consent as it is read back, without its turn. */
export const keptConsent = z.object({
  conversation: z.string(),
  channel: z.string(),
  notice: z.string(),
  language: z.string(),
  textDigest: z.string(),
  given: z.boolean(),
  at: z.number(),
});

/** What every store of consents promises. `kept` gives all that is there, in the order it came. */
export function consentsContract(
  name: string,
  open: () => Promise<{
    consents: Consents;
    kept(): Promise<readonly z.infer<typeof keptConsent>[]>;
    close(): Promise<void>;
  }>,
): void {
  describe(`${name}: consents`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const yes: Consent = {
      conversation: branded<ConversationId>('c5a1'),
      channel: 'terminal',
      notice: '2026-11',
      language: 'id',
      textDigest: 'f00d',
      given: true,
      turn: branded<TurnId>('c5a1/1'),
      at: Date.parse('2026-11-22T03:00:00.123Z'),
    };
    const withoutTurn = (consent: Consent) => keptConsent.parse(consent);

    it('keeps each yes and each no, and a repeated turn once, as it was first said', async () => {
      const no: Consent = { ...yes, given: false, language: 'en', turn: branded<TurnId>('c5a1/2'), at: yes.at + 1 };
      await opened.consents.record(yes);
      await opened.consents.record(no);
      await opened.consents.record({ ...yes, given: false });
      await Promise.all([opened.consents.record(no), opened.consents.record(no)]);
      expect(await opened.kept()).toEqual([withoutTurn(yes), withoutTurn(no)]);
    });

    it('takes any text, and tells turns apart by every character', async () => {
      const before = (await opened.kept()).length;
      const turns = new Set(poison.map((text) => branded<TurnId>(`poison/${text}`)));
      for (const turn of turns) {
        const conversation = branded<ConversationId>(turn);
        await opened.consents.record({ ...yes, conversation, channel: turn, turn, at: yes.at + 2 });
      }
      expect(await opened.kept()).toHaveLength(before + turns.size);
    });
  });
}
