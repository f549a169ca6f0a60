import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, settings } from '../src/config.ts';
import { allSettings } from './servers/settings.ts';

const serving = { database: 'folder', logLevel: 'info' } as const;
const chatting = { database: 'memory', logLevel: 'warn' } as const;
const secret = 'k'.repeat(32);
const server = { DATABASE_URL: 'postgres://bot:hunter2@db.example:5432/members', SECRET_KEY: secret };
const gateway = 'http://sms.example:13013/cgi-bin/sendsms?username=u&password=hunter3&to={to}&text={text}';

function problemOf(env: Record<string, string>): string {
  const config = readConfig(env, serving);
  return config.ok ? 'none' : config.problem;
}

describe('the settings', () => {
  it('need none to be set', () => {
    expect(readConfig({}, serving)).toEqual({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 3000,
        publicUrl: 'http://localhost:3000',
        database: { kind: 'folder', path: '.data' },
        dataFolder: '.data',
        redis: null,
        durability: 'everysec',
        sealingKeysFile: null,
        roles: ['web', 'worker'],
        demo: true,
        secretKey: null,
        sms: null,
        keepMisses: true,
        officesFile: null,
        logLevel: 'info',
        metrics: null,
        proxies: [],
        channels: [],
      },
    });
  });

  it('keep nothing for a chat in the terminal, unless a folder or a server is named', () => {
    const place = (env: Record<string, string>) => {
      const config = readConfig(env, chatting);
      return config.ok ? config.value.database : config.problem;
    };
    expect(place({})).toEqual({ kind: 'memory' });
    expect(place({ DATA_FOLDER: '/data' })).toEqual({ kind: 'folder', path: '/data' });
    expect(place({ ...server, SMS_SEND_URL: gateway })).toEqual({ kind: 'server', url: server.DATABASE_URL });
  });

  it('take an empty variable for one that is not set', () => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, '']));
    expect(readConfig(empty, serving)).toEqual(readConfig({}, serving));
  });

  it('know where phones reach the page: in a demo on this machine, else only where it is named', () => {
    const addressOf = (env: Record<string, string>) => {
      const config = readConfig(env, serving);
      return config.ok ? config.value.publicUrl : config.problem;
    };
    const real = { ...server, SMS_SEND_URL: gateway };
    expect(addressOf({ PORT: '4000' })).toBe('http://localhost:4000');
    expect(addressOf({ PORT: '0' })).toBeNull();
    expect(addressOf({ REDIS_URL: 'redis://localhost', ROLES: 'worker' })).toBeNull();
    expect(addressOf(real)).toBeNull();
    expect(addressOf({ ...real, PUBLIC_URL: 'https://Jamsostek.example/' })).toBe('https://jamsostek.example');
    expect(addressOf({ ...real, PUBLIC_URL: 'https://jamsostek.example:8443' })).toBe('https://jamsostek.example:8443');
    expect(addressOf({ ...real, PUBLIC_URL: 'http://127.0.0.1:3000' })).toBe('http://127.0.0.1:3000');
    expect(addressOf({ PUBLIC_URL: 'http://192.168.1.5:3000' })).toBe('http://192.168.1.5:3000');
  });

  it('turn the demo off with a database server, and on again when told so', () => {
    const on = readConfig({ ...server, DEMO: 'on' }, serving);
    const off = readConfig({ ...server, SMS_SEND_URL: gateway }, serving);
    expect(on).toMatchObject({ ok: true, value: { demo: true, sms: null } });
    expect(off).toMatchObject({ ok: true, value: { demo: false, sms: { kind: 'template', url: gateway } } });
  });

  it('keep what was not understood in a demo alone, unless told otherwise', () => {
    const keeps = (env: Record<string, string>) => {
      const config = readConfig({ ...server, SMS_SEND_URL: gateway, ...env }, serving);
      return config.ok ? config.value.keepMisses : config.problem;
    };
    expect(keeps({})).toBe(false);
    expect(keeps({ DEMO: 'on' })).toBe(true);
    expect(keeps({ KEEP_MISSES: 'on' })).toBe(true);
    expect(keeps({ DEMO: 'on', KEEP_MISSES: 'off' })).toBe(false);
  });

  it('serve metrics only on a port that is named, to this machine alone unless told otherwise', () => {
    const placeOf = (env: Record<string, string>) => {
      const config = readConfig(env, serving);
      return config.ok ? config.value.metrics : config.problem;
    };
    expect(placeOf({ METRICS_PORT: '9100' })).toEqual({ host: '127.0.0.1', port: 9100 });
    expect(placeOf({ METRICS_PORT: '0', METRICS_HOST: '10.0.0.7' })).toEqual({ host: '10.0.0.7', port: 0 });
    expect(placeOf({ METRICS_HOST: '10.0.0.7' })).toBeNull();
  });

  it('read a list of proxies', () => {
    const config = readConfig({ TRUST_PROXY: 'loopback, 10.0.0.0/8,::1' }, serving);
    expect(config).toMatchObject({ ok: true, value: { proxies: ['loopback', '10.0.0.0/8', '::1'] } });
    expect(readConfig({ TRUST_PROXY: 'off' }, serving)).toMatchObject({ ok: true, value: { proxies: [] } });
  });
});

