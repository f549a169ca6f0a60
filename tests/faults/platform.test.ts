import { describe, expect, it } from 'vitest';
import { findRedis } from '../servers/redis.ts';
import { readReply } from './counting.ts';
import { sound } from './ledger.ts';
import type { Treatment } from './platform.ts';
import { Stage } from './stage.ts';

describe.skipIf(findRedis() === null)('a platform that', () => {
  it.each<Treatment>(['throttle', 'busy', 'break', 'take, break', 'half', 'late'])(
    'answers with "%s" gets every reply, in order, the next one only once it has the one before',
    async (treatment) => {
      const stage = await Stage.open({ workers: ['one'], patience: 1_500 });
      const { platform, ledger } = stage;
      const triedAt: number[] = [];
      platform.treat = ({ text }, nth) => {
        if (readReply(text).event !== '1') return 'take';
        triedAt.push(performance.now());
        return nth === 1 ? treatment : 'take';
      };
      for (const id of ['1', '2', '3']) await stage.say('a', id, 'plain');
      await stage.answered();
      await platform.until(() => triedAt.length === 2);
      // As long as it asked for with "throttle", and the first pause with all others.
      expect((triedAt[1] ?? 0) - (triedAt[0] ?? 0)).toBeGreaterThan(990);
      expect(platform.tries.map(({ text }) => readReply(text).event)).toEqual(['1', '1', '2', '3']);
      expect(ledger.findings(platform.taken)).toMatchObject(sound);
    },
  );

  it.each<Treatment>(['break', 'take, break', 'half', 'late'])(
    'answers with "%s" to a code, so that nobody knows whether it took it, gets that code only once',
    async (treatment) => {
      const stage = await Stage.open({ workers: ['one'], patience: 1_500 });
      const { fleet, platform } = stage;
      platform.treat = ({ kind }) => (kind === 'sms' ? treatment : 'take');
      await stage.say('a', '1', 'sms');
      const codes = () => platform.tries.filter(({ kind }) => kind === 'sms').length;
      await Promise.race([fleet.until(() => fleet.countOf('given up') === 1), platform.until(() => codes() > 1)]);
      platform.treat = () => 'take';
      await stage.say('a', '2', 'sms');
      await stage.answered();
      await platform.until(() => codes() === 2);
      expect(platform.tries.filter(({ kind }) => kind === 'sms').map(({ text }) => text)).toEqual([
        'code of 1',
        'code of 2',
      ]);
    },
  );
});
