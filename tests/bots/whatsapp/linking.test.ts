import { expect, it, onTestFinished } from 'vitest';
import { readQr } from '../../fakes/desk/qr-reader.ts';
import { assistantPhone, Stage } from './stage.ts';

it('links by the QR code on the screen, and says how', async () => {
  const stage = await Stage.set();
  const opened = stage.open({ linksBy: 'QR' });
  onTestFinished(() => opened.close());
  opened.channel.start();
  await opened.stands('unlinked');
  const screen = await opened.shown.wait(() => true);
  expect(screen).toMatch(/^On the phone .* Link a device\.\nScan this code/);
  await stage.fake.owner(assistantPhone).scanQr(readQr(screen) ?? '');
  await opened.stands('up');
  expect(opened.channel.standing()).toBe('up');
  expect(opened.channel.canSend()).toBe(true);
});

it('links by the code on the screen, and says how', async () => {
  const stage = await Stage.set();
  const opened = await stage.up();
  expect(opened.shown.items).toHaveLength(1);
  expect(opened.shown.items[0]).toMatch(
    /^On the phone .* Link with phone number instead\.\nType this code there: \w{4}-\w{4}$/,
  );
});

it('goes on with the link that another process made', async () => {
  const stage = await Stage.set();
  const first = await stage.up();
  await first.close();
  expect(first.channel.standing()).toBe('elsewhere');
  const second = await stage.up();
  expect(second.shown.items).toStrictEqual([]);
  expect(stage.fake.devices).toHaveLength(1);
});

it('leaves the link to the process that has it', async () => {
  const stage = await Stage.set();
  const first = await stage.up();
  const second = stage.open();
  onTestFinished(() => second.close());
  second.channel.start();
  expect(second.channel.canSend()).toBe(false);
  const logins = stage.fake.log.filter(({ kind }) => kind === 'login').length;
  await first.close();
  await second.stands('up');
  expect(first.channel.canSend()).toBe(false);
  expect(second.channel.canSend()).toBe(true);
  expect(stage.fake.log.filter(({ kind }) => kind === 'login')).toHaveLength(logins + 1);
});

it('does not touch the link in a process that answers nobody', async () => {
  const stage = await Stage.set();
  const opened = stage.open({ world: { works: false } });
  opened.channel.start();
  expect(opened.channel.standing()).toBe('elsewhere');
  expect(opened.channel.canSend()).toBe(false);
  await opened.close();
  expect(stage.fake.log).toStrictEqual([]);
});

it('asks for a new code when the connection breaks before one was typed', async () => {
  const stage = await Stage.set();
  const opened = stage.open();
  onTestFinished(() => opened.close());
  opened.channel.start();
  const first = await opened.shown.wait(() => true);
  await stage.fake.wait(({ kind }) => kind === 'code wanted');
  stage.fake.kick('drop');
  await stage.enterCode(opened, first);
  await opened.stands('up');
  expect(stage.fake.devices).toHaveLength(1);
});

it('links anew when it is told to, and knows everybody as before', async () => {
  const stage = await Stage.set();
  const first = await stage.up();
  const member = stage.fake.person('+6281234567890');
  await member.say('halo');
  const before = await first.taken.wait(() => true);
  // What waits is not lost with the link.
  first.answers = () => Promise.reject(new Error('The engine takes nothing now'));
  const waiting = await member.say('cek saldo');
  await first.reports.wait((event) => event.kind === 'failed' && event.step === 'inbox');
  await first.close();

  const linker = stage.open();
  const linking = linker.channel.relink();
  await stage.enterCode(linker);
  expect(await linking).toBeNull();
  expect(stage.fake.devices.map(({ index }) => index)).toStrictEqual([1, 2]);
  await linker.close();

  const second = await stage.up();
  const kept = await second.taken.wait(({ id }) => id === waiting);
  expect(kept.from).toStrictEqual(before.from);
  const id = await member.say('halo lagi');
  expect((await second.taken.wait((inbound) => inbound.id === id)).from).toStrictEqual(before.from);
  expect(await second.reply(before, { text: 'Halo.' })).toStrictEqual({ sent: true });
});

it('says in one line why it could not link anew', async () => {
  const stage = await Stage.set();
  const linker = stage.open();
  stage.fake.behaviour.refuseLogin = 405;
  expect(await linker.channel.relink()).toBe('WhatsApp refused the link (405).');
  await linker.close();
});
