import { describe, expect, it } from 'vitest';
import { words } from '../../../src/bots/telegram/words.ts';
import { eventually } from '../../eventually.ts';
import { openStage } from './stage.ts';

const menuOf = (language: 'id' | 'en') =>
  words[language].commands.map(({ command, description }) => ({ command, description }));

describe('what members find before they write', () => {
  it('is there in both languages, and in Indonesian for all others', async () => {
    const { bot } = await openStage();
    await eventually(() => expect(bot.shortDescriptions.size).toBe(3));
    const shown = { id: words.id, en: words.en, '': words.id };
    for (const [language, { description, shortDescription }] of Object.entries(shown)) {
      expect(bot.descriptions.get(language)).toBe(description);
      expect(bot.shortDescriptions.get(language)).toBe(shortDescription);
      expect(bot.commands.get('default')?.get(language)).toEqual(menuOf(language === 'en' ? 'en' : 'id'));
    }
  });

  it('that cannot be set is reported, and keeps no message from being answered', async () => {
    const stage = await openStage({ starts: false });
    const faults = { setMyCommands: 429, setMyDescription: 400, setMyShortDescription: 500 };
    for (const [method, code] of Object.entries(faults)) {
      stage.bot.fail({ method }, { code, description: 'No', parameters: { retry_after: 900 } }, 3);
    }
    stage.channel.start?.();
    const siti = stage.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    const failed = () => stage.events.flatMap((event) => (event.kind === 'failed' ? [event.step] : []));
    await eventually(() => expect(failed()).toHaveLength(9));
    expect(new Set(failed())).toEqual(new Set(['commands', 'description', 'short description']));
    expect(stage.channel.standing()).toBe('up');
  });

  it('does not hold up the first message, nor a stop', async () => {
    const stage = await openStage({ starts: false });
    const held = stage.bot.hold({ method: 'setMyCommands' });
    stage.channel.start?.();
    await held.reached();
    const siti = stage.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    await stage.channel.stop();
    expect(held.waiting).toBe(1);
    held.release();
  });
});
