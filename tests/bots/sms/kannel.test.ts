import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../../src/bots/progress.ts';
import { inGsm } from '../../../src/bots/sms/alphabet.ts';
import { kannelGateway } from '../../../src/bots/sms/gateways/kannel.ts';
import { phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import { eventually } from '../../eventually.ts';
import { FakeOperator } from '../../fakes/sms/operator.ts';
import { findKannel, type Kannel, startKannel } from '../../servers/kannel.ts';
import { freePort } from '../../servers/process.ts';
import { openStage, type Stage, secret } from './stage.ts';

const to = phoneSchema.parse('+6284000012345');

describe.skipIf(findKannel() === null)('through Kannel', () => {
  let operator: FakeOperator;
  let kannel: Kannel;
  let port: number;

  beforeAll(async () => {
    operator = await FakeOperator.start();
    port = await freePort();
    kannel = await startKannel({ operator, webhook: { url: `http://127.0.0.1:${port}`, secret } });
  });
  afterAll(async () => {
    await kannel.stop();
    await operator.close();
  });

  const gateway = (changed: { readonly username?: string; readonly password?: string; readonly url?: string } = {}) =>
    kannelGateway({
      url: changed.url ?? kannel.sendUrl,
      username: changed.username ?? kannel.username,
      password: changed.password ?? kannel.password,
      sender: '2757',
      reports: { url: `http://127.0.0.1:${port}`, secret },
    });

  /** The channel where Kannel brings texts and reports to. */
  const stageAt = (options: Parameters<typeof openStage>[0] = {}): Promise<Stage> => openStage({ ...options, port });

  it('a text comes in whole, once, with who wrote it and when', async () => {
    const stage = await stageAt();
    await operator.phone(to).says('SALDO é £ 100%');
    await operator.phone(to).says('Saldo saya 😀 '.repeat(8));
    await eventually(() => expect(stage.words()).toEqual(['SALDO é £ 100%', 'Saldo saya 😀 '.repeat(8)]));
    const [first] = stage.taken;
    expect(first).toMatchObject({ phone: to, private: true, from: { channel: 'sms', chat: to, sender: to } });
    expect(Math.abs((first?.writtenAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(stage.events.filter(({ kind }) => kind !== 'link')).toEqual([]);
  });

  it('a text comes again until it could be kept', async () => {
    const stage = await stageAt();
    stage.trouble.push('throws');
    await operator.phone(to).says('SATU');
    await eventually(() => expect(stage.words()).toEqual(['SATU']));
    expect(stage.trouble).toEqual([]);
  });

  it('a text goes out exactly as it is, in as few parts as there can be, and what became of it comes back', async () => {
    const stage = await stageAt();
    const phone = operator.phone(to);
    const texts = [
      inGsm('Saldo JHT: Rp1.234.567 — “é £ ü @ $ _”\n1 Cek & 100% #? +62'),
      'x'.repeat(160),
      'y'.repeat(459),
    ];
    for (const [nth, text] of texts.entries()) {
      expect(await gateway().send({ to, text, reference: `reference-${nth}`, validFor: 60_000 })).toEqual({
        sent: true,
      });
    }
    await eventually(() =>
      expect(
        phone
          .read()
          .slice(-3)
          .map(({ text }) => text),
      ).toEqual(texts),
    );
    expect(phone.read().slice(-3)).toMatchObject([
      { parts: 1, coding: 'gsm7', from: '2757' },
      { parts: 1, coding: 'gsm7' },
      { parts: 3, coding: 'gsm7' },
    ]);
    await eventually(() => expect(statesIn(stage).filter((state) => state === 'delivered')).toHaveLength(3));
    expect(new Set(statesIn(stage))).toEqual(new Set(['sent', 'delivered']));
  });

  it('a text that the operator does not take is reported as failed', async () => {
    const stage = await stageAt();
    operator.treat = () => 'reject';
    expect(await gateway().send({ to, text: 'Halo', reference: 'rejected', validFor: 60_000 })).toEqual({ sent: true });
    await eventually(() => expect(statesIn(stage)).toEqual(['failed']));
    operator.treat = () => 'take';
  });

  it('a text waits in Kannel while the operator is down', async () => {
    const stage = await stageAt();
    await operator.goDown();
    expect(await gateway().send({ to, text: 'Nanti', reference: 'later', validFor: 60_000 })).toEqual({ sent: true });
    await operator.comeUp();
    await eventually(() => expect(operator.phone(to).read().at(-1)?.text).toBe('Nanti'));
    await eventually(() => expect(statesIn(stage)).toContain('delivered'));
  });

  it.each([
    ['a wrong name', { username: 'somebody' }, 'unauthorised'],
    ['a wrong password', { password: 'sesame' }, 'unauthorised'],
    ['a wrong path', { url: '/cgi-bin/send' }, 'unauthorised'],
  ] as const)('with %s nothing is sent: %o is %s', async (_what, changed, problem) => {
    const url = 'url' in changed ? new URL(changed.url, kannel.sendUrl).href : kannel.sendUrl;
    const before = operator.submissions.length;
    expect(await gateway({ ...changed, url }).send({ to, text: 'Halo', reference: 'r', validFor: 60_000 })).toEqual({
      sent: false,
      problem,
    });
    expect(operator.submissions).toHaveLength(before);
  });

  it('what Kannel brings with another secret is not taken', async () => {
    const stage = await stageAt({ secret: 'another-secret-of-ours' });
    await operator.phone(to).says('SALDO');
    await eventually(() => expect(stage.statuses).toContain(401));
    expect(stage.taken).toEqual([]);
  });

  function statesIn({ events }: Stage): DeliveryState[] {
    return events.flatMap((event) => (event.kind === 'reported' ? [event.state] : []));
  }
});
