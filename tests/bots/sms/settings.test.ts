import { describe, expect, it } from 'vitest';
import { sms } from '../../../src/bots/sms/channel.ts';
import { gatewaySettings, readGateway, webhookSettings } from '../../../src/bots/sms/settings.ts';
import { readConfig } from '../../../src/config.ts';
import { environmentOf } from '../telegram/environment.ts';

const template = { SMS_SEND_URL: 'https://sms.example/?to={to}&text={text}' };
const url = 'http://127.0.0.1:13013/cgi-bin/sendsms';
const kannel = { SMS_SEND_URL: url, SMS_USERNAME: 'chat', SMS_PASSWORD: 's3nd' };
const secret = 'made-for_sms-tests';

/** What the program makes of these settings. */
function read(values: Readonly<Record<string, string>>) {
  const config = readConfig(values, { database: 'folder', logLevel: 'info' }, [sms]);
  if (!config.ok) return config.problem;
  return { sms: config.value.sms, channels: config.value.channels.map(({ name }) => name) };
}

describe('the gateway', () => {
  it('is any by a template, or Kannel', () => {
    expect(read(template)).toEqual({ sms: { kind: 'template', url: template.SMS_SEND_URL }, channels: [] });
    const plain = { kind: 'kannel', url, username: 'chat', password: 's3nd', sender: null, reports: null };
    expect(read(kannel)).toEqual({ sms: plain, channels: [] });
    for (const sender of ['2757', '+6281100001', 'JAMSOSTEK']) {
      expect(read({ ...kannel, SMS_SENDER: sender })).toMatchObject({ sms: { sender } });
    }
  });

  it.each([
    [
      { SMS_SEND_URL: url },
      /^SMS_SEND_URL without \{to\} and \{text\} is Kannel's: it needs SMS_USERNAME and SMS_PASSWORD/,
    ],
    [{ SMS_SEND_URL: url, SMS_USERNAME: 'chat' }, /^SMS_SEND_URL without/],
    [{ ...template, SMS_USERNAME: 'chat' }, /^SMS_USERNAME is for Kannel/],
    [{ ...template, SMS_PASSWORD: 'hunter2' }, /^SMS_PASSWORD is for Kannel/],
    [{ ...template, SMS_SENDER: '2757' }, /^SMS_SENDER is for Kannel/],
    [{ SMS_USERNAME: 'chat' }, /^SMS_USERNAME is for Kannel/],
    [{ ...kannel, SMS_SEND_URL: `${url}?username=chat` }, /^SMS_SEND_URL takes /],
    [{ ...kannel, SMS_SEND_URL: `${url}?to={to}` }, /^SMS_SEND_URL takes /],
    [{ ...kannel, SMS_SEND_URL: 'http://chat:hunter2@127.0.0.1/' }, /^SMS_SEND_URL takes /],
    [{ ...kannel, SMS_PASSWORD: 'hunter 2' }, /^SMS_PASSWORD takes /],
    [{ ...kannel, SMS_SENDER: 'BPJS Ketenagakerjaan' }, /^SMS_SENDER takes /],
  ])('is none with %o, and one line says why', (values, problem) => {
    expect(read(values)).toMatch(problem);
    expect(read(values)).not.toContain('hunter');
  });
});

describe('the channel', () => {
  it('is off without a secret, and on with it', () => {
    expect(read({ ...template, SMS_WEBHOOK_SECRET: secret })).toMatchObject({ channels: ['sms'] });
    const all = { SMS_WEBHOOK_FROM: '10.0.0.7, loopback,10.1.0.0/16', SMS_DAILY_PARTS: '500' };
    expect(read({ ...kannel, SMS_WEBHOOK_SECRET: secret, ...all })).toMatchObject({ channels: ['sms'] });
  });

  it.each([
    [{ SMS_WEBHOOK_SECRET: secret }, /^SMS_WEBHOOK_SECRET needs SMS_SEND_URL/],
    [{ ...template, SMS_WEBHOOK_SECRET: 'hunter2' }, /^SMS_WEBHOOK_SECRET takes /],
    [{ ...template, SMS_WEBHOOK_SECRET: 'hunter2 hunter2 hunter2' }, /^SMS_WEBHOOK_SECRET takes /],
    [{ ...template, SMS_WEBHOOK_SECRET: secret, SMS_WEBHOOK_FROM: 'gateway' }, /^SMS_WEBHOOK_FROM takes /],
    [{ ...template, SMS_WEBHOOK_SECRET: secret, SMS_WEBHOOK_URL: 'chat.example' }, /^SMS_WEBHOOK_URL takes /],
    [{ ...template, SMS_WEBHOOK_SECRET: secret, SMS_DAILY_PARTS: '0' }, /^SMS_DAILY_PARTS takes /],
    [{ ...template, SMS_WEBHOOK_FROM: 'loopback' }, /^SMS_WEBHOOK_FROM needs SMS_WEBHOOK_SECRET/],
    [{ ...template, SMS_WEBHOOK_URL: 'http://chat.example' }, /^SMS_WEBHOOK_URL needs SMS_WEBHOOK_SECRET/],
    [{ ...template, SMS_DAILY_PARTS: '5' }, /^SMS_DAILY_PARTS needs SMS_WEBHOOK_SECRET/],
  ])('is refused with %o, and one line says why', (values, problem) => {
    expect(read(values)).toMatch(problem);
    expect(read(values)).not.toContain('hunter');
  });

  it('keeps what is secret to itself', () => {
    const all = { ...gatewaySettings, ...webhookSettings };
    const secrets = Object.values(all).filter((each) => each.secret);
    expect(secrets.map(({ name }) => name)).toEqual(['SMS_SEND_URL', 'SMS_PASSWORD', 'SMS_WEBHOOK_SECRET']);
  });
});

describe('delivery reports', () => {
  const reportsOf = (values: Readonly<Record<string, string>>) => {
    const gateway = readGateway(environmentOf({ ...kannel, SMS_WEBHOOK_SECRET: secret, ...values }));
    return gateway?.kind === 'kannel' ? (gateway.reports?.url ?? null) : 'no Kannel';
  };

  it.each([
    [{}, 'http://127.0.0.1:3000'],
    [{ PORT: '4000' }, 'http://127.0.0.1:4000'],
    [{ ROLES: 'web' }, 'http://127.0.0.1:3000'],
    [{ SMS_WEBHOOK_URL: 'https://chat.example/' }, 'https://chat.example'],
    [
      { SMS_SEND_URL: 'http://kannel.internal/sendsms', SMS_WEBHOOK_URL: 'http://10.0.0.7:3000/x/' },
      'http://10.0.0.7:3000/x',
    ],
    [{ PORT: '0' }, null],
    [{ ROLES: 'worker' }, null],
    [{ SMS_SEND_URL: 'http://kannel.internal/sendsms' }, null],
    [{ SMS_WEBHOOK_SECRET: '' }, null],
  ])('with %o go to %s', (values, expected) => {
    expect(reportsOf(values)).toBe(expected);
  });
});
