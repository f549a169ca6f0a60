import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../src/backends/demo/members.ts';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import { type MemberRef, nobody } from '../../src/core/jamsostek/member.ts';
import type { Blocks, Chats, Consents, Mac, TurnId } from '../../src/core/services.ts';
import { day, hour, type Instant } from '../../src/core/time.ts';
import { poison, registryDay } from './registry.ts';

const start: Instant = Date.parse('2026-11-22T03:00:00.123Z');
const until = start + 30 * day;
const nik = branded<Mac>('a NIK');

const members = demoMembers(registryDay).filter(({ phone, deceased }) => phone !== null && !deceased);
const [one, other] = members.map(({ ref }) => ref);
const dead = demoMembers(registryDay).find(({ deceased }) => deceased)?.ref;
const unreachable = demoMembers(registryDay).find(({ phone }) => phone === null)?.ref;

/** What every store of chats and of stopped access promises. `setPhone` gives a member another phone on file. */
export function chatsContract(
  name: string,
  open: () => Promise<{
    chats: Chats;
    blocks: Blocks;
    consents: Consents;
    setPhone(member: MemberRef, phone: string): Promise<void>;
    close(): Promise<void>;
  }>,
): void {
  describe(`${name}: chats and stopped access`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let chats: Chats;
    let blocks: Blocks;
    let count = 0;
    beforeAll(async () => {
      opened = await open();
      ({ chats, blocks } = opened);
    });
    afterAll(() => opened.close());

    const newChat = () => branded<ConversationId>(`chat ${++count}`);
    const newTurn = () => branded<TurnId>(`turn ${++count}`);
    const newAlarm = () => branded<Mac>(`alarm ${++count}`);
    const member = one ?? nobody;
    const link = (conversation: ConversationId, whose = member) =>
      chats.link({ conversation, member: whose, nik, at: start, until });

    it('know the first login of each member in each chat, and the same turn again as the same', async () => {
      const [conversation, turn] = [newChat(), newTurn()];
      const login = { conversation, member, turn, at: start };
      expect(await chats.noteLogin(login)).toEqual({ first: true });
      expect(await chats.noteLogin(login)).toEqual({ first: true });
      expect(await chats.noteLogin({ ...login, turn: newTurn(), at: start + hour })).toEqual({ first: false });
      expect(await chats.noteLogin({ ...login, turn: newTurn(), member: other ?? nobody })).toEqual({ first: true });
      expect(await chats.noteLogin({ ...login, turn: newTurn(), conversation: newChat() })).toEqual({ first: true });
    });

    it('keep a link to the last moment of its time, and the last one that was made', async () => {
      const conversation = newChat();
      expect(await chats.linked(conversation, start)).toBeNull();
      await link(conversation, other);
      await link(conversation);
      expect(await chats.linked(conversation, until - 1)).toEqual({ member, nik, since: start, until });
      expect(await chats.linked(conversation, until)).toBeNull();
    });

    it('end a link once', async () => {
      const conversation = newChat();
      await link(conversation);
      expect(await chats.unlink(conversation)).toBe(true);
      expect(await chats.linked(conversation, start)).toBeNull();
      expect(await chats.unlink(conversation)).toBe(false);
    });

    it('link no chat to nobody, to who is unknown, who has died or who has no phone on file', async () => {
      for (const whose of [nobody, dead, unreachable, branded<MemberRef>('b1946ac9-2492-4d23-a0e6-0e2f0a4b1c11')]) {
        const conversation = newChat();
        await link(conversation, whose);
        expect(await chats.linked(conversation, start)).toBeNull();
      }
    });

    it('hold a link only with the phone that was on file', async () => {
      const conversation = newChat();
      const phone = members[0]?.phone ?? '';
      await link(conversation);
      await opened.setPhone(member, '+6284000099999');
      expect(await chats.linked(conversation, start)).toBeNull();
      await opened.setPhone(member, phone);
      expect(await chats.linked(conversation, start)).not.toBeNull();
    });

    it('tell what is held of a chat, and forget all of it but consents', async () => {
      const conversation = newChat();
      const nothing = { linked: null, logins: null, consents: [] };
      expect(await chats.held(conversation, start)).toEqual(nothing);
      await chats.noteLogin({ conversation, member, turn: newTurn(), at: start });
      await chats.noteLogin({ conversation, member, turn: newTurn(), at: start + hour });
      await link(conversation);
      const turn = newTurn();
      for (const notice of ['2026-11', 'remember']) {
        await opened.consents.record({
          conversation,
          channel: 'web',
          notice,
          language: 'id',
          textDigest: 'f00d',
          given: notice === 'remember',
          turn,
          at: start,
        });
      }
      const consents = [
        { notice: '2026-11', given: false, at: start },
        { notice: 'remember', given: true, at: start },
      ];
      expect(await chats.held(conversation, start)).toEqual({
        linked: { since: start, until },
        logins: { first: start, last: start + hour },
        consents,
      });
      await chats.erase(conversation);
      expect(await chats.held(conversation, start)).toEqual({ ...nothing, consents });
      expect(await chats.linked(conversation, start)).toBeNull();
    });

    it('stop and open access: links end, chats are new, and what began before is over for good', async () => {
      const whose = other ?? nobody;
      const conversation = newChat();
      expect(await blocks.blocked(whose, start)).toBe(false);
      expect(await blocks.lift(whose, start)).toBe(false);
      await chats.noteLogin({ conversation, member: whose, turn: newTurn(), at: start });
      await link(conversation, whose);
      await blocks.block(whose, start + hour);
      await link(newChat());
      expect(await blocks.blocked(whose, start + 2 * hour)).toBe(true);
      expect(await blocks.blocked(member, start)).toBe(false);
      expect(await chats.linked(conversation, start + hour)).toBeNull();
      await link(conversation, whose);
      expect(await chats.linked(conversation, start + hour)).toBeNull();
      expect(await blocks.lift(whose, start + 3 * hour)).toBe(true);
      expect(await blocks.lift(whose, start + 3 * hour)).toBe(false);
      expect(await blocks.blocked(whose, start + hour)).toBe(true);
      expect(await blocks.blocked(whose, start + hour + 1)).toBe(false);
      expect(await chats.noteLogin({ conversation, member: whose, turn: newTurn(), at: start })).toEqual({
        first: true,
      });
      await blocks.block(whose, start + 4 * hour);
      expect(await blocks.blocked(whose, start + 5 * hour)).toBe(true);
      await blocks.lift(whose, start + 5 * hour);
    });

    it('stop the access by the number of a notice, in time and once, and say whose it was', async () => {
      const whose = members[2]?.ref ?? nobody;
      const [alarm, late, turn] = [newAlarm(), newAlarm(), newTurn()];
      await blocks.setAlarm({ alarm, member: whose, until: start + hour });
      await blocks.setAlarm({ alarm: late, member: whose, until: start });
      expect(await blocks.soundAlarm(newAlarm(), newTurn(), start)).toEqual([]);
      expect(await blocks.soundAlarm(late, newTurn(), start)).toEqual([]);
      expect(await blocks.blocked(whose, start)).toBe(false);
      expect(await blocks.soundAlarm(alarm, turn, start)).toEqual([whose]);
      expect(await blocks.soundAlarm(alarm, turn, start)).toEqual([whose]);
      expect(await blocks.blocked(whose, start)).toBe(true);
      expect(await blocks.soundAlarm(alarm, newTurn(), start)).toEqual([]);
    });

    it('give a number to one of those who type it at the same time', async () => {
      const alarm = newAlarm();
      await blocks.setAlarm({ alarm, member: members[3]?.ref ?? nobody, until: start + hour });
      const answers = await Promise.all(Array.from({ length: 20 }, () => blocks.soundAlarm(alarm, newTurn(), start)));
      expect(answers.filter((whose) => whose.length > 0)).toHaveLength(1);
    });

    it('take any text', async () => {
      for (const text of new Set(poison)) {
        const conversation = branded<ConversationId>(text.slice(0, 1_000));
        const whose = branded<MemberRef>(text.slice(0, 1_000));
        await chats.noteLogin({ conversation, member: whose, turn: branded<TurnId>(text), at: start });
        await link(conversation, whose);
        expect(await chats.linked(conversation, start)).toBeNull();
        expect(await blocks.blocked(whose, start)).toBe(false);
        expect(await blocks.soundAlarm(branded<Mac>(text), branded<TurnId>(text), start)).toEqual([]);
        await chats.erase(conversation);
      }
    });
  });
}
