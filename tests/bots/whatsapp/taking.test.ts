import { proto } from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import type { Acceptance } from '../../../src/bots/bot.ts';
import { minute } from '../../../src/core/time.ts';
import { assistantPhone, Stage } from './stage.ts';
import { tampered } from './tampered-owning.ts';

const phone = '+6281234567890';
const other = '+6281234567891';
const failure = () => Promise.reject(new Error('The engine takes nothing now'));
const full = (): Promise<Acceptance> => Promise.resolve('full');

it('hands on what a member writes, with who and when', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const id = await stage.fake.person(phone).say('min cek saldo jht sy dong');
  const inbound = await opened.taken.wait(() => true);
  expect(inbound).toMatchObject({
    id,
    private: true,
    content: { kind: 'text', text: 'min cek saldo jht sy dong' },
    from: { channel: 'whatsapp', chat: inbound.from.sender },
    conversation: `conversation of ${inbound.from.chat}`,
  });
  expect(Math.abs((inbound.writtenAt ?? 0) - Date.now())).toBeLessThan(minute);
  expect(JSON.stringify(inbound)).not.toContain(phone.slice(1));
});

it('shows the member that it was read, and types until the answer comes', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const member = stage.fake.person(phone);
  const id = await member.say('halo');
  await stage.fake.wait(({ kind }) => kind === 'typing');
  await stage.fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'read');
  expect(member.sees).toMatchObject({ read: [id], typing: ['composing'] });
  const { from } = await opened.taken.wait(() => true);
  opened.channel.busy(from);
  await stage.fake.wait(({ kind }) => kind === 'typing', 15_000, stage.fake.log.length);
  expect(member.sees.typing).toStrictEqual(['composing', 'composing']);
});

it('keeps a message that the engine did not take, and hands it on again, in order, until it does', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const member = stage.fake.person(phone);
  opened.answers = failure;
  const ids = [await member.say('satu'), await member.say('dua'), await member.say('tiga')];
  await opened.reports.wait((event) => event.kind === 'failed' && event.step === 'inbox');
  expect(member.sees.read).toStrictEqual([]);
  opened.answers = async () => 'taken';
  await opened.taken.wait(({ id }) => id === ids[2]);
  expect(opened.taken.items.map(({ id }) => id)).toStrictEqual(ids);
});

it('hands on what an earlier process had received and nobody had taken', async () => {
  const stage = await Stage.set();
  const first = await stage.up();
  first.answers = failure;
  const id = await stage.fake.person(phone).say('halo');
  await first.reports.wait((event) => event.kind === 'failed');
  await stage.fake.wait((entry) => entry.kind === 'receipt' && entry.ids.includes(id));
  await first.close();
  const since = stage.fake.log.length;
  const second = await stage.up();
  expect((await second.taken.wait(() => true)).id).toBe(id);
  await stage.fake.wait(({ kind }) => kind === 'caught up', 15_000, since);
  const replayed = stage.fake.log.flatMap((entry) => (entry.kind === 'caught up' ? entry.replayed : []));
  expect(replayed).not.toContain(id);
});

it('keeps what comes while it stops for the next process, and still sends', async () => {
  const stage = await Stage.set();
  const first = await stage.up();
  const member = stage.fake.person(phone);
  await member.say('halo');
  const inbound = await first.taken.wait(() => true);
  await first.channel.stop();
  const late = await member.say('masih ada?');
  await stage.fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'inactive' && entry.ids.includes(late));
  expect(first.taken.items).toHaveLength(1);
  expect(await first.reply(inbound, { text: 'Halo.' })).toStrictEqual({ sent: true });
  await first.channel.close();
  const second = await stage.up();
  expect((await second.taken.wait(() => true)).id).toBe(late);
});

it('hands on what came while nobody was there, in order', async () => {
  const stage = await Stage.set();
  await (await stage.up()).close();
  const member = stage.fake.person(phone);
  const ids = [await member.say('satu'), await member.say('dua'), await member.say('tiga')];
  const opened = await stage.up();
  await opened.taken.wait(({ id }) => id === ids[2]);
  expect(opened.taken.items.map(({ id }) => id)).toStrictEqual(ids);
});

it('loses nothing when the connection breaks before WhatsApp has said that it was all', async () => {
  const stage = await Stage.set();
  await (await stage.up()).close();
  const member = stage.fake.person(phone);
  const ids = [await member.say('satu'), await member.say('dua')];
  stage.fake.behaviour.holdOffline = 'end';
  const opened = await stage.up();
  await opened.taken.wait(({ id }) => id === ids[1]);
  stage.fake.behaviour.holdOffline = 'no';
  stage.fake.kick('drop');
  await opened.stands('connecting', '428');
  const next = await member.say('tiga');
  await opened.taken.wait(({ id }) => id === next);
  expect(opened.taken.items.map(({ id }) => id)).toStrictEqual([...ids, next]);
});

