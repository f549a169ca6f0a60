import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { minute } from '../../../src/core/time.ts';
import { type Seat, Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

describe('a member verified in two chats', () => {
  let database: Database;
  const [member, other] = demoMembers(stageDay);
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  async function verify(stage: Stage, seat: Seat, nik = member?.nik ?? ''): Promise<void> {
    await stage.time.advance(minute);
    for (const text of ['saldo', 'setuju', nik]) await stage.hear({ kind: 'text', text }, seat);
    await stage.hear({ kind: 'text', text: stage.drawn ?? '' }, seat);
    expect(stage.outcome?.state).toBe('verified');
  }

  async function balance(stage: Stage, seat: Seat): Promise<string | undefined> {
    await stage.hear({ kind: 'text', text: 'saldo' }, seat);
    return stage.outcome?.state;
  }

  it('is verified only in the newer of two on one channel', async () => {
    const stage = new Stage(database, 'two chats on one channel');
    await verify(stage, { chat: 'a' });
    await verify(stage, { chat: 'b' });
    expect(await balance(stage, { chat: 'a' })).toBe('nik');
    expect(await balance(stage, { chat: 'b' })).toBe('verified');
  });

  it('stays verified on two channels', async () => {
    const stage = new Stage(database, 'two chats on two channels');
    await verify(stage, { chat: 'a' });
    await verify(stage, { chat: 'a', channel: 'another' });
    expect(await balance(stage, { chat: 'a' })).toBe('verified');
    expect(await balance(stage, { chat: 'a', channel: 'another' })).toBe('verified');
  });

  it("does not end another member's session", async () => {
    const stage = new Stage(database, 'two members on one channel');
    await verify(stage, { chat: 'a' });
    await verify(stage, { chat: 'b' }, other?.nik);
    expect(await balance(stage, { chat: 'a' })).toBe('verified');
  });
});
