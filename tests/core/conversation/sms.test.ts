import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import { type Phone, phoneSchema } from '../../../src/core/jamsostek/phone.ts';
import type { Effect } from '../../../src/core/reply.ts';
import { speeches } from '../../../src/core/speech.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

const members = demoMembers(stageDay);
const stranger = phoneSchema.parse('+6284000099999');

let database: Database;
let member: DemoMember & { readonly phone: Phone };
let other: DemoMember;
beforeAll(async () => {
  database = await stageDatabase();
  member = withPhone('one KPJ');
  other = withPhone('several KPJ');
});
afterEach(async () => {
  const stage = new Stage(database, 'putting things back');
  for (const each of [member, other]) await stage.setPhone(each.ref, each.phone);
});

function withPhone(scenario: DemoMember['scenario']) {
  const found = members.find((each) => each.scenario === scenario);
  if (!found?.phone) throw new Error(`Nobody with a phone is "${scenario}"`);
  return { ...found, phone: found.phone };
}

function kpjOf({ memberships: [first] }: DemoMember): string {
  return first?.kpj ?? '';
}

/** A telephone, and what reaches it. */
function telephone(phone: Phone, name: string) {
  const stage = new Stage(database, name);
  const seat = { channel: 'sms', chat: phone, phone };
  return {
    stage,
    /** What is answered, and the codes that go out, by the number that they go to. */
    async sends(text: string) {
      const effects = await stage.hear({ kind: 'text', text }, seat);
      return { short: shortOf(effects), codes: effects.filter((effect) => effect.kind === 'sms') };
    },
    state: () => stage.outcome?.state,
  };
}

function shortOf(effects: readonly Effect[]): string {
  const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
  return replies.map(({ short, text }) => short ?? text).join('\n');
}

function codeIn(codes: readonly Extract<Effect, { kind: 'sms' }>[]): string {
  const [code] = codes.flatMap(({ text }) => /\d{6}/.exec(text) ?? []);
  if (code === undefined) throw new Error('No code was sent');
  return code;
}

/** What a member's balance looks like. */
async function totalOf({ ref }: DemoMember): Promise<string> {
  const account = await postgresRegistry(database).account(ref);
  if (!account) throw new Error('There is no account');
  return speeches.id.rupiah(account.total);
}

