import { describe, expect, it } from 'vitest';
import { ChannelLink } from '../../../src/bots/channel-link.ts';
import { platformAt } from '../../../src/bots/telegram/platform.ts';
import { poll } from '../../../src/bots/telegram/polling.ts';
import { readUpdate } from '../../../src/bots/telegram/update.ts';
import { minute, second } from '../../../src/core/time.ts';
import { eventually } from '../../eventually.ts';
import { neverOwning } from './always-owning.ts';
import { openStage, type Stage, silence, token } from './stage.ts';

/** How the link stood, in order, with why. */
function links({ events }: Stage): string[] {
  return events.flatMap((event) => (event.kind === 'link' ? [[event.state, event.why ?? ''].join(' ').trim()] : []));
}

/** Resolves when the channel waits on the platform for messages. */
async function waiting({ bot }: Stage): Promise<void> {
  await eventually(() => expect(bot.pollers).toBe(1));
}

/** Resolves when the channel pauses for so long, and lets that time pass. */
async function pausedFor({ time }: Stage, ms: number, times = 1): Promise<void> {
  await eventually(() => expect(time.asked.filter((each) => each === ms)).toHaveLength(times));
  await time.advance(ms);
}

describe('long polling', () => {
  it('answers a member who writes', async () => {
    const { bot } = await openStage();
    const siti = bot.person();
    siti.say('cek saldo');
    expect((await siti.next()).text).toBe('cek saldo');
  });

  it('is up as soon as Telegram has answered, and says so once', async () => {
    const stage = await openStage();
    await waiting(stage);
    expect(stage.channel.standing()).toBe('up');
    expect(links(stage)).toEqual(['up']);
  });

  it('takes up what was written before it began, in order, and drops nothing', async () => {
    const stage = await openStage({
      script: silence,
      before(bot) {
        const siti = bot.person();
        for (const text of ['satu', 'dua', 'tiga']) siti.say(text);
      },
    });
    await eventually(() => expect(stage.words()).toEqual(['satu', 'dua', 'tiga']));
  });

  it('takes the webhook of an earlier setting away, with nothing lost', async () => {
    const stage = await openStage({ script: silence, starts: false });
    await fetch(`${stage.platform.apiRoot}/bot${token}/setWebhook?url=http://127.0.0.1:9/gone`);
    stage.bot.person().say('satu');
    stage.channel.start?.();
    await eventually(() => expect(stage.words()).toEqual(['satu']));
    expect(stage.bot.webhook.url).toBe('');
  });

  it('asks only for what it reads', async () => {
    const stage = await openStage();
    await waiting(stage);
    const info = await fetch(`${stage.platform.apiRoot}/bot${token}/getWebhookInfo`);
    expect(await info.json()).toMatchObject({
      result: { allowed_updates: ['message', 'edited_message', 'callback_query'] },
    });
  });

  it('confirms an update only when it is kept', async () => {
    const stage = await openStage({ script: silence });
    stage.trouble.push('throws');
    await waiting(stage);
    stage.bot.person().say('satu');
    await eventually(() => expect(stage.time.asked).toContain(second));
    expect([stage.bot.pending, stage.words()]).toEqual([1, []]);
    await stage.time.advance(second);
    await eventually(() => expect(stage.words()).toEqual(['satu']));
    await eventually(() => expect(stage.bot.pending).toBe(0));
  });

  it('keeps the order of a chat when one of its messages cannot be kept, and lets other chats go on', async () => {
    const stage = await openStage({ script: silence });
    await waiting(stage);
    const [siti, budi] = [stage.bot.person(), stage.bot.person()];
    stage.trouble.push('throws');
    await stage.bot.together(() => {
      siti.say('siti satu');
      siti.say('siti dua');
      budi.say('budi satu');
    });
    await eventually(() => expect(stage.words()).toEqual(['budi satu']));
    await pausedFor(stage, second);
    await eventually(() => expect(stage.words()).toEqual(['budi satu', 'siti satu', 'siti dua']));
    expect(stage.events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'accept' }));
  });

  it('waits longer each time that nothing can be kept, and starts over when it can', async () => {
    const stage = await openStage({ script: silence });
    stage.trouble.push('throws', 'throws', 'throws');
    stage.bot.person().say('satu');
    for (const ms of [1, 2, 4]) await pausedFor(stage, ms * second);
    await eventually(() => expect(stage.words()).toEqual(['satu']));
    stage.trouble.push('throws');
    stage.bot.person().say('dua');
    await pausedFor(stage, second, 2);
    await eventually(() => expect(stage.words()).toEqual(['satu', 'dua']));
  });

  it('knows what was kept although nobody said so, when it comes again', async () => {
    const stage = await openStage();
    stage.trouble.push('dies');
    const siti = stage.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    await pausedFor(stage, second);
    await eventually(() => expect(stage.bot.pending).toBe(0));
    siti.say('dua');
    expect((await siti.next()).text).toBe('dua');
    expect(stage.words()).toEqual(['satu', 'dua']);
  });

  it('takes an update that Telegram brings twice once', async () => {
    const stage = await openStage();
    const siti = stage.bot.person();
    const { updateId } = siti.say('satu');
    await siti.next();
    stage.bot.redeliver(updateId ?? 0);
    siti.say('dua');
    expect((await siti.next()).text).toBe('dua');
    expect(stage.words()).toEqual(['satu', 'dua']);
  });

  it('takes updates that come out of order, each once', async () => {
    const stage = await openStage({ script: silence });
    await waiting(stage);
    const siti = stage.bot.person();
    await stage.bot.shuffle(() => {
      for (const text of ['satu', 'dua', 'tiga']) siti.say(text);
    });
    await eventually(() => expect(stage.words().toSorted()).toEqual(['dua', 'satu', 'tiga']));
    await eventually(() => expect(stage.bot.pending).toBe(0));
    await waiting(stage);
    expect(stage.taken).toHaveLength(3);
  });

  it.each([5, 900_000_000])('takes updates whose numbers begin anew at %i', async (id) => {
    const stage = await openStage();
    const siti = stage.bot.person();
    siti.say('satu');
    await siti.next();
    await waiting(stage);
    stage.bot.startUpdateIdsAt(id);
    siti.say('dua');
    expect((await siti.next()).text).toBe('dua');
    siti.say('tiga');
    expect((await siti.next()).text).toBe('tiga');
  });

  it('holds no number against later ones once Telegram has had nothing to tell', async () => {
    const { platform: telegram, bot, time } = await openStage({ starts: false });
    const batches: number[][] = [];
    const platform = platformAt({ token, root: telegram.apiRoot });
    const stopped = new AbortController();
    const polling = poll(
      {
        platform,
        link: new ChannelLink('telegram', () => undefined),
        timer: time,
        failed: () => undefined,
        hold: 1,
        taking: {
          take: async () => undefined,
          takeAll: async (updates) => {
            batches.push(updates.map((update) => readUpdate(update)?.update_id ?? 0));
            return { missing: null };
          },
        },
      },
      stopped.signal,
    );
    const siti = bot.person();
    const { updateId } = siti.say('satu');
    const first = updateId ?? 0;
    await eventually(() => expect(batches).toContainEqual([first]));
    const seen = batches.length;
    await eventually(() => expect(batches.length).toBeGreaterThan(seen));
    expect(batches.at(-1)).toEqual([]);
    bot.startUpdateIdsAt(first - 3);
    siti.say('dua');
    await eventually(() => expect(batches).toContainEqual([first - 3]));
    stopped.abort();
    await polling;
    platform.close();
  });

  it('sets aside what a conversation has no room for, and says so without its words', async () => {
    const stage = await openStage({ script: silence });
    stage.trouble.push('full');
    stage.bot.person().say('rahasia');
    await eventually(() =>
      expect(stage.events).toContainEqual({ kind: 'set aside', channel: 'telegram', why: 'full' }),
    );
    await eventually(() => expect(stage.bot.pending).toBe(0));
    expect(JSON.stringify(stage.events)).not.toContain('rahasia');
  });

  it('takes more than a hundred at once', async () => {
    const stage = await openStage({ script: silence });
    await waiting(stage);
    const people = Array.from({ length: 25 }, () => stage.bot.person());
    await stage.bot.together(() => {
      for (let nth = 0; nth < 10; nth += 1) for (const person of people) person.say(`${nth}`);
    });
    await eventually(() => expect(stage.taken).toHaveLength(250));
    for (const person of people) {
      const own = stage.taken.filter(({ from }) => from.sender === String(person.id));
      expect(own.map(({ id }) => Number(id.slice(1)))).toEqual(own.map((_, nth) => nth + 1));
    }
  });
});

