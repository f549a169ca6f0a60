import { describe, expect, it, onTestFinished } from 'vitest';
import { KeptIsUnreadable, NoLongerOwner, type Tenure } from '../../../src/bots/owning.ts';
import { until } from '../../../src/bots/whatsapp/until.ts';
import { type Opened, type OpenOptions, owningIn, Stage } from './stage.ts';
import { type Tampering, tampered } from './tampered-owning.ts';

const phone = '+6281234567890';
const unreadable = () => {
  throw new KeptIsUnreadable('This was changed');
};

/** A process with a keep that things can happen to, once it is up. */
async function tamperedStage(): Promise<{ stage: Stage; opened: Opened; tamper: (how: Tampering) => void }> {
  const stage = await Stage.set();
  let tampering: Tampering = {};
  const opened = await stage.up({ world: { owning: tampered(stage.owning, () => tampering) } });
  return {
    stage,
    opened,
    tamper: (how) => {
      tampering = how;
    },
  };
}

function logins({ fake }: Stage): number {
  return fake.log.filter(({ kind }) => kind === 'login').length;
}

/** Starts a process that does not come up. */
function begin(stage: Stage, options: OpenOptions): Opened {
  const opened = stage.open(options);
  onTestFinished(() => opened.close());
  opened.channel.start();
  return opened;
}

describe('an identity that cannot be read', () => {
  it.each([
    ['sealed with another key', 8, 'the secret of these tests'],
    ['kept under another secret', 8, 'quite another secret'],
  ])('%s is never taken for none: the channel stops, and calls nobody', async (_name, key, secret) => {
    const stage = await Stage.set();
    await (await stage.up()).close();
    const before = logins(stage);
    const owning = owningIn(stage.folder, key, secret);
    const opened = begin(stage, { world: { owning } });
    await opened.stands('stopped', 'unreadable');
    expect(opened.channel.standing()).toBe('stopped');
    expect(opened.shown.items).toStrictEqual([]);
    expect(logins(stage)).toBe(before);
    await opened.close();
    // Nothing was written over it: with its key it is as it was.
    expect((await stage.up()).shown.items).toStrictEqual([]);
  });

  it.each(['{', '{"noiseKey":1}', 'null', '[]'])('is not made up from %s either', async (text) => {
    const stage = await Stage.set();
    const spoil = async ({ keep }: Tenure) => keep.write([{ table: 'creds', key: 'creds', value: text }]);
    const spoilt = Promise.withResolvers<void>();
    const owned = stage.owning.own(
      'whatsapp',
      async (tenure) => {
        await spoil(tenure);
        spoilt.resolve();
        await until(tenure.ended);
      },
      spoilt.reject,
    );
    await spoilt.promise;
    await owned.stop();
    const opened = begin(stage, {});
    await opened.stands('stopped', 'unreadable');
    expect(stage.fake.log).toStrictEqual([]);
  });

  it('is made new by linking anew', async () => {
    const stage = await Stage.set();
    await (await stage.up()).close();
    const owning = owningIn(stage.folder, 8);
    const linker = stage.open({ world: { owning } });
    const linking = linker.channel.relink();
    await stage.enterCode(linker);
    expect(await linking).toBeNull();
    await linker.close();
  });
});

describe('keys that cannot be read', () => {
  it('end the connection before the message is acknowledged, and stop the channel', async () => {
    const { stage, opened, tamper } = await tamperedStage();
    const member = stage.fake.person(phone);
    await member.say('halo');
    await opened.taken.wait(() => true);
    await opened.close();
    // In the next process nothing is in memory.
    const next = stage.open({
      world: {
        owning: tampered(stage.owning, () => ({ read: (table) => (table === 'session' ? unreadable() : undefined) })),
      },
    });
    onTestFinished(() => next.close());
    const before = stage.fake.log.length;
    const id = await member.say('saldo');
    next.channel.start();
    await next.stands('stopped', 'unreadable');
    const about = stage.fake.log
      .slice(before)
      .filter((entry) => ('ids' in entry ? entry.ids.includes(id) : entry.kind === 'ack'));
    expect(about).toStrictEqual([]);
    tamper({});
    await next.close();
    const mended = await stage.up();
    expect((await mended.taken.wait(() => true)).id).toBe(id);
  });
});

