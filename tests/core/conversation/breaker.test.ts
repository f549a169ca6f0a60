import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { minute } from '../../../src/core/time.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

describe('wrong codes in many chats', () => {
  let database: Database;
  const members = demoMembers(stageDay).filter(({ phone, deceased }) => phone !== null && !deceased);
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  /** In a chat of its own, asks for a code and types a wrong one five times. */
  async function sweep(stage: Stage, chat: string, nik: string): Promise<void> {
    for (const text of ['saldo', 'setuju', nik]) await stage.hear({ kind: 'text', text }, { chat });
    const wrong = String((Number(stage.drawn) + 1) % 1_000_000).padStart(6, '0');
    for (let time = 0; time < 5; time += 1) await stage.hear({ kind: 'text', text: wrong }, { chat });
  }

  async function isHeld(stage: Stage, chat: string): Promise<boolean> {
    const sms = stage.effects.filter(({ kind }) => kind === 'sms').length;
    for (const text of ['saldo', 'setuju', members.at(-1)?.nik ?? ''])
      await stage.hear({ kind: 'text', text }, { chat });
    expect(stage.effects.filter(({ kind }) => kind === 'sms')).toHaveLength(
      sms + (stage.outcome?.held === undefined ? 1 : 0),
    );
    return stage.outcome?.held === 'wrong';
  }

  it('of NIKs that nobody has keep nobody from a code', async () => {
    const stage = new Stage(database, 'a sweep over unknown NIKs');
    for (let nth = 0; nth < 45; nth += 1)
      await sweep(stage, `chat ${nth}`, `32010141019${String(nth).padStart(5, '0')}`);
    expect(await isHeld(stage, 'somebody')).toBe(false);
  });

  it("of members' NIKs stop all codes, and say why to whoever watches", async () => {
    const stage = new Stage(database, 'a sweep over members');
    // As many as were sent: one member is tried at most twice, so that no lock comes first.
    await stage.strangersFail(196);
    const [first] = members;
    await sweep(stage, 'attacker', first?.nik ?? '');
    expect(await isHeld(stage, 'somebody')).toBe(true);
    expect(stage.outcome).toMatchObject({ state: 'idle', intent: 'nik', held: 'wrong' });
    await stage.time.advance(60 * minute);
    expect(await isHeld(stage, 'somebody else')).toBe(false);
  });
});