describe('when polling fails', () => {
  it('backs off from 5 seconds to a minute while another program polls, and never gives up', async () => {
    const stage = await openStage({ script: silence, starts: false });
    const conflict = { code: 409, description: 'Conflict: terminated by other getUpdates request' };
    stage.bot.fail({ method: 'getUpdates' }, conflict, 6);
    stage.channel.start?.();
    for (const seconds of [5, 10, 20, 40]) await pausedFor(stage, seconds * second);
    await pausedFor(stage, minute);
    expect([stage.channel.standing(), links(stage)]).toEqual(['connecting', ['connecting 409']]);
    await pausedFor(stage, minute, 2);
    await waiting(stage);
    expect(links(stage)).toEqual(['connecting 409', 'up']);
  });

  it('comes to terms with a second poller: both go on, and nothing is lost or doubled', async () => {
    const stage = await openStage();
    await waiting(stage);
    const other = await openStage({ beside: stage });
    await eventually(() => expect(links(stage)).toContain('connecting 409'));
    expect(stage.bot.conflicts).toBeGreaterThan(0);
    await waiting(other);
    const siti = stage.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
    await stage.time.advance(5 * second);
    await eventually(() => expect(links(other)).toContain('connecting 409'));
    siti.say('dua');
    expect((await siti.next()).text).toBe('dua');
    expect(stage.words()).toEqual(['satu', 'dua']);
  });

  it('takes a webhook away that somebody sets meanwhile', async () => {
    const stage = await openStage();
    await waiting(stage);
    await fetch(`${stage.platform.apiRoot}/bot${token}/setWebhook?url=http://127.0.0.1:9/gone`);
    await pausedFor(stage, 5 * second);
    const siti = stage.bot.person();
    siti.say('satu');
    expect((await siti.next()).text).toBe('satu');
  });

  it.each([401, 404])('stops with a word to the operator on %i, and tries again every minute', async (code) => {
    const stage = await openStage({ starts: false });
    stage.bot.fail({ method: 'deleteWebhook' }, { code, description: 'Unauthorized' }, 2);
    stage.channel.start?.();
    await pausedFor(stage, minute);
    expect([stage.channel.standing(), links(stage)]).toEqual(['stopped', [`stopped ${code}`]]);
    await pausedFor(stage, minute, 2);
    await waiting(stage);
    expect(stage.channel.standing()).toBe('up');
  });

  it.each([
    ['cut', 'connecting uncertain'],
    ['not json', 'connecting uncertain'],
    [{ code: 502, description: 'Bad Gateway' }, 'connecting 502'],
  ] as const)('tries again after 1, 2, 4 … 30 seconds when it is %o', async (fault, link) => {
    const stage = await openStage({ starts: false });
    stage.bot.fail({ method: 'getUpdates' }, fault, 7);
    stage.channel.start?.();
    for (const seconds of [1, 2, 4, 8, 16, 30]) await pausedFor(stage, seconds * second);
    expect(links(stage)).toEqual([link]);
    await pausedFor(stage, 30 * second, 2);
    await waiting(stage);
    expect(stage.channel.standing()).toBe('up');
  });

  it('waits as long as Telegram says', async () => {
    const stage = await openStage({ starts: false });
    const tooMany = { code: 429, description: 'Too Many Requests', parameters: { retry_after: 17 } };
    stage.bot.fail({ method: 'getUpdates' }, tooMany);
    stage.channel.start?.();
    await pausedFor(stage, 17 * second);
    await waiting(stage);
    expect(links(stage)).toEqual(['connecting 429', 'up']);
  });

  it('waits for a platform that is not there', async () => {
    const stage = await openStage({ settings: { TELEGRAM_API_ROOT: 'http://127.0.0.1:9' } });
    for (const seconds of [1, 2]) await pausedFor(stage, seconds * second);
    expect([stage.channel.standing(), links(stage)]).toEqual(['connecting', ['connecting unreachable']]);
  });
});

