import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { minute } from '../../../src/core/time.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

const [member] = demoMembers(stageDay);

describe('whoever watches is told what a turn did about a code', () => {
  let database: Database;
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  /** What each of these texts came to. */
  async function eventsOf(stage: Stage, ...texts: readonly string[]): Promise<(string | undefined)[]> {
    const events: (string | undefined)[] = [];
    for (const text of texts) {
      await stage.hear({ kind: 'text', text });
      events.push(stage.outcome?.code);
    }
    return events;
  }

  const otherThan = (code: string | null) => (code === '000000' ? '111111' : '000000');

  it('sent, wrong and right', async () => {
    const stage = new Stage(database, 'code events');
    expect(await eventsOf(stage, 'saldo', 'setuju', member?.nik ?? '')).toEqual([undefined, undefined, 'sent']);
    const code = stage.drawn ?? '';
    expect(await eventsOf(stage, otherThan(code), 'bentar', code)).toEqual(['wrong', undefined, 'right']);
  });

  it('wrong with the last try, and nothing when a code is not compared any more', async () => {
    const stage = new Stage(database, 'code events of a code that dies');
    await eventsOf(stage, 'saldo', 'setuju', member?.nik ?? '');
    const wrong = otherThan(stage.drawn);
    expect(await eventsOf(stage, ...Array.from({ length: 6 }, () => wrong))).toEqual([
      ...Array.from({ length: 5 }, () => 'wrong'),
      undefined,
    ]);
  });

  it('the old code is a wrong one', async () => {
    const stage = new Stage(database, 'code events of an old code');
    await eventsOf(stage, 'saldo', 'setuju', member?.nik ?? '');
    const old = stage.drawn ?? '';
    await stage.time.advance(minute);
    expect(await eventsOf(stage, 'kirim ulang', old)).toEqual(['sent', 'wrong']);
  });

  it('unsendable for a NIK that nobody has', async () => {
    const stage = new Stage(database, 'code events of a stranger');
    expect(await eventsOf(stage, 'saldo', 'setuju', '3201014101901009')).toEqual([undefined, undefined, 'unsendable']);
  });
});
