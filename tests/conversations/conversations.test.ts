import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/core/language.ts';
import { bySms, files, playAll } from './all.ts';
import type { Seating } from './end.ts';

/** No channel at all: the narrowest of all limits (WhatsApp's body beside buttons, and its list rows). */
const core: Seating = {
  lacks: ['hiding', 'a telephone'],
  limits: { text: 1_024, label: 24 },
  async seat(stage) {
    return {
      async does({ place, content, writtenAt }) {
        const seat = { chat: place, private: place !== 'group', guarded: stage.guarded };
        const effects = await stage.hear(content, seat, writtenAt);
        const reply = effects.find((effect) => effect.kind === 'reply')?.reply;
        const buttons = reply?.choices.map(({ label }) => label) ?? [];
        return { effects, seen: reply ? { text: reply.text, buttons, hid: false } : null };
      },
      close: async () => undefined,
    };
  },
};

playAll('no channel', core, bySms);

describe('conversations', () => {
  it('are there in both languages, file by file', () => {
    const of = (language: Language) => files.filter((file) => file.startsWith(`${language}/`)).map((f) => f.slice(3));
    expect(of('en')).toEqual(of('id'));
  });
});
