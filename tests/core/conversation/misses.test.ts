import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import type { Content } from '../../../src/core/inbound.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

let database: Database;
beforeAll(async () => {
  database = await stageDatabase();
});
afterAll(() => database.close());

const nik = demoMembers(stageDay)[0]?.nik ?? '';
/** Without a word that any phrase has, it is never more than a guess. */
const strange = 'qwxkvj Zubaidah 7788 zzyzx';

function says(stage: Stage, ...texts: readonly string[]) {
  return texts.reduce<Promise<unknown>>(
    (before, text) => before.then(() => stage.hear({ kind: 'text', text })),
    Promise.resolve(),
  );
}

describe('a message that is not understood', () => {
  it('is noted with its words masked, the language and the time, and nothing else', async () => {
    const stage = new Stage(database, 'a miss');
    await says(stage, strange);
    expect(stage.outcome?.intent).toBe('not_understood');
    expect(stage.misses).toEqual([{ text: '• • # •', language: 'id', at: stage.time.now() }]);
  });

  it('is noted beside the consent and in a verified session, too', async () => {
    const stage = new Stage(database, 'misses at steps');
    await says(stage, 'saldo', strange);
    expect(stage.outcome?.state).toBe('consent');
    expect(stage.misses).toHaveLength(1);
    await says(stage, 'setuju', nik);
    await says(stage, stage.drawn ?? '', strange);
    expect(stage.outcome?.state).toBe('verified');
    expect(stage.misses).toHaveLength(2);
  });

  it('is not noted where a NIK or a code is waited for', async () => {
    const stage = new Stage(database, 'no misses at nik and code');
    await says(stage, 'saldo', 'setuju', strange);
    expect(stage.outcome).toMatchObject({ state: 'nik', intent: 'not_understood' });
    await says(stage, nik, 'zzyzx Zubaidah');
    expect(stage.outcome).toMatchObject({ state: 'code', intent: 'not_understood' });
    expect(stage.misses).toEqual([]);
  });

  it.each(['?', '👋', '7', '12345', '', '123 456 789 012'])('is not noted when it holds no word: %j', async (text) => {
    const stage = new Stage(database, `no word: ${text}`);
    await says(stage, text);
    expect(stage.misses).toEqual([]);
  });

  it('changes nothing for the member when it cannot be noted', async () => {
    const [there, away] = [new Stage(database, 'misses there'), new Stage(database, 'misses away')];
    away.missesUp = false;
    for (const stage of [there, away]) await says(stage, strange, 'saldo');
    expect(away.effects).toEqual(there.effects);
    expect(away.faults).toEqual([]);
    expect([there.misses.length, away.misses.length]).toEqual([1, 0]);
  });
});

describe('what is understood', () => {
  it.each<Content>([
    { kind: 'text', text: 'cek saldo jht saya' },
    { kind: 'text', text: 'call center nomor berapa' },
    { kind: 'text', text: 'halo' },
    { kind: 'text', text: 'menu' },
    { kind: 'text', text: nik },
    { kind: 'text', text: '123456' },
    { kind: 'choice', id: 'call_center' },
    { kind: 'media', media: 'voice' },
  ])('is not noted: %j', async (content) => {
    const stage = new Stage(database, `understood: ${JSON.stringify(content)}`);
    await stage.hear(content);
    expect(stage.misses).toEqual([]);
  });
});
