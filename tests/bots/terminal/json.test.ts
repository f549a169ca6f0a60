import { afterEach, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import { dayInJakarta } from '../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import type { Language } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import {
  readReply,
  runProgram,
  type ScriptedChat,
  type ScriptReply,
  startScriptedChat,
} from '../../servers/product.ts';

const nik = '3372050208899585';
const open: ScriptedChat[] = [];
afterEach(async () => {
  for (const chat of open.splice(0)) await chat.leaves('SIGKILL');
});

function start(...args: string[]): ScriptedChat {
  const chat = startScriptedChat({}, args);
  open.push(chat);
  return chat;
}

function smsIn(replies: readonly ScriptReply[]): { readonly phone: string; readonly text: string } {
  const sms = replies.find((reply) => 'to' in reply && reply.to === 'sms');
  if (!sms || !('phone' in sms)) throw new Error('No SMS was sent');
  return sms;
}

function textIn(replies: readonly ScriptReply[]): string {
  return replies.flatMap((reply) => ('to' in reply && reply.to === 'member' ? [reply.text] : [])).join('\n');
}

/** All lines that a whole script is answered with. */
async function play(
  input: string | Uint8Array,
): Promise<{ readonly code: number | null; readonly replies: ScriptReply[] }> {
  const { code, stdout, stderr } = await runProgram(['chat', '--json'], {}, input);
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n') || stdout === '').toBe(true);
  return { code, replies: stdout.split('\n').filter(Boolean).map(readReply) };
}

/** The balance as it is told on the day that this runs: the demo members' payments move along with the months. */
function balanceToday(language: Language): string {
  const member = demoMembers(dayInJakarta(Date.now())).find((each) => each.nik === nik);
  const sum = (rows: readonly { readonly amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);
  const totals = member?.memberships.map((each) => sum(each.contributions) + sum(each.growth) - sum(each.payouts));
  return speeches[language].rupiah(rupiah(totals?.reduce((total, amount) => total + amount, 0) ?? 0));
}

describe('a script', () => {
  it.each([
    ['id', 'min cek saldo jht sy dong', /^Verifikasi berhasil/],
    ['en', 'what is my balance', /^You are verified/],
  ] as const)('reads a balance from the code in the SMS (%s)', async (language, ask, begins) => {
    const chat = start();
    expect((await chat.says({ text: ask })).at(-1)).toEqual({
      done: true,
      state: 'consent',
      intent: 'balance',
      language,
    });
    expect((await chat.says({ choice: 'consent_yes' })).at(-1)).toMatchObject({ state: 'nik', language });
    const sent = await chat.says({ text: nik });
    expect(sent.at(-1)).toMatchObject({ state: 'code' });
    const { phone, text } = smsIn(sent);
    expect(phone).toBe('+6284000001197');
    const code = /\d{6}/.exec(text)?.[0] ?? '';
    const shown = await chat.says({ text: code });
    expect(textIn(shown)).toMatch(begins);
    expect(textIn(shown)).toContain(balanceToday(language));
    expect(shown.at(-1)).toMatchObject({ done: true, state: 'verified', language });
    expect(await chat.leaves()).toMatchObject({ code: 0, stderr: '' });
  });

  it('lets time pass: an idle session ends', async () => {
    const chat = start();
    await chat.says({ text: 'saldo' });
    await chat.says({ choice: 'consent_yes' });
    expect(await chat.says({ wait: 901 })).toEqual([{ done: true, state: 'nik', intent: 'consent', language: 'id' }]);
    const back = await chat.says({ text: 'halo' });
    expect(textIn(back)).toContain('15 menit');
    expect(back.at(-1)).toMatchObject({ state: 'idle' });
  });

  it('can wait before anything was said', async () => {
    const chat = start();
    expect(await chat.says({ wait: 0 })).toEqual([{ done: true, state: 'idle', intent: 'none', language: 'id' }]);
  });

  it('can send all that a member can, and each is answered', async () => {
    const chat = start('--lang', 'en');
    const lines = [
      { location: { latitude: -6.2, longitude: 106.8 } },
      ...['voice', 'photo', 'sticker', 'document', 'video', 'contact'].map((media) => ({ media })),
      { choice: 'no such choice' },
      { text: '' },
      { text: '?' },
    ];
    for (const line of lines) {
      const replies = await chat.says(line);
      expect(replies).toHaveLength(2);
      expect(replies[0]).toMatchObject({ to: 'member', choices: expect.any(Array) as unknown });
      expect(replies[1]).toMatchObject({ done: true, language: 'en' });
    }
  });

  it('goes on after a line that is not valid, in the step that was open', async () => {
    const chat = start();
    await chat.says({ text: 'saldo' });
    for (const line of ['nonsense', '{}', '{"text":1}', '{"text":"a","wait":1}', '[]']) {
      expect(await chat.says(line)).toEqual([{ error: expect.stringMatching(/^[A-Z"].*\.$/) as unknown }]);
    }
    expect((await chat.says({ choice: 'consent_yes' })).at(-1)).toMatchObject({ state: 'nik' });
  });

  it('ends with 0 at once when a signal comes', async () => {
    const chat = start();
    await chat.says({ text: 'halo' });
    expect(await chat.leaves('SIGTERM')).toMatchObject({ code: 0, signal: null, stderr: '' });
  });
});

describe('the input of a script', () => {
  it('written all at once is handled one line after the other', async () => {
    const lines = [{ text: 'saldo' }, { choice: 'consent_yes' }, { text: nik }, { text: 'batal' }, { text: 'halo' }];
    const { code, replies } = await play(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect(code).toBe(0);
    const kinds = replies.map((reply) => ('done' in reply ? reply.state : 'to' in reply ? reply.to : 'error'));
    expect(kinds).toEqual([
      'member',
      'consent',
      'member',
      'nik',
      'member',
      'sms',
      'code',
      'member',
      'idle',
      'member',
      'idle',
    ]);
  });

  it('may end without an end of its last line', async () => {
    const { code, replies } = await play('{"text":"halo"}');
    expect(code).toBe(0);
    expect(replies.at(-1)).toMatchObject({ done: true });
  });

  it('may be empty', async () => {
    expect(await play('')).toEqual({ code: 0, replies: [] });
    expect(await play('\n  \n\r\n')).toEqual({ code: 0, replies: [] });
  });

  it('may hold a very long line, bytes that are no text, and line breaks of other kinds', async () => {
    const input = Buffer.concat([
      Buffer.from(`{"text":"${'saldo '.repeat(170_000)}"}\r\n`),
      Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a]),
      Buffer.from('{"text":"'),
      Buffer.from([0xff, 0xc3, 0x28]),
      Buffer.from('"}\n{"text":"a\u2028b\u2029c\u0085d"}\n{"text":"\\u0000\\ud800"}\n'),
    ]);
    const { code, replies } = await play(input);
    expect(code).toBe(0);
    const ends = replies.filter((reply) => !('to' in reply)).map((reply) => Object.keys(reply)[0]);
    expect(ends).toEqual(['done', 'error', 'done', 'done', 'done']);
  });
});
