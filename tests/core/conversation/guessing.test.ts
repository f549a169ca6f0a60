import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

describe('guessing', () => {
  let database: Database;
  const [member] = demoMembers(stageDay);
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  it('of 200 guesses sent at once in one chat, five are compared and no more', async () => {
    const stage = new Stage(database, 'guesses in one chat');
    for (const text of ['saldo', 'setuju', member?.nik ?? '']) await stage.hear({ kind: 'text', text });
    const right = stage.drawn ?? '';
    const guesses = Array.from({ length: 200 }, (_, index) =>
      String((Number(right) + 1 + index) % 1_000_000).padStart(6, '0'),
    );
    guesses[199] = right;
    const replies = await stage.hearAtOnce(
      guesses.map((text) => ({ content: { kind: 'text', text }, seat: { chat: 'a' } })),
    );
    const wrong = replies.filter((text) => text.startsWith('Kode itu salah'));
    expect(replies).toHaveLength(200);
    expect(wrong).toHaveLength(5);
    expect(stage.outcome?.state).toBe('code');
  });

  it('of guesses from many chats at once for one NIK, ten are compared and no more', async () => {
    const stage = new Stage(database, 'guesses in many chats');
    const chats = ['a', 'b', 'c'];
    for (const chat of chats) {
      for (const text of ['saldo', 'setuju', member?.nik ?? '']) await stage.hear({ kind: 'text', text }, { chat });
    }
    const wrongCode = String((Number(stage.drawn) + 500_000) % 1_000_000).padStart(6, '0');
    const replies = await stage.hearAtOnce(
      chats.flatMap((chat) =>
        Array.from({ length: 20 }, () => ({ content: { kind: 'text' as const, text: wrongCode }, seat: { chat } })),
      ),
    );
    const compared = replies.filter((text) => /^Kode itu salah|^Kode salah sudah terlalu sering/.test(text));
    expect(replies).toHaveLength(60);
    expect(compared.filter((text) => text.startsWith('Kode itu salah')).length).toBeLessThanOrEqual(10);
    expect(compared.some((text) => text.includes('terlalu sering'))).toBe(true);
  });

  it('from one network address, five different NIKs an hour are taken, however many chats they come from', async () => {
    const stage = new Stage(database, 'one network address');
    const states: (string | undefined)[] = [];
    for (let chat = 0; chat < 7; chat += 1) {
      const seat = { chat: `chat ${chat}`, source: '203.0.113.7' };
      for (const text of ['saldo', 'setuju', `320101410190100${chat}`]) await stage.hear({ kind: 'text', text }, seat);
      states.push(stage.outcome?.state);
    }
    expect(states).toEqual(['code', 'code', 'code', 'code', 'code', 'idle', 'idle']);
    for (const text of ['saldo', 'setuju', '3201014101901009']) {
      await stage.hear({ kind: 'text', text }, { chat: 'elsewhere', source: '203.0.113.8' });
    }
    expect(stage.outcome?.state).toBe('code');
  });
});
