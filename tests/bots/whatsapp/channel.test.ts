import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { whatsapp } from '../../../src/bots/whatsapp/channel.ts';
import { environmentOf } from './environment.ts';

/** What is wrong with these settings, and whether they switch the channel on. */
function configured(variables: Readonly<Record<string, string>>): { problems: string[]; on: boolean } {
  const problems: string[] = [];
  const on = whatsapp.configure(environmentOf(variables, problems)) !== null;
  return { problems, on };
}

describe('the settings', () => {
  it('leave the channel off unless it is switched on by name', () => {
    expect(configured({})).toStrictEqual({ problems: [], on: false });
    expect(configured({ WHATSAPP: 'off' })).toStrictEqual({ problems: [], on: false });
    expect(configured({ WHATSAPP: 'on' })).toStrictEqual({ problems: [], on: true });
  });

  it('take all there is to set', () => {
    const all = {
      WHATSAPP: 'on',
      WHATSAPP_PAIR_WITH: '+6281234567890',
      WHATSAPP_WS_URL: 'ws://127.0.0.1:4000/ws/chat',
      WHATSAPP_VERSION: '2.3000.1043857760',
    };
    expect(configured(all)).toStrictEqual({ problems: [], on: true });
  });

  const given = ['WHATSAPP_PAIR_WITH=+6281234567890', 'WHATSAPP_WS_URL=wss://host/ws', 'WHATSAPP_VERSION=2.3000.1'];
  it.each(given)('%s means nothing while it is off', (line) => {
    const [name = '', value = ''] = line.split('=');
    expect(configured({ [name]: value })).toStrictEqual({ problems: [`${name} needs WHATSAPP=on.`], on: false });
  });

  const wrong = [
    'WHATSAPP=yes',
    'WHATSAPP_PAIR_WITH=081234567890',
    'WHATSAPP_PAIR_WITH=+62 812',
    'WHATSAPP_WS_URL=https://host',
    'WHATSAPP_WS_URL=host',
    'WHATSAPP_WS_URL=ws://example.org/ws',
    'WHATSAPP_WS_URL=ws://127.0.0.1.example.org/ws',
    'WHATSAPP_VERSION=2.3000',
    'WHATSAPP_VERSION=2.3000.x',
  ];
  it.each(wrong)('%s is a problem', (line) => {
    const [name = '', value = ''] = line.split('=');
    const { problems } = configured({ WHATSAPP: 'on', [name]: value });
    expect(problems).toStrictEqual([expect.stringContaining(`${name} takes `)]);
  });

  it('have a name, a default and a line of help each, and hide nothing', () => {
    for (const { name, help, standard, secret } of whatsapp.settings) {
      expect(name).toMatch(/^WHATSAPP/);
      expect([help, standard].every((text) => text.length > 0 && !text.includes('\n'))).toBe(true);
      expect(secret).toBe(false);
    }
    expect(whatsapp.settings.find(({ name }) => name === 'WHATSAPP')?.help).toContain('banned');
  });
});

/** Runs a script in a process of its own, in which what it imports can be watched and withheld. */
function run(script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  return stdout + stderr;
}

const imports = `
  import { registerHooks } from 'node:module';
  const channel = '../../../src/bots/whatsapp/channel.ts';
  const environment = { valueOf: ({ name }) => (name === 'WHATSAPP' ? true : undefined), problem() {} };
`;

describe('the package that speaks to WhatsApp', () => {
  it('is not loaded until the channel is opened', () => {
    const output = run(`${imports}
      const loaded = [];
      registerHooks({ resolve: (name, context, next) => { loaded.push(name); return next(name, context); } });
      const { whatsapp } = await import(channel);
      const open = whatsapp.configure(environment);
      const before = loaded.filter((name) => /baileys|libsignal|uqr/.test(name)).length;
      await open({ clock: { now: () => 0 }, works: false });
      const after = loaded.filter((name) => /baileys/.test(name)).length;
      process.stdout.write(JSON.stringify({ before, loads: after > 0 }));
    `);
    expect(JSON.parse(output)).toStrictEqual({ before: 0, loads: true });
  });

  it('can be left out: whoever switches the channel on then is told so in one line', () => {
    const output = run(`${imports}
      registerHooks({
        resolve(name, context, next) {
          return next(name.startsWith('@whiskeysockets/') ? '@whiskeysockets/baileys-is-not-here' : name, context);
        },
      });
      const { whatsapp } = await import(channel);
      const open = whatsapp.configure(environment);
      await open({}).catch(({ name, message }) => process.stdout.write(JSON.stringify({ name, message })));
    `);
    expect(JSON.parse(output)).toStrictEqual({
      name: 'CannotOpenChannel',
      message:
        'WHATSAPP=on needs the package @whiskeysockets/baileys, which is not installed: npm install --include=optional.',
    });
  });
});
