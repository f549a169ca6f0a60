import { describe, expect, it, onTestFinished } from 'vitest';
import type { LinkState } from '../../../src/bots/channel.ts';
import { afterClosing } from '../../../src/bots/whatsapp/closing.ts';
import { minute, second } from '../../../src/core/time.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import type { Kick } from '../../fakes/whatsapp/kicks.ts';
import { type Opened, quick, Stage } from './stage.ts';

/** A process whose pauses end only when its time is advanced. */
async function patient(): Promise<{ readonly stage: Stage; readonly opened: Opened; readonly time: ManualTime }> {
  const stage = await Stage.set();
  const time = new ManualTime();
  const opened = await stage.up({ world: { clock: time, timer: time } });
  return { stage, opened, time };
}

/** How the link stood, in order, with the reasons. */
function states({ reports }: Opened): [LinkState, string | undefined][] {
  return reports.items.flatMap((event) => (event.kind === 'link' ? [[event.state, event.why]] : []));
}

function logins({ fake }: Stage): number {
  return fake.log.filter(({ kind }) => kind === 'login').length;
}

async function up({ reports }: Opened, before: number): Promise<void> {
  await reports.wait((event) => event.kind === 'link' && event.state === 'up', 10_000, before);
}

describe('a connection that ends', () => {
  const comesBack: readonly [Kick, string][] = [
    ['drop', '428'],
    ['end', '428'],
    ['unavailable', '503'],
    ['bad stream', '500'],
  ];
  it.each(comesBack)('%s: is made again after a pause', async (kick, why) => {
    const { stage, opened, time } = await patient();
    const before = opened.reports.items.length;
    const asked = time.asked.length;
    stage.fake.kick(kick);
    await opened.stands('connecting', why);
    expect(opened.channel.standing()).toBe('connecting');
    await expect.poll(() => time.asked.length).toBeGreaterThan(asked);
    const pause = time.asked.at(-1) ?? 0;
    expect(pause).toBeGreaterThanOrEqual(second / 2);
    expect(pause).toBeLessThanOrEqual(second);
    await time.advance(pause);
    await up(opened, before);
  });

  it('restart: is made again at once', async () => {
    const { stage, opened, time } = await patient();
    const before = opened.reports.items.length;
    stage.fake.kick('restart');
    await opened.stands('connecting', '515');
    await up(opened, before);
    expect(time.asked).toStrictEqual([]);
  });

  const stays: readonly [Kick, LinkState, string][] = [
    ['replaced', 'elsewhere', '440'],
    ['logged out', 'stopped', '401'],
    ['banned', 'stopped', '403'],
    ['too old', 'stopped', '405'],
    ['no multi-device', 'stopped', '411'],
  ];
  it.each(stays)('%s: is not made again, and the operator hears why', async (kick, state, why) => {
    const { stage, opened, time } = await patient();
    const before = logins(stage);
    stage.fake.kick(kick);
    await opened.stands(state, why);
    expect(opened.channel.standing()).toBe(state);
    const asked = time.asked.length;
    await time.advance(10 * minute);
    expect(logins(stage)).toBe(before);
    expect(time.asked.length).toBe(asked);
    expect(opened.shown.items).toHaveLength(1);
    // It is still ours: another process would meet the same.
    expect(opened.channel.canSend()).toBe(true);
  });

  it('elsewhere: is tried again by the next who owns the link', async () => {
    const { stage, opened } = await patient();
    stage.fake.kick('replaced');
    await opened.stands('elsewhere', '440');
    await opened.close();
    expect((await stage.up()).channel.standing()).toBe('up');
  });

  it('thrown out while it was away: stops, and forgets nothing', async () => {
    const { stage, opened } = await patient();
    await opened.close();
    stage.fake.owner('+6281110000001').unlink();
    const next = stage.open();
    onTestFinished(() => next.close());
    next.channel.start();
    await next.stands('stopped', '401');
    expect(next.shown.items).toStrictEqual([]);
  });

  it('comes back in ever longer pauses, up to a minute, for as long as it takes', async () => {
    const { stage, opened, time } = await patient();
    const before = opened.reports.items.length;
    stage.fake.behaviour.refuseLogin = 503;
    stage.fake.kick('unavailable');
    const pauses: number[] = [];
    for (let times = 0; times < 10; times += 1) {
      const asked = time.asked.length;
      if (times === 0) await opened.stands('connecting', '503');
      await expect.poll(() => time.asked.length).toBeGreaterThan(times === 0 ? asked - 1 : asked);
      pauses.push(time.asked.at(-1) ?? 0);
      if (times === 9) stage.fake.behaviour.refuseLogin = undefined;
      void time.advance(minute);
    }
    await up(opened, before);
    for (const [times, pause] of pauses.entries()) {
      const longest = Math.min(second * 2 ** times, minute);
      expect(pause, String(times)).toBeGreaterThanOrEqual(longest / 2);
      expect(pause, String(times)).toBeLessThanOrEqual(longest);
    }
  });

  it('begins with the first pause again once it has held for a minute', async () => {
    const { stage, opened, time } = await patient();
    for (const expected of [second, 2 * second]) {
      const before = opened.reports.items.length;
      const asked = time.asked.length;
      stage.fake.kick('drop');
      await expect.poll(() => time.asked.length).toBeGreaterThan(asked);
      expect(time.asked.at(-1)).toBeGreaterThanOrEqual(expected / 2);
      await time.advance(expected);
      await up(opened, before);
    }
    await time.advance(minute);
    const asked = time.asked.length;
    stage.fake.kick('drop');
    await expect.poll(() => time.asked.length).toBeGreaterThan(asked);
    expect(time.asked.at(-1)).toBeLessThanOrEqual(second);
  });

  it('thirty times, leaves one connection and nothing else behind', async () => {
    const { stage, opened, time } = await patient();
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const warnings: string[] = [];
    const warn = (warning: Error) => void warnings.push(warning.name);
    process.on('warning', warn);
    onTestFinished(() => void process.off('warning', warn));
    const first = sockets();
    for (let drops = 0; drops < 30; drops += 1) {
      const before = opened.reports.items.length;
      const asked = time.asked.length;
      stage.fake.kick('drop');
      await expect.poll(() => time.asked.length).toBeGreaterThan(asked);
      await time.advance(minute);
      await up(opened, before);
    }
    await expect.poll(() => sockets()).toBe(first);
    const open = stage.fake.log.reduce(
      (count, { kind }) => count + Number(kind === 'login') - Number(kind === 'closed'),
      0,
    );
    expect(open).toBe(1);
    expect(warnings).toStrictEqual([]);
    const id = await stage.fake.person('+6281234567890').say('masih ada?');
    expect((await opened.taken.wait(() => true)).id).toBe(id);
    expect(opened.taken.items).toHaveLength(1);
  });

  it('silent: is found out, and made again', async () => {
    const stage = await Stage.set();
    const opened = await stage.up({ tuning: { ...quick, keepAlive: second / 2 } });
    const before = opened.reports.items.length;
    stage.fake.kick('silent');
    await opened.reports.wait((event) => event.kind === 'link' && event.why === '408', 15_000);
    expect(opened.channel.standing()).toBe('connecting');
    await up(opened, before);
  });

  it('with the tenure, ends at once and says so', async () => {
    const { stage, opened } = await patient();
    const before = stage.fake.log.length;
    await opened.channel.close();
    expect(opened.channel.standing()).toBe('elsewhere');
    await stage.fake.wait(({ kind }) => kind === 'closed', 5_000, before);
    expect(states(opened).at(-1)).toStrictEqual(['elsewhere', undefined]);
  });
});

it('tries again unless it is known that there is no use in it', () => {
  const again = [undefined, 408, 428, 500, 503, 418, 0];
  for (const code of again) expect(afterClosing(code), String(code)).toBe('again');
  for (const code of [401, 402, 403, 405, 406, 411]) expect(afterClosing(code), String(code)).toBe('stopped');
  expect(afterClosing(440)).toBe('elsewhere');
  expect(afterClosing(515)).toBe('restart');
});