describe('when it stops', () => {
  it('lets the question that waits go at once', async () => {
    const stage = await openStage();
    await waiting(stage);
    await stage.channel.stop();
    await eventually(() => expect(stage.bot.pollers).toBe(0));
  });

  it('first brings what it is taking to an end, and takes nothing more', async () => {
    const stage = await openStage({ script: silence });
    await waiting(stage);
    const siti = stage.bot.person();
    siti.say('satu');
    await eventually(() => expect(stage.words()).toEqual(['satu']));
    await stage.channel.stop();
    siti.say('dua');
    expect([stage.words(), stage.bot.pollers]).toEqual([['satu'], 0]);
  });

  it('can still send', async () => {
    const stage = await openStage({ script: silence });
    const siti = stage.bot.person();
    siti.say('satu');
    await eventually(() => expect(stage.taken).toHaveLength(1));
    await stage.channel.stop();
    const [inbound] = stage.taken;
    expect(
      inbound && (await stage.answer(inbound, { language: 'id', text: 'dua', choices: [], personal: false })),
    ).toEqual({
      sent: true,
    });
    expect((await siti.next()).text).toBe('dua');
  });
});

describe('a process that has nothing to take', () => {
  it('asks nobody for the bot when it does not answer messages', async () => {
    const owning = neverOwning();
    const stage = await openStage({ owning, works: false });
    expect([stage.channel.standing(), owning.asked]).toEqual(['elsewhere', []]);
  });

  it('leaves the bot alone while another is its owner', async () => {
    const owning = neverOwning();
    const stage = await openStage({ owning });
    expect([stage.channel.standing(), owning.asked]).toEqual(['elsewhere', ['telegram 123456789']]);
    expect([stage.bot.calls, stage.bot.pollers]).toEqual([[], 0]);
  });
});
