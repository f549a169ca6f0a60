import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src/backends/system/random.ts';
import type { Keep } from '../../../src/bots/owning.ts';
import { Contacts } from '../../../src/bots/whatsapp/contacts.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import type { Addressing, FakePerson } from '../../fakes/whatsapp/person.ts';
import { keepOf, Stage } from './stage.ts';

const byPhone = '6281234567890@s.whatsapp.net';
const byLid = '200000000000001@lid';
const otherPhone = '6281234567891@s.whatsapp.net';

async function contacts() {
  const keep = await keepOf();
  const time = new ManualTime();
  return { time, keep, open: () => new Contacts({ keep, clock: time, random: systemRandom() }) };
}

describe('who a contact is', () => {
  it('is the same for the same address, also in the next process', async () => {
    const { open } = await contacts();
    const id = await open().whoWrote(byPhone, null);
    expect(await open().whoWrote(byPhone, null)).toBe(id);
    expect(await open().whoWrote(otherPhone, null)).not.toBe(id);
    expect(id).not.toContain('628');
  });

  it('is the same for both addresses once a message showed both', async () => {
    const { open } = await contacts();
    const id = await open().whoWrote(byPhone, byLid);
    expect(await open().whoWrote(byLid, null)).toBe(id);
    expect(await open().whoWrote(byPhone, null)).toBe(id);
  });

  it('stays the older one when two turn out to be one', async () => {
    const { open, time } = await contacts();
    const older = await open().whoWrote(byLid, null);
    await time.advance(1_000);
    const younger = await open().whoWrote(byPhone, null);
    expect(younger).not.toBe(older);
    expect(await open().whoWrote(byPhone, byLid)).toBe(older);
    expect(await open().whoWrote(byPhone, null)).toBe(older);
    // What was under way to the younger one still arrives.
    expect(await open().addressOf(younger)).toBe(byPhone);
  });

  it('is answered at the address that was written from last', async () => {
    const { open } = await contacts();
    const id = await open().whoWrote(byPhone, byLid);
    expect(await open().addressOf(id)).toBe(byPhone);
    await open().whoWrote(byLid, byPhone);
    expect(await open().addressOf(id)).toBe(byLid);
  });

  it('is nobody who has not written', async () => {
    const { open } = await contacts();
    await open().whoWrote(byPhone, byLid);
    expect(await open().addressOf('somebody')).toBeNull();
  });

  it('writes nothing for a message that tells nothing new', async () => {
    const { keep, time } = await contacts();
    let writes = 0;
    const counting: Keep = {
      read: (table, keys) => keep.read(table, keys),
      all: (table) => keep.all(table),
      clear: () => keep.clear(),
      write(changes) {
        writes += 1;
        return keep.write(changes);
      },
    };
    const open = () => new Contacts({ keep: counting, clock: time, random: systemRandom() });
    await open().whoWrote(byPhone, byLid);
    await open().whoWrote(byPhone, byLid);
    expect(writes).toBe(1);
  });
});

describe('how WhatsApp shows a person', () => {
  const shown: readonly [string, Addressing, (person: FakePerson) => string][] = [
    ['by phone number, with the LID', { lid: false }, ({ phone }) => phone.phoneAddress],
    ['by LID, with the phone number', { lid: true, sendsPhone: true }, ({ phone }) => phone.hiddenAddress],
    ['by LID alone', { lid: true, sendsPhone: false }, ({ phone }) => phone.hiddenAddress],
  ];

  it.each(shown)('%s: the message comes and is answered there', async (_name, addressing, address) => {
    const stage = await Stage.set();
    const opened = await stage.up();
    const person = stage.fake.person('+6281234567890', addressing);
    await person.say('halo');
    const inbound = await opened.taken.wait(() => true);
    expect(await opened.reply(inbound, { text: 'Halo juga.' })).toStrictEqual({ sent: true });
    expect(await person.next()).toMatchObject({ text: 'Halo juga.', to: address(person) });
  });

  it('goes on in one conversation when that changes, both ways', async () => {
    const stage = await Stage.set();
    const opened = await stage.up();
    const person = stage.fake.person('+6281234567890');
    for (const addressing of [
      { lid: false },
      { lid: true, sendsPhone: false },
      { lid: true, sendsPhone: true },
      { lid: false },
    ]) {
      person.addressing = addressing;
      const id = await person.say('halo');
      const inbound = await opened.taken.wait((each) => each.id === id);
      expect(inbound.conversation).toBe(opened.taken.items[0]?.conversation);
      expect(await opened.reply(inbound, { text: id })).toStrictEqual({ sent: true });
      expect((await person.next()).text).toBe(id);
    }
  });

  it('keeps two people apart', async () => {
    const stage = await Stage.set();
    const opened = await stage.up();
    await stage.fake.person('+6281234567890').say('halo');
    await stage.fake.person('+6281234567891', { lid: true, sendsPhone: false }).say('halo');
    await opened.taken.wait(() => true, 15_000, 1);
    const [one, two] = opened.taken.items;
    expect(one?.conversation).not.toBe(two?.conversation);
  });
});