describe('an inbox that cannot be read', () => {
  it('stops the channel', async () => {
    const { stage, opened, tamper } = await tamperedStage();
    tamper({ read: (table) => (table === 'inbox' ? unreadable() : undefined) });
    await stage.fake.person(phone).say('halo');
    await opened.stands('stopped', 'unreadable');
    expect(opened.taken.items).toStrictEqual([]);
    await expect.poll(() => stage.fake.devices[0]?.line).toBeUndefined();
  });
});

describe('what cannot be kept', () => {
  it('is not acknowledged: the message comes again on the next connection', async () => {
    const { stage, opened, tamper } = await tamperedStage();
    const before = stage.fake.log.length;
    let failures = 0;
    tamper({
      write(tables) {
        if (failures > 0 || !tables.includes('inbox')) return;
        failures += 1;
        throw new Error('The store does not answer');
      },
    });
    const id = await stage.fake.person(phone).say('halo');
    const inbound = await opened.taken.wait(() => true);
    expect(inbound.id).toBe(id);
    expect(failures).toBe(1);
    await stage.fake.wait((entry) => entry.kind === 'receipt' && entry.ids.includes(id));
    const closed = stage.fake.log.findIndex(({ kind, n }) => n >= before && kind === 'closed');
    const answered = stage.fake.log.findIndex((entry) => entry.kind === 'receipt' && entry.ids.includes(id));
    expect(closed).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(closed);
    expect(opened.reports.items).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'keep' }));
  });

  it('is not ours any more: the connection ends, and this process calls nobody by itself', async () => {
    const { stage, opened, tamper } = await tamperedStage();
    const before = logins(stage);
    let lost = false;
    tamper({
      write() {
        lost = true;
        throw new NoLongerOwner('Another process owns it by now');
      },
    });
    await stage.fake.person(phone).say('halo');
    await expect.poll(() => stage.fake.devices[0]?.line).toBeUndefined();
    expect(lost).toBe(true);
    await opened.reports.wait((event) => event.kind === 'failed' && event.step === 'hold');
    expect(logins(stage)).toBe(before);
    expect(opened.taken.items).toStrictEqual([]);
  });

  it('is kept before it is used: no message leaves while its session is not written down', async () => {
    const { stage, opened, tamper } = await tamperedStage();
    const member = stage.fake.person(phone);
    await member.say('halo');
    const inbound = await opened.taken.wait(() => true);
    const asked = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    tamper({
      async write(tables) {
        if (!tables.includes('session')) return;
        asked.resolve();
        await held.promise;
      },
    });
    const sending = opened.reply(inbound, { text: 'Boleh.' });
    await asked.promise;
    // What goes out on the same connection now comes after whatever went before.
    const before = stage.fake.log.length;
    opened.channel.busy(inbound.from);
    await stage.fake.wait(({ kind }) => kind === 'typing', 15_000, before);
    expect(stage.fake.log.filter(({ kind }) => kind === 'outbound')).toStrictEqual([]);
    held.resolve();
    expect(await sending).toStrictEqual({ sent: true });
  });
});

it('reads and writes sessions one at a time: talking at once breaks none of them', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  opened.answers = async (inbound) => {
    void opened.reply(inbound, { text: inbound.id });
    return 'taken';
  };
  const people = Array.from({ length: 6 }, (_, nth) =>
    stage.fake.person(`+62812345678${10 + nth}`, { lid: nth % 2 === 0 }),
  );
  await Promise.all(
    people.map(async (person) => {
      for (let nth = 0; nth < 8; nth += 1) await person.say(`pesan ${nth}`);
    }),
  );
  await Promise.all(
    people.map(async (person) => {
      for (let nth = 0; nth < 8; nth += 1) await person.next();
    }),
  );
  const broken = stage.fake.log.filter(
    (entry) =>
      entry.kind === 'unreadable' || entry.kind === 'failed' || (entry.kind === 'receipt' && entry.type === 'retry'),
  );
  expect(broken).toStrictEqual([]);
});