describe('a text from a telephone', () => {
  it('opens the balance by its membership number and a code that is sent back, on the phone on file', async () => {
    const phone = telephone(member.phone, 'the phone on file');
    expect((await phone.sends(`SALDO ${kpjOf(member)}`)).short).toContain('Balas YA atau TIDAK');
    const { codes, short } = await phone.sends('ya');
    expect(short).toContain('Balas dengan kode itu');
    expect(codes.map(({ to }) => to)).toEqual([member.phone]);
    expect((await phone.sends(codeIn(codes))).short).toContain(await totalOf(member));
    expect(phone.state()).toBe('verified');
  });

  it.each([
    ['in small letters and groups', (kpj: string) => `saldo  ${kpj.slice(0, 4)} ${kpj.slice(4)}`],
    ['alone, when it is asked for', (kpj: string) => kpj],
  ])('takes the number %s', async (_, written) => {
    const phone = telephone(member.phone, 'ways to write a number');
    await phone.sends('saldo');
    await phone.sends('ya');
    expect((await phone.sends(written(kpjOf(member)))).codes).toHaveLength(1);
  });

  it('takes the NIK in its place', async () => {
    const phone = telephone(member.phone, 'a NIK by SMS');
    await phone.sends('cek saldo');
    expect((await phone.sends('ya')).short).toContain('nomor KPJ');
    expect((await phone.sends(member.nik)).codes).toHaveLength(1);
  });

  it('from any other phone is told the same, gets no code, and opens nothing even with the right one', async () => {
    const own = telephone(member.phone, 'told the same, here');
    const strange = telephone(stranger, 'told the same, there');
    const said: string[][] = [[], []];
    for (const text of [`SALDO ${kpjOf(member)}`, 'ya', 'kode belum masuk']) {
      said[0]?.push((await own.sends(text)).short);
      const there = await strange.sends(text);
      expect(there.codes).toEqual([]);
      said[1]?.push(there.short);
    }
    expect(said[1]).toEqual(said[0]);
    const { short } = await strange.sends(strange.stage.drawn ?? '');
    expect(short).toContain('salah');
    expect(strange.state()).toBe('code');
  });

  it('said again while the code is awaited changes nothing: that code is still the right one', async () => {
    const phone = telephone(member.phone, 'an impatient member');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    const { codes } = await phone.sends('ya');
    for (const text of [`SALDO ${kpjOf(member)}`, kpjOf(member), member.nik]) {
      const again = await phone.sends(text);
      expect(again.short).toContain('6 angka kode');
      expect(again.codes).toEqual([]);
    }
    expect((await phone.sends(codeIn(codes))).short).toContain(await totalOf(member));
  });

  it('of another member is used only after a consent, also on a phone that is known', async () => {
    const phone = telephone(member.phone, 'a known phone, another member');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    await phone.sends(codeIn((await phone.sends('ya')).codes));
    for (const text of ['ingat chat ini', 'ya', 'STOP']) await phone.sends(text);
    await phone.stage.time.advance(61_000);
    await phone.sends('saldo');
    expect((await phone.sends(kpjOf(other))).short).toContain('Balas YA atau TIDAK');
    await phone.sends('lupakan chat ini');
  });

  it('is told the same of a number that nobody has', async () => {
    const own = telephone(member.phone, 'a number of one’s own');
    const unknown = telephone(member.phone, 'a number of nobody');
    const said = async (phone: typeof own, kpj: string) => [
      (await phone.sends(`SALDO ${kpj}`)).short,
      (await phone.sends('ya')).short,
    ];
    expect(await said(unknown, '00000000000')).toEqual(await said(own, kpjOf(member)));
    expect(unknown.stage.effects.filter(({ kind }) => kind === 'sms')).toEqual([]);
  });

  it('learns from another phone nothing of whose NIK goes with a membership number', async () => {
    const strange = telephone(stranger, 'a number and a NIK');
    await strange.sends(`SALDO ${kpjOf(member)}`);
    const asked = (await strange.sends('ya')).short;
    for (const { nik } of [member, other]) expect(await strange.sends(nik)).toEqual({ short: asked, codes: [] });
    await strange.sends(strange.stage.drawn ?? '');
    expect(strange.state()).toBe('code');
  });

  it('opens nothing any more once another phone is on file', async () => {
    const phone = telephone(member.phone, 'a phone of before');
    await phone.stage.setPhone(member.ref, stranger);
    await phone.sends(`SALDO ${kpjOf(member)}`);
    expect((await phone.sends('ya')).codes).toEqual([]);
  });

  it('has its membership number used only once the member has agreed, and forgotten when they do not', async () => {
    const phone = telephone(member.phone, 'before the consent');
    phone.stage.registryUp = false;
    expect((await phone.sends(`SALDO ${kpjOf(member)}`)).short).toContain('Balas YA atau TIDAK');
    phone.stage.registryUp = true;
    await phone.sends('tidak');
    await phone.sends('saldo');
    expect((await phone.sends('ya')).short).toContain('Balas dengan nomor KPJ');
  });

  it('has its wrong codes counted for the NIK, whichever number it was asked for by', async () => {
    const phone = telephone(member.phone, 'wrong codes by SMS');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    const { codes } = await phone.sends('ya');
    const wrong = String((Number(codeIn(codes)) + 1) % 1_000_000).padStart(6, '0');
    for (let time = 0; time < 5; time += 1) await phone.sends(wrong);
    await phone.stage.time.advance(61_000);
    await phone.sends('kirim ulang');
    for (let time = 0; time < 5; time += 1) await phone.sends(wrong);
    const chat = { chat: 'web' };
    await phone.stage.hear({ kind: 'text', text: 'cek saldo' }, chat);
    await phone.stage.hear({ kind: 'text', text: 'setuju' }, chat);
    const locked = await phone.stage.hear({ kind: 'text', text: member.nik }, chat);
    expect(shortOf(locked)).toContain('30 menit');
  });

  it('never opens the data of another member of the family to who is verified on their phone', async () => {
    const phone = telephone(member.phone, 'one phone, two members');
    await phone.stage.setPhone(other.ref, member.phone);
    await phone.sends(`SALDO ${kpjOf(member)}`);
    await phone.sends(codeIn((await phone.sends('ya')).codes));
    const { codes, short } = await phone.sends(`SALDO ${kpjOf(other)}`);
    expect(short).not.toContain('Rp');
    expect(phone.state()).toBe('code');
    expect((await phone.sends(codeIn(codes))).short).toContain(await totalOf(other));
  });

  it('ends the session with STOP', async () => {
    const phone = telephone(member.phone, 'the end');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    await phone.sends(codeIn((await phone.sends('ya')).codes));
    await phone.sends('STOP');
    expect(phone.state()).toBe('idle');
    expect((await phone.sends('saldo')).short).not.toContain('Rp');
  });

  it('is known again once its member wants that: then a code alone opens the data', async () => {
    const phone = telephone(member.phone, 'a phone that is known');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    await phone.sends(codeIn((await phone.sends('ya')).codes));
    await phone.sends('ingat chat ini');
    await phone.sends('ya');
    await phone.sends('STOP');
    await phone.stage.time.advance(61_000);
    const { codes } = await phone.sends('saldo');
    expect((await phone.sends(codeIn(codes))).short).toContain(await totalOf(member));
    await phone.sends('STOP');
    await phone.stage.time.advance(121_000);
    expect((await phone.sends(`SALDO ${kpjOf(other)}`)).short).toContain('Balas YA atau TIDAK');
  });

  it('tells nobody that their data was opened who has the phone in hand', async () => {
    const phone = telephone(member.phone, 'no notice');
    await phone.sends(`SALDO ${kpjOf(member)}`);
    await phone.sends(codeIn((await phone.sends('ya')).codes));
    expect(phone.stage.effects.filter((effect) => effect.kind === 'sms' && effect.notice)).toEqual([]);
  });
});

