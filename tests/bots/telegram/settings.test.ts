import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { telegram } from '../../../src/bots/telegram/channel.ts';
import { environmentOf } from './environment.ts';
import { token } from './stage.ts';

/** What the channel makes of these settings: whether it is on, and what it complains of. */
function configured(values: Readonly<Record<string, string>>): [on: boolean, problems: readonly string[]] {
  const environment = environmentOf(values);
  const on = telegram.configure(environment) !== null;
  return [on, environment.problems];
}

const TELEGRAM_BOT_TOKEN = token;

describe('the settings', () => {
  it('leave the channel off without a token', () => {
    expect(configured({})).toEqual([false, []]);
  });

  it.each([
    { TELEGRAM_BOT_TOKEN },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT: 'https://api.telegram.org/' },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT: 'http://bot-api.internal:8081' },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_URL: 'https://chat.example.org' },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_URL: 'https://example.org/chat/telegram/webhook' },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_URL: 'http://127.0.0.1:3000/telegram/webhook' },
    { TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_URL: 'https://a.example', TELEGRAM_WEBHOOK_SECRET: 'a-_9' },
  ])('switch it on: %o', (values) => {
    expect(configured(values)).toEqual([true, []]);
  });

  it.each([
    ['TELEGRAM_BOT_TOKEN', 'sesame'],
    ['TELEGRAM_BOT_TOKEN', '123:short'],
    ['TELEGRAM_API_ROOT', 'http://api.telegram.org'],
    ['TELEGRAM_API_ROOT', 'ftp://api.example'],
    ['TELEGRAM_API_ROOT', 'https://name:word@api.example'],
    ['TELEGRAM_API_ROOT', 'https://api.example/?x=1'],
    ['TELEGRAM_WEBHOOK_URL', 'http://chat.example.org/telegram/webhook'],
    ['TELEGRAM_WEBHOOK_URL', 'https://chat.example.org/webhook'],
    ['TELEGRAM_WEBHOOK_URL', 'https://name:word@chat.example.org/'],
    ['TELEGRAM_WEBHOOK_URL', 'chat.example.org'],
    ['TELEGRAM_WEBHOOK_SECRET', 'not allowed'],
    ['TELEGRAM_WEBHOOK_SECRET', 'x'.repeat(257)],
  ])('refuse %s=%s, and say what it takes', (name, value) => {
    const webhook = { TELEGRAM_WEBHOOK_URL: 'https://chat.example.org' };
    const [, [problem]] = configured({ TELEGRAM_BOT_TOKEN, ...webhook, [name]: value });
    expect(problem).toMatch(new RegExp(`^${name} takes `));
  });

  it('refuse a webhook without a token, and a secret without a webhook', () => {
    expect(configured({ TELEGRAM_WEBHOOK_URL: 'https://chat.example.org' })).toEqual([
      false,
      ['TELEGRAM_WEBHOOK_URL needs TELEGRAM_BOT_TOKEN.'],
    ]);
    expect(configured({ TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET: 'x' })).toEqual([
      true,
      ['TELEGRAM_WEBHOOK_SECRET needs TELEGRAM_WEBHOOK_URL.'],
    ]);
  });

  it('keep the token and the secret to themselves', () => {
    expect(telegram.settings.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
    ]);
  });
});

/** How many files of the platform's client are loaded in a process that has done this. */
function loadedBy(steps: string): number {
  const program = `import { createRequire } from 'node:module';
    const { telegram } = await import(${JSON.stringify(new URL('../../../src/bots/telegram/channel.ts', import.meta.url))});
    ${steps}
    console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('/grammy/')).length);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

describe('a program that only knows of the channel', () => {
  it('loads nothing of its platform until it opens it', () => {
    const environment = `{ valueOf: ({ name }) => (name === 'TELEGRAM_BOT_TOKEN' ? '${token}' : undefined) }`;
    expect(loadedBy(`telegram.configure(${environment});`)).toBe(0);
    expect(loadedBy(`await telegram.configure(${environment})({ report() {} });`)).toBeGreaterThan(0);
  });
});
