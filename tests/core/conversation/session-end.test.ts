import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import type { Content } from '../../../src/core/inbound.ts';
import { minute } from '../../../src/core/time.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

let database: Database;
beforeAll(async () => {
  database = await stageDatabase();
});
afterAll(() => database.close());

it('forgets what was said of a wage when the session is over, however busy it was: the next may be somebody else', async () => {
  const stage = new Stage(database, 'said before the end');
  const [first, second] = demoMembers(stageDay).filter(({ scenario }) => scenario === 'under-reported wage');
  if (!first || !second) throw new Error('the demo has two of them');
  const hears = async (content: Content) => {
    const effects = await stage.hear(content);
    return effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply.text] : [])).join('\n');
  };
  const says = (text: string) => hears({ kind: 'text', text });
  const check = () => hears({ kind: 'choice', id: 'contribution_check' });

  await says('cek saldo');
  await hears({ kind: 'choice', id: 'consent_yes' });
  await says(first.nik);
  await says(stage.drawn ?? '');
  await says('gaji saya 6 juta tapi dilaporkan 3 juta');
  expect(await check()).toContain('Gaji yang Anda sebut Rp6.000.000');
  for (let busy = 0; busy < 5; busy += 1) {
    await stage.time.advance(13 * minute);
    await says('call center');
  }
  await check();
  await says(second.nik);
  expect(await says(stage.drawn ?? '')).toContain('Iuran JHT Anda sudah saya periksa');
  expect(await check()).not.toContain('Rp6.000.000');
});
