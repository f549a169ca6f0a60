import { describe, expect, it } from 'vitest';
import { findRedis } from '../servers/redis.ts';
import { readReply } from './counting.ts';
import { sound } from './ledger.ts';
import { Stage } from './stage.ts';

describe.skipIf(findRedis() === null)('work of a worker that fell silent', () => {
  it('is done by another one, and what the first one made of it is thrown away when it comes back', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'] });
    const { fleet, platform } = stage;
    const one = fleet.worker('one');
    const held = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    platform.answer = ({ worker }) => {
      if (worker !== 'one') return Promise.resolve();
      asked.resolve();
      return held.promise;
    };
    await stage.say('a', '1', 'ask', one);
    await asked.promise;
    one.freeze();
    held.resolve();
    await stage.answered();
    await stage.say('a', '2', 'plain', fleet.worker('two'));
    await stage.answered();

    const repliesTo1 = () => platform.tries.filter(({ text }) => readReply(text).event === '1').length;
    const before = repliesTo1();
    one.thaw();
    await Promise.race([fleet.until(() => fleet.countOf('fenced') > 0), platform.until(() => repliesTo1() > before)]);
    await stage.say('a', '3', 'plain');
    await stage.answered();
    expect(stage.ledger.findings(platform.taken)).toMatchObject({ ...sound, acknowledged: 3, repeatedReplies: 0 });
    expect(fleet.countOf('reclaimed')).toBe(1);
    expect(fleet.countOf('fenced')).toBe(1);
  });

  it('is not taken out of the outbox by its late sender when another one has gone on to the next reply', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'], patience: 20_000 });
    const { fleet, platform } = stage;
    const one = fleet.worker('one');
    const second = Promise.withResolvers<void>();
    const isSecond = (key: string) => key.endsWith('/1');
    platform.treat = async ({ key, worker }) => {
      // The first reply arrives while its sender is held; the second one is held at the platform.
      if (worker === 'one') one.freeze();
      if (isSecond(key)) await second.promise;
      return 'take' as const;
    };
    await stage.say('a', '1', 'three', one);
    await platform.until(() => platform.tries.some(({ key }) => isSecond(key)));
    platform.treat = () => 'take';
    one.thaw();
    const third = () => platform.tries.some(({ key }) => key.endsWith('/2'));
    await Promise.race([fleet.until(() => fleet.countOf('fenced') > 0), platform.until(third)]);
    expect(third()).toBe(false);
    second.resolve();
    await platform.until(() => platform.taken.length === 4);
    expect(platform.taken.map(({ key, worker }) => [worker, key.slice(-1)])).toEqual([
      ['one', '0'],
      ['two', '0'],
      ['two', '1'],
      ['two', '2'],
    ]);
  });

  it('is sent again when it is a reply, once for each sender that was killed; a code is never sent again', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'] });
    const { fleet, platform } = stage;
    const one = fleet.worker('one');
    platform.treat = async ({ worker }, nth) => {
      if (worker !== 'one' || nth > 1) return 'take' as const;
      // The platform has both, code and reply; whoever sent them never hears of that.
      await platform.until(() => platform.tries.length >= 2);
      await one.kill();
      return 'take' as const;
    };
    await stage.say('a', '1', 'sms', one);
    const codes = () => platform.tries.filter(({ kind }) => kind === 'sms').length;
    await Promise.race([fleet.until(() => fleet.countOf('given up') > 0), platform.until(() => codes() > 1)]);
    await platform.until(() => platform.taken.filter(({ kind }) => kind === 'reply').length >= 2);
    await stage.say('a', '2', 'plain');
    await stage.answered();
    expect(codes()).toBe(1);
    expect(stage.ledger.findings(platform.taken)).toMatchObject({ ...sound, codes: 1, repeatedReplies: 1 });
  });

  it('is given up when one worker after the other dies of it, and holds up nobody else', async () => {
    const stage = await Stage.open({ workers: ['one', 'two'] });
    const { fleet, platform } = stage;
    await stage.say('a', 'deadly', 'die');
    await stage.say('a', 'after', 'plain');
    await fleet.until(() => fleet.countOf('reclaimed') >= 2);
    await stage.say('b', 'else', 'plain');
    await platform.until(() => platform.textsTo('b').length === 1);
    expect(platform.textsTo('a')).toEqual([]);
    await stage.answered();
    expect(fleet.told.filter(({ kind }) => kind === 'quarantined')).toEqual([{ kind: 'quarantined', event: 'deadly' }]);
    expect(stage.crashes.reduce((sum, crashes) => sum + crashes, 0)).toBe(5);
    expect(stage.ledger.findings(platform.taken)).toMatchObject(sound);
  });
});
