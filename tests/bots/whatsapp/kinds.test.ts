import { describe, expect, it } from 'vitest';
import type { Content } from '../../../src/core/inbound.ts';
import type { FakePerson } from '../../fakes/whatsapp/person.ts';
import { Stage } from './stage.ts';

const here = { latitude: -6.2, longitude: 106.8 };
const file = Buffer.from('what is in it');

/** What a member does, and what comes of it; null for nothing. */
const done: readonly [string, (member: FakePerson) => Promise<unknown>, Content | null][] = [
  ['writes', (member) => member.say('halo'), { kind: 'text', text: 'halo' }],
  ['writes what vanishes', (member) => member.say('halo', { wrapping: 'ephemeral' }), { kind: 'text', text: 'halo' }],
  ['sends a location', (member) => member.location({ ...here, name: 'Kantor' }), { kind: 'location', ...here }],
  ['begins to share a location', (member) => member.liveLocation(here), { kind: 'location', ...here }],
  ['moves on', (member) => member.liveLocation({ ...here, latitude: -6.3 }), null],
  ['sends a picture', (member) => member.image(file, { caption: 'kartu' }), { kind: 'media', media: 'photo' }],
  [
    'sends a document',
    (member) => member.document(file, { fileName: 'kartu.pdf', caption: 'ini' }),
    { kind: 'media', media: 'document' },
  ],
  ['speaks', (member) => member.voice(file), { kind: 'media', media: 'voice' }],
  ['sends a sticker', (member) => member.sticker(file), { kind: 'media', media: 'sticker' }],
  ['sends a video', (member) => member.video(file), { kind: 'media', media: 'video' }],
  ['passes on a contact', (member) => member.contact('Budi', '+6281200000000'), { kind: 'media', media: 'contact' }],
  ['asks around', (member) => member.poll('Kapan?', ['pagi', 'sore']), { kind: 'unsupported' }],
  ['presses a button', (member) => member.pressButton('b', 'Cek saldo'), { kind: 'text', text: 'Cek saldo' }],
  ['presses another', (member) => member.pressTemplateButton('b', 'Menu'), { kind: 'text', text: 'Menu' }],
  ['chooses a row', (member) => member.chooseRow('r', 'Kartu hilang'), { kind: 'text', text: 'Kartu hilang' }],
  ['corrects what was said', async (member) => member.edit(await member.say('halo'), '123456'), { kind: 'edited' }],
  ['takes it back', async (member) => member.delete(await member.say('halo')), null],
  ['likes it', async (member) => member.react(await member.say('halo'), '👍'), null],
];

describe('what a member does', () => {
  it('comes as what it is, over the wire', async () => {
    const stage = await Stage.set({ media: true });
    const opened = await stage.up();
    const member = stage.fake.person('+6281234567890');
    for (const [name, act, content] of done) {
      const before = opened.taken.items.length;
      await act(member);
      const last = await member.say(`after: ${name}`);
      await opened.taken.wait(({ id }) => id === last);
      const came = opened.taken.items.slice(before, -1).map((inbound) => inbound.content);
      const halo: Content = { kind: 'text', text: 'halo' };
      const expected = content === null ? [] : [content];
      // To change a message there has to be one.
      expect(came, name).toStrictEqual(/^(corrects|takes|likes)/.test(name) ? [halo, ...expected] : expected);
    }
    expect(opened.reports.items.filter(({ kind }) => kind === 'set aside')).toStrictEqual([]);
  });
});