describe('a wrong setting', () => {
  it.each([
    ['HOST', 'http://localhost'],
    ['HOST', 'a b'],
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', ' 3000'],
    ['PORT', '99999999999999999999'],
    ['PUBLIC_URL', 'jamsostek.example'],
    ['PUBLIC_URL', 'ftp://jamsostek.example'],
    ['PUBLIC_URL', 'https://jamsostek.example/chat'],
    ['PUBLIC_URL', 'https://jamsostek.example?'],
    ['PUBLIC_URL', 'https://user:hunter2@jamsostek.example'],
    ['DATABASE_URL', 'foo'],
    ['DATABASE_URL', 'mysql://bot@db/members'],
    ['DATA_FOLDER', 'a\0b'],
    ['DEMO', 'yes'],
    ['SECRET_KEY', 'k'.repeat(31)],
    ['SMS_SEND_URL', 'foo'],
    ['SMS_SEND_URL', 'http://sms.example/?to={to}'],
    ['SMS_SEND_URL', 'http://{to}.example/{text}'],
    ['SMS_SEND_URL', 'ftp://sms.example/{to}/{text}'],
    ['REDIS_DURABILITY', 'sometimes'],
    ['SEALING_KEYS_FILE', 'a\0b'],
    ['KEEP_MISSES', 'some'],
    ['LOG_LEVEL', 'loud'],
    ['METRICS_PORT', '65536'],
    ['METRICS_HOST', 'a b'],
    ['TRUST_PROXY', 'on'],
    ['TRUST_PROXY', '10.0.0.0/33'],
  ] as const)('%s=%j is answered with one line that names the setting and what it takes', (name, value) => {
    const problem = problemOf({ [name]: value });
    expect(problem.startsWith(`${name} takes ${settings[name].takes}`)).toBe(true);
    expect(problem).not.toMatch(/\p{Cc}/u);
  });

  it.each(['DATABASE_URL', 'SECRET_KEY', 'SMS_SEND_URL'])('%s never shows its value', (name) => {
    expect(problemOf({ [name]: 'hunter2' })).toContain(name);
    expect(problemOf({ [name]: 'hunter2' })).not.toContain('hunter2');
  });

  it('is shown cut and without line breaks where its value is no secret', () => {
    const problem = problemOf({ PORT: `1\n2${'3'.repeat(10_000)}` });
    expect(problem).toContain(String.raw`not "1\n2333`);
    expect(problem.length).toBeLessThan(200);
  });
});

describe('settings that do not fit each other', () => {
  it('are a database server without a secret key', () => {
    expect(problemOf({ DATABASE_URL: server.DATABASE_URL })).toMatch(/^SECRET_KEY must be set with DATABASE_URL: /);
  });

  it('are no demo without a secret key', () => {
    expect(problemOf({ DEMO: 'off', SMS_SEND_URL: gateway })).toMatch(/^SECRET_KEY must be set with DEMO=off: /);
  });

  it('are no demo with an address that anybody on the way can read and change', () => {
    const real = { DEMO: 'off', SECRET_KEY: secret, SMS_SEND_URL: gateway };
    const problem = /^PUBLIC_URL must begin with https:\/\/ with DEMO=off/;
    expect(problemOf({ ...real, PUBLIC_URL: 'http://jamsostek.example' })).toMatch(problem);
    expect(problemOf({ ...real, PUBLIC_URL: 'http://localhost.example' })).toMatch(problem);
    expect(problemOf({ ...real, PUBLIC_URL: 'https://jamsostek.example' })).toBe('none');
  });

  it('are no demo without a way to send SMS', () => {
    expect(problemOf({ DEMO: 'off', SECRET_KEY: secret })).toMatch(/^SMS_SEND_URL must be set with DEMO=off: /);
  });
});

it('docs/operations.md and docs/channels.md list every setting as the program does', () => {
  const listed = ['operations.md', 'channels.md']
    .map((file) => readFileSync(join(import.meta.dirname, '..', 'docs', file), 'utf8'))
    .join('\n')
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+` \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, name, takes, standard, help]) => [name?.replaceAll('`', ''), { takes, standard, help }]);
  const known = allSettings.map(({ name, takes, standard, help }) => [name, { takes, standard, help }]);
  expect(listed).toEqual(known);
});
