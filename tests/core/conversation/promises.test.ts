import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../../src/backends/demo/members.ts';
import type { Scenario } from '../../../src/backends/demo/person.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../../src/backends/postgres/registry.ts';
import type { Content } from '../../../src/core/inbound.ts';
import { minute, second } from '../../../src/core/time.ts';
import { type Seat, Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';
import { ConversationModel, type Person, personOf } from './model.ts';

const runs = 1_000;

/** Two members' private chats, and a group. */
const seats: readonly Seat[] = [{ chat: 'a' }, { chat: 'b' }, { chat: 'group', private: false }];

const words = [
  'saldo',
  'iuran bulan kemaren udh masuk blm',
  'call center nomor berapa',
  'my card is lost',
  'menu',
  'batal',
  'english',
  'bahasa indonesia',
  'setuju',
  'tidak',
  '?',
  '',
  '👍',
  '1',
  '2',
  '3',
  'eh salah',
  'ganti nik',
  'kode belum masuk',
  '317501',
  '31750112034',
  '\u202E1000934501\u202C',
  'xxxx yyyy',
  'ingat chat ini',
  'lupakan chat ini',
  'data chat ini',
  'hapus',
  'ya hapus',
  'cabut persetujuan',
  'bukan saya',
  'bukan saya 12345678',
] as const;

const choices = [
  'balance',
  'contributions',
  'consent_yes',
  'consent_no',
  'change_nik',
  'cancel',
  'menu',
  'gone',
  'remember_chat',
  'forget_chat',
  'chat_data',
  'erase_chat',
  'erase_yes',
  'withdraw',
  'not_me',
] as const;

const seat = fc.constantFrom(...seats, seats[0] ?? { chat: 'a' });
const who = fc.constantFrom(0, 0, 1, 2, 3);

/** What people do, with the way to a code as one step so that runs get far. */
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('verify' as const), seat, who }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('right code' as const), seat }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('wrong code' as const), seat, times: fc.integer({ min: 1, max: 6 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('old code' as const), seat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("other chat's code" as const), seat }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('nik' as const), seat, who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('resend' as const), seat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resend, then old code' as const), seat }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('guess on' as const), seat, rounds: fc.integer({ min: 2, max: 4 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('ask for codes' as const), seat, times: fc.integer({ min: 3, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('two chats on one NIK' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('verified in two chats' as const), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('stay' as const), seat, times: fc.integer({ min: 3, max: 6 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('words' as const), seat, text: fc.constantFrom(...words) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('choose' as const), seat, id: fc.constantFrom(...choices) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('anything' as const),
      seat,
      text: fc.string({ unit: 'binary', maxLength: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('log out' as const), seat }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remember' as const), seat, who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('come back' as const), seat }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      seat,
      how: fc.constantFrom(['forget_chat'], ['withdraw'], ['erase_chat', 'erase_yes'], ['not_me']),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('not me' as const), seat, who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lift' as const), who }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(10 * second, 61 * second, 5 * minute, 14 * minute, 15 * minute, 31 * minute),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('duplicate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('registry' as const), up: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

type Action = typeof action extends fc.Arbitrary<infer Each> ? Each : never;

describe('over random conversations', () => {
  let database: Database;
  let people: readonly Person[];
  let run = 0;

  beforeAll(async () => {
    database = await stageDatabase();
    const registry = postgresRegistry(database);
    const members = demoMembers(stageDay);
    const scenarios: readonly Scenario[] = ['one KPJ', 'several KPJ', 'no phone on file'];
    people = [
      ...(await Promise.all(
        scenarios.map(async (scenario) => {
          const member = members.find((each) => each.scenario === scenario);
          if (!member) throw new Error(scenario);
          return personOf(member, (await registry.account(member.ref))?.total ?? null);
        }),
      )),
      { nik: '3201014101900001', member: null, secrets: [] },
    ];
  });
  afterAll(() => database.close());

  it(`nothing personal is said but to the member who showed a right code, and no limit is passed (${runs} runs)`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 20, size: 'max' }), async (actions) => {
        const stage = new Stage(database, `promises ${(run += 1)}`);
        await stage.clearBlocks();
        const model = new ConversationModel(stage, people);
        for (const each of actions) await perform(each, stage, model);
      }),
      { numRuns: runs },
    );
  }, 300_000);

  it('the same is said of a NIK that is known and of one that is not, as long as no right code is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 20, size: 'max' }), async (actions) => {
        run += 1;
        await new Stage(database, 'before').clearBlocks();
        const [known, unknown] = [new Stage(database, `known ${run}`), new Stage(database, `unknown ${run}`)];
        const [member, , , stranger] = people;
        if (!member || !stranger) throw new Error('no people');
        for (const each of actions) {
          if (each.do === 'right code' || each.do === 'duplicate' || each.do === 'old code') continue;
          const a = await replies(each, known, member);
          const b = await replies(each, unknown, stranger);
          expect(a).toEqual(b);
        }
      }),
      { numRuns: 150 },
    );
  }, 300_000);

  async function perform(each: Action, stage: Stage, model: ConversationModel): Promise<void> {
    const say = async (at: Seat, text: string, given: Parameters<ConversationModel['step']>[1] = {}) =>
      hear(at, { kind: 'text', text }, /^\d{6}$/.test(text) ? { ...given, typed: text } : given);
    const hear = async (at: Seat, content: Content, given: Parameters<ConversationModel['step']>[1] = {}) => {
      const before = stage.draws;
      const effects = await stage.hear(content, at);
      const press = content.kind === 'choice' ? { press: content.id } : {};
      model.step(at, { ...given, ...press }, effects, stage.draws > before ? stage.drawn : null);
    };
    const codesOf = (at: Seat) => model.chat(at).codes;
    switch (each.do) {
      case 'verify': {
        const nik = people[each.who];
        if (!nik) throw new Error('nobody');
        await say(each.seat, 'cek saldo');
        await say(each.seat, 'setuju');
        return say(each.seat, nik.nik, { nik });
      }
      case 'nik': {
        const nik = people[each.who];
        return say(each.seat, `nik saya ${nik?.nik}`, nik ? { nik } : {});
      }
      case 'right code': {
        const typed = codesOf(each.seat).at(-1)?.digits ?? '123456';
        return say(each.seat, typed);
      }
      case 'wrong code':
        for (let time = 0; time < each.times; time += 1) {
          const typed = String((Number(codesOf(each.seat).at(-1)?.digits ?? '0') + 1 + time) % 1_000_000).padStart(
            6,
            '0',
          );
          await say(each.seat, typed);
        }
        return;
      case 'old code': {
        const typed = codesOf(each.seat).at(-2)?.digits ?? '654321';
        return say(each.seat, typed);
      }
      case "other chat's code": {
        const typed = codesOf(each.seat.chat === 'a' ? { chat: 'b' } : { chat: 'a' }).at(-1)?.digits ?? '111222';
        return say(each.seat, typed);
      }
      case 'resend':
        return hear(each.seat, { kind: 'choice', id: 'resend' });
      case 'resend, then old code': {
        await stage.time.advance(61 * second);
        await hear(each.seat, { kind: 'choice', id: 'resend' });
        const typed = codesOf(each.seat).at(-2)?.digits ?? '654321';
        return say(each.seat, typed);
      }
      case 'guess on':
        for (let round = 0; round < each.rounds; round += 1) {
          await perform({ do: 'wrong code', seat: each.seat, times: 5 }, stage, model);
          await stage.time.advance(5 * minute);
          await hear(each.seat, { kind: 'choice', id: 'resend' });
        }
        return perform({ do: 'right code', seat: each.seat }, stage, model);
      case 'ask for codes':
        for (let time = 0; time < each.times; time += 1) {
          await stage.time.advance(3 * minute);
          await hear(each.seat, { kind: 'choice', id: 'resend' });
        }
        return;
      case 'two chats on one NIK': {
        // Ten failures in one chat, while another waits for its own code for the same NIK.
        const [one = { chat: 'a' }, other = { chat: 'b' }] = seats;
        await perform({ do: 'verify', seat: other, who: each.who }, stage, model);
        await perform({ do: 'verify', seat: one, who: each.who }, stage, model);
        await perform({ do: 'wrong code', seat: one, times: 5 }, stage, model);
        await perform({ do: 'wait', ms: 61 * second }, stage, model);
        await perform({ do: 'resend', seat: one }, stage, model);
        await perform({ do: 'wrong code', seat: one, times: 5 }, stage, model);
        return perform({ do: 'right code', seat: other }, stage, model);
      }
      case 'verified in two chats': {
        const [one = { chat: 'a' }, other = { chat: 'b' }] = seats;
        for (const seat of [one, other]) {
          await perform({ do: 'verify', seat, who: each.who }, stage, model);
          await perform({ do: 'right code', seat }, stage, model);
          await perform({ do: 'wait', ms: 61 * second }, stage, model);
        }
        for (const seat of [one, other]) await say(seat, 'saldo');
        return;
      }
      case 'stay':
        for (let time = 0; time < each.times; time += 1) {
          await stage.time.advance(14 * minute);
          await say(each.seat, 'saldo');
        }
        return;
      case 'words':
      case 'anything':
        return say(each.seat, each.text);
      case 'choose':
        return hear(each.seat, { kind: 'choice', id: each.id });
      case 'log out':
        return say(each.seat, 'keluar', { logout: true });
      case 'remember':
        await perform({ do: 'verify', seat: each.seat, who: each.who }, stage, model);
        await perform({ do: 'right code', seat: each.seat }, stage, model);
        await hear(each.seat, { kind: 'choice', id: 'remember_chat' });
        return hear(each.seat, { kind: 'choice', id: 'consent_yes' });
      case 'come back':
        await stage.time.advance(16 * minute);
        await say(each.seat, 'cek saldo');
        return perform({ do: 'right code', seat: each.seat }, stage, model);
      case 'end':
        for (const id of each.how) await hear(each.seat, { kind: 'choice', id });
        return;
      case 'not me': {
        const person = people[each.who];
        const alarm = person && model.alarmOf(person);
        return alarm ? say(each.seat, `bukan saya ${alarm}`, { alarm }) : say(each.seat, 'bukan saya');
      }
      case 'lift': {
        const person = people[each.who];
        if (!person?.member) return;
        await stage.lift(person.member.ref);
        return model.lifted(person);
      }
      case 'wait':
        return stage.time.advance(each.ms);
      case 'registry':
        stage.registryUp = each.up;
        return;
      case 'restart':
        model.restarted();
        return stage.restart();
      case 'duplicate': {
        const before = stage.effects.length;
        await stage.repeatLast();
        expect(stage.effects.length, 'the same event again has no effect').toBe(before);
      }
    }
  }

  /** What is answered to one action in the chat of somebody with this NIK; the letters that differ by chance left out. */
  async function replies(each: Action, stage: Stage, person: Person): Promise<unknown> {
    const contents: Content[] = [];
    const text = (said: string) => contents.push({ kind: 'text', text: said });
    if (each.do === 'verify') ['cek saldo', 'setuju', person.nik].forEach(text);
    else if (each.do === 'end') contents.push(...each.how.map((id) => ({ kind: 'choice' as const, id })));
    else if (each.do === 'nik') text(person.nik);
    else if (each.do === 'wrong code') for (let time = 0; time < each.times; time += 1) text(wrongFor(stage, time));
    else if (each.do === 'words' || each.do === 'anything') text(each.text);
    else if (each.do === 'resend') contents.push({ kind: 'choice', id: 'resend' });
    else if (each.do === 'choose') contents.push({ kind: 'choice', id: each.id });
    else if (each.do === 'wait') await stage.time.advance(each.ms);
    else if (each.do === 'registry') stage.registryUp = each.up;
    else if (each.do === 'restart') await stage.restart();
    const said: unknown[] = [];
    for (const content of contents) {
      for (const effect of await stage.hear(content)) {
        if (effect.kind === 'reply') said.push({ ...effect.reply, to: effect.to });
      }
    }
    // Whether a code went out is counted for the operator; the member sees no trace of it.
    const { code, ...outcome } = stage.outcome ?? {};
    return [said, outcome, code === 'sent' || code === 'unsendable' ? 'asked for' : code];
  }

  function wrongFor(stage: Stage, time: number): string {
    return String((Number(stage.drawn ?? '0') + 1 + time) % 1_000_000).padStart(6, '0');
  }
});
