import { expect } from 'vitest';
import { type DemoMember, demoMembers } from '../../src/backends/demo/members.ts';
import type { Database } from '../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../src/backends/postgres/registry.ts';
import type { Content } from '../../src/core/inbound.ts';
import { phoneSchema } from '../../src/core/jamsostek/phone.ts';
import type { Reply } from '../../src/core/reply.ts';
import { speeches } from '../../src/core/speech.ts';
import type { Act, Heard, Need, Seating, Seen } from './end.ts';
import { Stage, stageDay } from './stage.ts';
import type { Line, Transcript } from './transcript.ts';
import { valuesFor } from './values.ts';

const smsLimit = 160;

/** In +62 840, which no operator has, like those of the demo members. */
const otherPhone = phoneSchema.parse('+6284000099999');

const gsm7 = /^[A-Za-z0-9 @£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

/** What a channel must be able to do for a transcript to be played there. */
export function needsOf({ lines, needs: needed }: Transcript): ReadonlySet<Need> {
  const needs = new Set<Need>(needed);
  for (const line of lines) {
    if (line.is === 'member' && line.text === '') needs.add('empty texts');
    if (line.is === 'group') needs.add('groups');
    if (line.is === 'late') needs.add('dates');
    if (line.is === 'media' || line.is === 'location') needs.add('more than texts');
    if (line.is === 'media' && line.media === 'unsupported') needs.add('unsupported kinds');
    if (line.is === 'notice' || line.is === 'other phone') needs.add('a chat beside the phone');
  }
  return needs;
}

/** Plays a transcript on a channel; each reply is held to the channel's limits. Throws at the first line that fails. */
export async function play(transcript: Transcript, file: string, database: Database, seating: Seating): Promise<void> {
  const member = demoMembers(stageDay).find(({ scenario }) => scenario === transcript.scenario);
  if (!member) throw new Error(`no demo member "${transcript.scenario}"`);
  const stage = new Stage(database, file);
  stage.guarded = file.includes('flood');
  const end = await seating.seat(stage, member.phone);
  try {
    await playAt(end, stage, member, transcript, file, database, seating);
  } finally {
    await end.close();
    await stage.setPhone(member.ref, member.phone);
    await stage.clearBlocks();
  }
  expect(stage.faults).toEqual([]);
}

async function playAt(
  end: Awaited<ReturnType<Seating['seat']>>,
  stage: Stage,
  member: DemoMember,
  transcript: Transcript,
  file: string,
  database: Database,
  { limits, lacks, short = false }: Seating,
): Promise<void> {
  const account = await postgresRegistry(database).account(member.ref);
  const language = file.startsWith('id') ? 'id' : 'en';
  const values = valuesFor(member, account ? speeches[language].rupiah(account.total) : '');
  let heard: Heard = { effects: [], seen: null };
  let shown: Reply | null = null;
  let seen: Seen | null = null;
  let phone = member.phone;
  const sms: string[] = [];
  const notices: string[] = [];
  const buttons: string[] = [];
  const nameOf = (button: string) => button.split('.', 1)[0];

  const take = (now: Heard) => {
    heard = now;
    for (const effect of now.effects) {
      if (effect.kind !== 'sms') continue;
      expect(effect.text).toMatch(gsm7);
      expect(effect.text.length).toBeLessThanOrEqual(smsLimit);
      expect(effect.to).toBe(phone);
      if (effect.notice) {
        values.heardNotice(effect.text);
        notices.push(effect.text);
      } else {
        values.heardSms(effect.text);
        sms.push(effect.text);
      }
    }
    const replies = now.effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
    expect(replies.length, 'one turn answers with one message').toBeLessThanOrEqual(1);
    shown = replies[0] ?? null;
    seen = now.seen;
    expect(seen !== null, 'what is answered is on the screen').toBe(shown !== null);
    if (!shown || !seen) return;
    expect(seen.text.length).toBeLessThanOrEqual(limits.text);
    expect(seen.text).not.toMatch(/\{\{|undefined|null|NaN|\[object/);
    if (!short) expect(flat(seen.text)).toContain(flat(shown.text));
    for (const label of seen.buttons) expect(label.length).toBeLessThanOrEqual(limits.label);
    buttons.push(...shown.choices.map(({ id }) => id));
  };
  const does = async (content: Content, more: Partial<Act> = {}) =>
    take(await end.does({ place: 'a', content, ...more }));
  const textOf = (line: { readonly text: string }): Content => ({ kind: 'text', text: values.fill(line.text) });

  const check = async (line: Line): Promise<void> => {
    switch (line.is) {
      case 'member':
        return does(textOf(line));
      case 'group':
        return does(textOf(line), { place: 'group' });
      case 'other chat':
        return does(textOf(line), { place: 'b' });
      case 'late':
        return does(textOf(line), { writtenAt: stage.time.now() - line.ago });
      case 'choice':
      case 'old choice': {
        const all = buttons.filter((button) => nameOf(button) === line.name);
        return does({ kind: 'choice', id: (line.is === 'choice' ? all.at(-1) : all.at(0)) ?? line.name });
      }
      case 'media':
        return does(line.media === 'unsupported' ? { kind: 'unsupported' } : { kind: 'media', media: line.media });
      case 'location':
        return does({ kind: 'location', latitude: -7.25, longitude: 112.75 });
      case 'wait':
        return stage.time.advance(line.ms);
      case 'restart':
        return stage.restart();
      case 'registry':
        stage.registryUp = line.up;
        return;
      case 'wrong codes elsewhere':
        return stage.strangersFail(line.count);
      case 'silence':
        return expect(heard).toEqual({ effects: [], seen: null });
      case 'sms':
        return holds(
          sms.shift() ?? '(no SMS)',
          line.pieces.map((piece) => values.fill(piece)),
        );
      case 'no sms':
        return expect(sms).toEqual([]);
      case 'notice':
        return holds(
          notices.shift() ?? '(no notice)',
          line.pieces.map((piece) => values.fill(piece)),
        );
      case 'no notice':
        return expect(notices).toEqual([]);
      case 'other phone':
        phone = line.changed ? otherPhone : member.phone;
        return stage.setPhone(member.ref, phone);
      case 'lifted':
        return stage.lift(member.ref);
      case 'hidden':
        expect(shown?.hides).toBe(true);
        if (!lacks.includes('hiding')) expect(seen?.hid, 'the message is off the screen').toBe(true);
        return;
      case 'assistant':
        holds(
          (short ? shown?.text : seen?.text) ?? '(no reply)',
          line.pieces.map((piece) => values.fill(piece)),
        );
        if (line.state !== null) expect(stage.outcome?.state).toBe(line.state);
        return;
      case 'short':
        if (!short) return;
        holds(
          seen?.text ?? '(no reply)',
          line.pieces.map((piece) => values.fill(piece)),
        );
        if (line.parts !== null) expect(seen?.parts, 'parts').toBe(line.parts);
        if (line.state !== null) expect(stage.outcome?.state).toBe(line.state);
        return;
      case 'exactly':
        return expect(shown?.text).toBe(values.fill(line.text));
      case 'choices':
        expect(shown?.choices.map(({ label }) => label)).toEqual(line.labels);
        for (const label of short ? [] : line.labels) {
          const pressable = seen?.buttons.includes(label) ?? false;
          expect(pressable || (seen?.text.includes(label) ?? false), `${label} can be chosen`).toBe(true);
        }
    }
  };

  for (const [index, line] of transcript.lines.entries()) {
    // Where answers are short, what stands in the place of one is held against the screen, and not what it stands for.
    if (short && line.is === 'assistant' && transcript.lines[index + 1]?.is === 'short') continue;
    try {
      await check(line);
    } catch (error) {
      if (error instanceof Error) error.message = `${file}, line ${line.number}: ${error.message}`;
      throw error;
    }
  }
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The text holds these pieces, one after the other. */
function holds(text: string, pieces: readonly string[]): void {
  const whole = flat(text);
  let from = 0;
  for (const piece of pieces) {
    const at = whole.indexOf(piece, from);
    if (at < 0) expect(whole.slice(from)).toContain(piece);
    from = at + piece.length;
  }
}