describe('whatever is texted', () => {
  /** What members text, in any order; `code` is the one that was drawn last, whoever it was sent to. */
  const texts = fc.array(
    fc
      .constantFrom('saldo <kpj>', 'saldo <nik>', 'saldo', '<kpj>', '<nik>', '<other>', 'ya', 'tidak', 'code', '000000')
      .chain((text) => fc.constantFrom(text, text, 'kirim ulang', 'iuran', 'nomor', 'stop', 'ingat chat ini', 'wait')),
    { minLength: 4, maxLength: 16 },
  );

  async function plays(phone: ReturnType<typeof telephone>, sequence: readonly string[], each: (said: Said) => void) {
    for (const text of sequence) {
      if (text === 'wait') {
        await phone.stage.time.advance(61_000);
        continue;
      }
      const drawn = phone.stage.drawn ?? '111111';
      const written = text
        .replace('<kpj>', kpjOf(member))
        .replace('<nik>', member.nik)
        .replace('<other>', kpjOf(other))
        .replace('code', drawn);
      each({ text, written, ...(await phone.sends(written)) });
    }
  }

  type Said = Awaited<ReturnType<ReturnType<typeof telephone>['sends']>> & {
    readonly text: string;
    readonly written: string;
  };

  /** An amount, or a membership number of theirs that they have not written themselves. */
  const isPersonal = ({ short, written }: Said) =>
    short.includes('Rp') ||
    [member, other].some((each) => short.includes(kpjOf(each)) && !written.includes(kpjOf(each)));

  it('from another phone opens nothing, and sends nothing to anybody', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (sequence) => {
        run += 1;
        await plays(telephone(stranger, `from another phone, ${run}`), sequence, (said) => {
          expect(isPersonal(said)).toBe(false);
          expect(said.codes).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('from the phone on file opens something only after a code that was sent there has come back', async () => {
    let run = 0;
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (sequence) => {
        run += 1;
        const phone = telephone(member.phone, `from the phone on file, ${run}`);
        const sent = new Set<string>();
        let cameBack = false;
        await plays(phone, ['saldo <kpj>', 'ya', ...sequence], (said) => {
          cameBack ||= sent.has(said.written);
          if (isPersonal(said)) {
            opened += 1;
            expect(cameBack).toBe(true);
          }
          for (const { to, text } of said.codes) {
            expect(to).toBe(member.phone);
            sent.add(/\d{6}/.exec(text)?.[0] ?? '');
          }
        });
        await phone.sends('lupakan chat ini');
      }),
      { numRuns: 60 },
    );
    expect(opened).toBeGreaterThan(0);
  });
});

describe('a registration as people were once told to send it', () => {
  it.each([
    'DAFTAR SALDO#3201014101900001#BUDI#01-01-1990#99012345678',
    'daftar saldo#3201014101900001#01-01-1990#99012345678#budi@example.com',
    'Daftar Saldo # 3201014101900001 # Budi',
    'REG#99012345678#010190#SITI',
    'reg #99012345678#010190#siti',
  ])('is answered with the safe way, and nothing of it is used: %s', async (text) => {
    const phone = telephone(member.phone, `registering: ${text}`);
    const { short, codes } = await phone.sends(text);
    expect(short).toContain('Tidak perlu daftar');
    expect(codes).toEqual([]);
    expect(phone.state()).toBe('idle');
    await phone.sends('saldo');
    expect((await phone.sends('ya')).short).toContain('Balas dengan nomor KPJ');
  });

  it('leaves what only begins like one alone', async () => {
    const phone = telephone(member.phone, 'no registration');
    for (const text of ['daftar bpu gimana', 'reg', 'kode #1']) {
      expect((await phone.sends(text)).short).not.toContain('Tidak perlu daftar');
    }
  });
});

describe('a membership number', () => {
  it('names nobody in a chat, where no phone is held against the one on file', async () => {
    const stage = new Stage(database, 'a membership number in a chat');
    for (const text of ['cek saldo', 'setuju']) await stage.hear({ kind: 'text', text });
    const effects = await stage.hear({ kind: 'text', text: kpjOf(member) });
    expect(shortOf(effects)).toContain('Yang saya perlukan NIK');
    expect(effects.filter(({ kind }) => kind === 'sms')).toEqual([]);
  });
});
