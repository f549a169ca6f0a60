import { describe, expect, it, onTestFinished } from 'vitest';
import { type ChatLog, idleExpiry, logCap, type Position } from '../../src/bots/web/chat-log.ts';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';

/** A log to hold against the contract, as two processes have it; where there can be one only, twice the same. */
export interface OpenedChatLog {
  readonly here: ChatLog;
  readonly there: ChatLog;
  /** Lets that much time pass, in milliseconds. */
  readonly passes: (ms: number) => Promise<void>;
  close(): Promise<void>;
}

/** Opens a log in which there is nothing yet. */
export type OpenChatLog = () => Promise<OpenedChatLog>;

const chat = branded<ConversationId>('one-conversation');
const otherChat = branded<ConversationId>('other-conversation');

/** What every implementation of {@link ChatLog} promises. */
export function chatLogContract(name: string, open: OpenChatLog): void {
  const opened = async () => {
    const logs = await open();
    onTestFinished(() => logs.close());
    return logs;
  };
  const texts = async (log: ChatLog, after: Position | null = null, of = chat) =>
    (await log.read(of, after)).entries.map(({ text }) => text);
  const says = (text: string) => ({ key: text, text });

  describe(`${name}: what a chat shows`, () => {
    it('is the same for every process, in order, under numbers that count on', async () => {
      const { here, there } = await opened();
      await here.add(chat, says('satu'));
      await there.add(chat, says('dua'));
      await here.add(chat, says('tiga'));
      const shown = await here.read(chat, null);
      expect(shown.entries).toEqual([
        { number: 1, key: 'satu', text: 'satu' },
        { number: 2, key: 'dua', text: 'dua' },
        { number: 3, key: 'tiga', text: 'tiga' },
      ]);
      expect(await there.read(chat, null)).toEqual(shown);
    });

    it('is of this chat alone', async () => {
      const { here } = await opened();
      await here.add(chat, says('rahasia'));
      await here.add(otherChat, says('halo'));
      expect(await texts(here, null, otherChat)).toEqual(['halo']);
    });

    it('holds what is added again under the same key once, whoever adds it', async () => {
      const { here, there } = await opened();
      const first = await here.add(chat, says('satu'));
      await here.add(chat, says('dua'));
      expect(await there.add(chat, says('satu'))).toEqual({ ...first, number: 2 });
      expect(await texts(here)).toEqual(['satu', 'dua']);
    });

    it('holds everything once and in one order when many add at the same time', async () => {
      const { here, there } = await opened();
      const all = Array.from({ length: 60 }, (_, nth) => `nomor ${nth}`);
      await Promise.all(all.flatMap((each) => [here.add(chat, says(each)), there.add(chat, says(each))]));
      const shown = await here.read(chat, null);
      expect(shown.entries.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
      expect(new Set(shown.entries.map(({ text }) => text))).toEqual(new Set(all));
      expect(await there.read(chat, null)).toEqual(shown);
    });

    it('is read from a position on', async () => {
      const { here, there } = await opened();
      const one = await here.add(chat, says('satu'));
      expect(await texts(there, one)).toEqual([]);
      await here.add(chat, says('dua'));
      expect(await texts(there, one)).toEqual(['dua']);
    });

    it('is read from the start by whoever comes from a position that this chat has never reached', async () => {
      const { here } = await opened();
      const one = await here.add(chat, says('satu'));
      expect(await texts(here, { ...one, life: 'another' })).toEqual(['satu']);
      expect(await texts(here, { ...one, number: 2 })).toEqual(['satu']);
    });

    it('keeps the newest when there is too much, and the keys of those alone', async () => {
      const { here } = await opened();
      const long = 'x'.repeat(logCap / 16);
      for (let nth = 1; nth <= 20; nth += 1) await here.add(chat, { key: `${nth}`, text: `${nth} ${long}` });
      await here.add(chat, { key: '20', text: 'again' });
      const { entries, number } = await here.read(chat, null);
      expect(number).toBe(20);
      expect(entries.length).toBeGreaterThan(8);
      expect(entries.length).toBeLessThan(16);
      expect(entries.map(({ key }) => Number(key))).toEqual(entries.map((_, index) => 21 - entries.length + index));
      await here.add(chat, { key: '1', text: 'again' });
      expect((await here.read(chat, null)).entries.at(-1)).toEqual({ number: 21, key: '1', text: 'again' });
    });
  });

  describe(`${name}: a message that may not have been taken yet`, () => {
    it('is not shown until it is', async () => {
      const { here, there } = await opened();
      await here.hold(chat, 'message', 'saldo');
      expect(await texts(there)).toEqual([]);
      await here.add(chat, { key: 'message', text: 'saldo', byMember: true });
      expect(await texts(there)).toEqual(['saldo']);
    });

    it('comes before its answer, though another process answers first', async () => {
      const { here, there } = await opened();
      await here.hold(chat, 'message', 'saldo');
      await there.add(chat, { key: 'reply', text: 'Rp1', answers: 'message' });
      await here.add(chat, { key: 'message', text: 'saldo', byMember: true });
      await here.hold(chat, 'message', 'saldo');
      await there.add(chat, { key: 'reply 2', text: 'Rp2', answers: 'message' });
      expect(await texts(here)).toEqual(['saldo', 'Rp1', 'Rp2']);
    });

    it('is shown by no answer but its own', async () => {
      const { here, there } = await opened();
      await here.hold(chat, 'message', 'saldo');
      await there.add(chat, { key: 'reply', text: 'halo', answers: 'earlier message' });
      expect(await texts(here)).toEqual(['halo']);
    });

    it('is never shown when it was not', async () => {
      const { here, there } = await opened();
      await here.hold(chat, 'message', 'saldo');
      await here.drop(chat, 'message');
      await there.add(chat, { key: 'reply', text: 'Rp1', answers: 'message' });
      expect(await texts(here)).toEqual(['Rp1']);
    });
  });

  describe(`${name}: a chat that is cleared`, () => {
    it('shows nothing of before in any process, but what it was cleared with', async () => {
      const { here, there } = await opened();
      await here.add(chat, says('Rp1'));
      await here.hold(chat, 'message', 'keluar');
      await there.add(chat, { key: 'bye', text: 'sampai jumpa', answers: 'message', clears: 'loggedOut' });
      const shown = await here.read(chat, null);
      expect(shown).toMatchObject({ clearings: 1, reason: 'loggedOut', number: 3 });
      expect(shown.entries).toEqual([
        { number: 1, key: 'Rp1', text: '' },
        { number: 2, key: 'message', text: '' },
        { number: 3, key: 'bye', text: 'sampai jumpa' },
      ]);
    });

    it('tells whoever was there before by the same life and another count', async () => {
      const { here, there } = await opened();
      const before = await here.add(chat, says('satu'));
      await here.add(chat, { key: 'end', text: '', clears: 'ended' });
      expect(await there.read(chat, before)).toEqual({
        life: before.life,
        clearings: before.clearings + 1,
        number: before.number + 1,
        reason: 'ended',
        entries: [{ number: 2, key: 'end', text: '' }],
      });
    });

    it('is cleared once by what is sent twice, and shows nothing again that was cleared', async () => {
      const { here, there } = await opened();
      const bye = { key: 'bye', text: 'sampai jumpa', clears: 'loggedOut' } as const;
      await here.add(chat, says('Rp1'));
      await here.add(chat, bye);
      await here.add(chat, says('halo'));
      await there.add(chat, bye);
      await there.add(chat, says('Rp1'));
      expect(await texts(here)).toEqual(['', 'sampai jumpa', 'halo']);
    });
  });

  describe(`${name}: a chat is forgotten`, () => {
    it('when the member has not written for fifteen minutes, whatever was answered meanwhile', async () => {
      const { here, there, passes } = await opened();
      const begun = await here.read(chat, null);
      await passes(idleExpiry - 1_000);
      const written = await here.add(chat, { key: 'message', text: 'saldo', byMember: true });
      expect(written.life).toBe(begun.life);
      await passes(idleExpiry - 1_000);
      await there.add(chat, says('Rp1'));
      expect(await texts(here)).toEqual(['saldo', 'Rp1']);
      await passes(1_000);
      const after = await there.read(chat, written);
      expect(after.life).not.toBe(begun.life);
      expect(after).toMatchObject({ clearings: 0, number: 0, entries: [] });
    });
  });

  describe(`${name}: whoever watches a chat`, () => {
    it('is told of news from every process', async () => {
      const { here, there } = await opened();
      for (const [nth, [watching, adding]] of [
        [here, here],
        [here, there],
        [there, here],
        [there, there],
      ].entries()) {
        if (watching === undefined || adding === undefined) throw new Error('Nobody watches');
        const told = new Promise<void>((resolve) => {
          watching.watch(chat, resolve);
        });
        const { number } = await adding.add(chat, says(`news ${nth}`));
        await told;
        expect(number).toBe(nth + 1);
      }
    });

    it('is not told of other chats, nor when they have seen enough', async () => {
      const { here, there } = await opened();
      const told: string[] = [];
      const hears = async (text: string) => {
        const heard = new Promise<void>((resolve) => {
          here.watch(chat, resolve);
        });
        await there.add(chat, says(text));
        await heard;
      };
      here.watch(otherChat, () => told.push('other chat'));
      const unwatch = here.watch(chat, () => told.push('seen enough'));
      // By the second time, what is told when a process begins to listen is over.
      await hears('satu');
      await hears('dua');
      unwatch();
      told.length = 0;
      await hears('tiga');
      expect(told).toEqual([]);
    });
  });
}
