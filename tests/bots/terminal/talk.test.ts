import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { screenView, wrap } from '../../../src/bots/terminal/screen.ts';
import { type Words, words } from '../../../src/bots/terminal/words.ts';
import { hour, minute } from '../../../src/core/time.ts';
import { type SeatOptions, takeSeat } from './seat.ts';

type Seat = Awaited<ReturnType<typeof takeSeat>>;
const open: Seat[] = [];
afterEach(async () => {
  for (const seat of open.splice(0)) await seat.clear();
});

async function sit(options?: SeatOptions): Promise<Seat> {
  const seat = await takeSeat(options);
  open.push(seat);
  return seat;
}

describe('a person at the terminal', () => {
  it.each([
    ['en', 'balance', /Your JHT balance as of 31 October 2026/],
    ['id', 'saldo', /Saldo JHT Anda per 31 Oktober 2026/],
  ] as const)(
    'reads a balance with choices by number, the SMS apart from the chat (%s)',
    async (language, ask, balance) => {
      const seat = await sit({ language });
      expect(await seat.says(ask)).toMatch(/│ {3}1 {2}(I agree|Setuju)\n/);
      await seat.says('1');
      const sent = await seat.says('3372050208899585');
      const [, sms = ''] = sent.split('╭─ 📱');
      expect(sms).toMatch(
        language === 'en' ? /SMS to \+6284000001197 \(this is the member's phone\)/ : /SMS ke \+62840/,
      );
      const code = /\b(\d{6})\./.exec(sms.replace(/\n│ /g, ' '))?.[1] ?? '';
      expect(await seat.says(code)).toMatch(balance);
    },
  );

  it('sees nothing wider than the terminal', async () => {
    const seat = await sit({ columns: 40, language: 'id' });
    const shown = (await seat.says('saldo')) + (await seat.says('1')) + (await seat.says('3372050208899585'));
    const lines = shown.split('\n').filter((line) => line.startsWith('│'));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['/quit', '/quit\r'],
  ])('leaves with %s', async (_, keys) => {
    const seat = await sit();
    await seat.says('hi');
    await seat.presses(keys);
    expect(seat.raw().endsWith('Goodbye.\n')).toBe(true);
  });

  it('leaves when a signal comes', async () => {
    const seat = await sit();
    await seat.says('hi');
    await seat.leaves('signal');
    expect(seat.raw()).toContain('Goodbye.');
  });

  it('sees colours in a terminal only', async () => {
    const plain = await sit({ isTTY: false });
    await plain.leaves();
    expect(plain.raw()).toContain(words.en.welcome);
    expect(plain.raw()).not.toContain('\u001b');
    const coloured = await sit();
    expect(coloured.raw()).toContain('\u001b[1m');
  });

  it('can pass lines over that hold nothing', async () => {
    const seat = await sit();
    expect(await seat.says('   ')).not.toContain('│');
  });
});

describe('the terminal itself', () => {
  it('says what it can do', async () => {
    const seat = await sit();
    const help = await seat.says('/help');
    for (const line of words.en.help) expect(help).toContain(line);
    expect(await seat.says('/nothing')).toContain(words.en.unknown_command);
    expect(await seat.says('/')).toContain(words.en.unknown_command);
  });

  it('lists the demo members', async () => {
    const seat = await sit();
    const shown = await seat.says('/members');
    for (const { nik } of seat.members) expect(shown).toContain(nik);
  });

  it('has no demo members where this is no demo', async () => {
    const seat = await sit({ demo: false, member: '3372050208899585' });
    expect(await seat.says('/members')).toContain(words.en.no_members);
    expect(seat.raw()).not.toContain('3372050208899585');
  });

  it('moves the clock of the assistant', async () => {
    const seat = await sit();
    const before = seat.clock.now();
    expect(await seat.says('/wait 5m')).toContain("The assistant's clock has moved on by 5m.");
    expect(await seat.says('/wait 2 h')).toContain('2 h');
    expect(seat.clock.now() - before).toBe(5 * minute + 2 * hour);
    for (const wrong of ['/wait', '/wait 5', '/wait -5m', '/wait 5y', '/wait 367d', '/wait 1e3s']) {
      expect(await seat.says(wrong)).toContain(words.en.wait_usage);
    }
    expect(seat.clock.now() - before).toBe(5 * minute + 2 * hour);
  });

  it('changes its own language and that of the assistant', async () => {
    const seat = await sit({ language: 'en' });
    expect(await seat.says('/lang id')).toMatch(/Bahasa Indonesia/);
    expect(await seat.says('/help')).toContain(words.id.help[0]);
    expect(await seat.says('/lang en')).toMatch(/English/);
    expect(await seat.says('/lang fr')).toContain(words.en.lang_usage);
  });

  it('shows the member that was asked for', async () => {
    const seat = await sit({ member: '3372050208899585' });
    expect(seat.raw()).toMatch(/Your demo member:\nNIK.*\n3372050208899585 .*Bagus Prihantoro/);
    expect(seat.raw().match(/^\d{16}/gm)).toHaveLength(1);
  });

  it('shows three members when it does not know the one that was asked for', async () => {
    const seat = await sit({ member: '3372' });
    expect(seat.raw()).toContain(words.en.unknown_member);
    expect(seat.raw().match(/^\d{16}/gm)).toHaveLength(3);
  });
});

describe('what is shown', () => {
  it('never steers the terminal', () => {
    let shown = '';
    const screen = new Writable({
      write(chunk, _encoding, done) {
        shown += String(chunk);
        done();
      },
    });
    screenView(screen, () => words.en).reply({
      language: 'en',
      text: 'a\u001b[2Jb\rc\u009bd\u0007',
      choices: [{ id: 'x', label: 'one\u001b]0;title\u0007' }],
      personal: false,
      place: { name: 'Kantor\u0000', address: null, latitude: -6.2, longitude: 106.8 },
    });
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(shown).toContain('Map: Kantor  (-6.2, 106.8)');
  });

  it('breaks at spaces, and keeps a long word whole', () => {
    expect(wrap('aa bb cc\n\ndd', 5)).toEqual(['aa bb', 'cc', '', 'dd']);
    expect(wrap('a verylongword b', 5)).toEqual(['a', 'verylongword', 'b']);
    expect(wrap('😀😀 😀😀', 5)).toEqual(['😀😀 😀😀']);
  });

  it('has the same words in both languages', () => {
    const shape = ({ help, columns, ...rest }: Words) => [help.length, Object.keys(columns), Object.keys(rest)];
    expect(shape(words.en)).toEqual(shape(words.id));
  });
});
