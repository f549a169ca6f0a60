import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { hour, minute } from '../../../src/core/time.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

describe('messages that come all at once after an outage', () => {
  let database: Database;
  const nik = demoMembers(stageDay)[0]?.nik ?? '';
  const seat = { chat: 'a', guarded: true };
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  const written = (stage: Stage, ago: number, texts: readonly string[]) =>
    texts.map((text) => ({ content: { kind: 'text' as const, text }, seat, writtenAt: stage.time.now() - ago }));

  it('are answered with one apology, and nothing is sent, tried or recorded on them', async () => {
    const stage = new Stage(database, 'a backlog');
    const replies = await stage.hearAtOnce(written(stage, 24 * hour, ['saldo', 'setuju', nik, '123456', 'saldo']));
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatch(/^Maaf, pesan Anda baru sampai/);
    expect(stage.draws).toBe(0);
    expect(stage.effects).toHaveLength(1);
    expect(stage.outcome).toMatchObject({ state: 'idle', intent: 'stale' });
  });

  it('are passed over in silence when something new was written after them', async () => {
    const stage = new Stage(database, 'a backlog and a new message');
    // While the first is being answered, the others gather behind it.
    const replies = await stage.hearAtOnce([
      ...written(stage, 0, ['halo']),
      ...written(stage, hour, ['saldo', 'setuju', nik]),
      ...written(stage, 0, ['call center nomor berapa']),
    ]);
    expect(replies).toEqual([expect.stringMatching(/^Halo/), expect.stringMatching(/^Call center/)]);
    expect(stage.draws).toBe(0);
  });

  it('are no flood, however many they are, and are all answered again once they are new', async () => {
    const stage = new Stage(database, 'a long backlog');
    await stage.hearAtOnce(
      written(
        stage,
        hour,
        Array.from({ length: 100 }, () => 'halo'),
      ),
    );
    expect(await stage.hearAtOnce(written(stage, minute, ['halo', 'menu', 'halo']))).toHaveLength(3);
  });

  it('leave the open step as it was', async () => {
    const stage = new Stage(database, 'a backlog at an open step');
    for (const text of ['saldo', 'setuju']) await stage.hear({ kind: 'text', text }, seat);
    const replies = await stage.hearAtOnce([
      ...written(stage, 0, ['halo']),
      ...written(stage, 11 * minute, ['batal', 'saldo', nik]),
    ]);
    expect(replies).toEqual([
      expect.stringMatching(/^Halo/),
      expect.stringMatching(/^Maaf, pesan Anda baru sampai[^]*ketik NIK/),
    ]);
    expect(stage.outcome?.state).toBe('nik');
    expect(stage.draws).toBe(0);
  });
});