it('sets aside what a conversation has no room for, and goes on', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  opened.answers = full;
  await stage.fake.person(phone).say('halo');
  await opened.reports.wait((event) => event.kind === 'set aside' && event.why === 'full');
  opened.answers = async () => 'taken';
  const id = await stage.fake.person(other).say('halo');
  await opened.taken.wait(() => true);
  expect(opened.taken.items.map((inbound) => inbound.id)).toStrictEqual([id]);
});

it('sets aside what is no message, and goes on', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  await stage.fake.person(phone).say('halo', { damage: 'no message' });
  await opened.reports.wait((event) => event.kind === 'set aside' && event.why === 'unreadable');
  const id = await stage.fake.person(phone).say('halo');
  expect((await opened.taken.wait(() => true)).id).toBe(id);
});

it('asks again for what it could not decrypt, and takes it once it can', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const id = await stage.fake.person(phone).say('halo', { damage: 'damaged' });
  await stage.fake.wait((entry) => entry.kind === 'receipt' && entry.type === 'retry');
  const inbound = await opened.taken.wait(() => true);
  expect(inbound).toMatchObject({ id, content: { kind: 'text', text: 'halo' } });
});

it('takes what only the owner’s phone could read, when that passes it on', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const member = stage.fake.person(phone);
  await member.say('halo');
  const { from } = await opened.taken.wait(() => true);
  const id = await member.say('saldo', { damage: 'empty' });
  const inbound = await opened.taken.wait((each) => each.id === id, 15_000);
  expect(inbound).toMatchObject({ content: { kind: 'text', text: 'saldo' }, from });
  await stage.fake.wait(({ kind }) => kind === 'phone asked');
});

it('believes nobody but the owner’s phone about what others wrote', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const member = stage.fake.person(phone);
  const key = { remoteJid: '6281200000000@s.whatsapp.net', id: 'A0', fromMe: false };
  const info = proto.WebMessageInfo.encode({ key, message: { conversation: 'setuju' } }).finish();
  const peerDataOperationResult = [{ placeholderMessageResendResponse: { webMessageInfoBytes: info } }];
  const type = proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE;
  const content = { protocolMessage: { type, peerDataOperationRequestResponseMessage: { peerDataOperationResult } } };
  const to = stage.fake.owner(assistantPhone).phone;
  for (const category of [undefined, 'peer']) {
    const envelope = {
      from: member.phone.phoneAddress,
      sender_lid: member.phone.hiddenAddress,
      type: 'text',
      category,
    };
    await member.outgoing.speak({ id: `SPOOF${category}`, to, content, envelope });
  }
  const id = await member.say('halo');
  await opened.taken.wait((inbound) => inbound.id === id);
  expect(opened.taken.items.map((inbound) => inbound.id)).toStrictEqual([id]);
});

it('hands a message that comes twice on under the same id', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  const member = stage.fake.person(phone);
  const id = await member.say('halo');
  await opened.taken.wait(() => true);
  await member.sayAgain(id);
  await opened.taken.wait(() => true, 15_000, 1);
  expect(opened.taken.items.map((inbound) => [inbound.id, inbound.conversation])).toStrictEqual([
    [id, opened.taken.items[0]?.conversation],
    [id, opened.taken.items[0]?.conversation],
  ]);
});

it('takes nothing that the owner writes, and nothing from groups: it is not even written down', async () => {
  const stage = await Stage.set();
  let written = 0;
  const write = (tables: readonly string[]) => {
    if (tables.includes('inbox')) written += 1;
  };
  const opened = await stage.up({ world: { owning: tampered(stage.owning, () => ({ write })) } });
  const member = stage.fake.person(phone);
  await stage.fake.owner(assistantPhone).say(member, 'Ini dari ponsel sendiri.');
  const group = stage.fake.group([member]);
  await group.person(member).say('halo semua');
  await group.person(member).say('min?');
  await stage.fake.wait(({ kind }) => kind === 'receipt', 15_000, stage.fake.log.length - 1);
  expect(written).toBe(0);
  const id = await stage.fake.person(other).say('halo');
  await opened.taken.wait((inbound) => inbound.id === id);
  expect(opened.taken.items).toHaveLength(1);
  expect(opened.reports.items.map(({ kind }) => kind)).not.toContain('set aside');
});
