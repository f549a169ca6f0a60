import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoMembers } from '../../src/backends/demo/members.ts';
import type { Database } from '../../src/backends/postgres/database.ts';
import { postgresRegistry } from '../../src/backends/postgres/registry.ts';
import type { Language } from '../../src/core/language.ts';
import type { Effect, Reply } from '../../src/core/reply.ts';
import { speeches } from '../../src/core/speech.ts';
import { Stage, stageDatabase, stageDay } from './stage.ts';
import { type Line, readTranscript, type Transcript } from './transcript.ts';
import { valuesFor } from './values.ts';

const files = globSync('*/*.txt', { cwd: import.meta.dirname }).sort();

/** The narrowest of the channels' limits: WhatsApp's body beside buttons, and its list rows. */
const textLimit = 1_024;
const labelLimit = 24;
const smsLimit = 160;
const gsm7 = /^[A-Za-z0-9 @£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

describe('conversations', () => {
  let database: Database;
  beforeAll(async () => {
    database = await stageDatabase();
  });
  afterAll(() => database.close());

  for (const file of files) {
    const transcript = readTranscript(readFileSync(join(import.meta.dirname, file), 'utf8'));
    it(`${relative('.', file)}: ${transcript.title}`, () => play(transcript, file, database));
  }

  it('are there in both languages, file by file', () => {
    const of = (language: Language) => files.filter((file) => file.startsWith(`${language}/`)).map((f) => f.slice(3));
    expect(of('en')).toEqual(of('id'));
  });
});

async function play(transcript: Transcript, file: string, database: Database): Promise<void> {
  const stage = new Stage(database, file);
  const member = demoMembers(stageDay).find(({ scenario }) => scenario === transcript.scenario);
  if (!member) throw new Error(`no demo member "${transcript.scenario}"`);
  const account = await postgresRegistry(database).account(member.ref);
  const language = file.startsWith('id') ? 'id' : 'en';
  const values = valuesFor(member, account ? speeches[language].rupiah(account.total) : '');
  let heard: Effect[] = [];
  let shown: Reply | null = null;
  const buttons: string[] = [];
  const nameOf = (button: string) => button.split('.', 1)[0];
  const sms: string[] = [];

  const take = (effects: Effect[]) => {
    heard = effects;
    for (const effect of effects) {
      if (effect.kind !== 'sms') continue;
      expect(effect.text).toMatch(gsm7);
      expect(effect.text.length).toBeLessThanOrEqual(smsLimit);
      expect(effect.to).toBe(member.phone);
      values.heardSms(effect.text);
      sms.push(effect.text);
    }
    const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
    expect(replies.length, 'one turn answers with one message').toBeLessThanOrEqual(1);
    shown = replies[0] ?? null;
    if (!shown) return;
    expect(shown.text.length).toBeLessThanOrEqual(textLimit);
    expect(shown.text).not.toMatch(/\{\{|undefined|null|NaN|\[object/);
    for (const { label } of shown.choices) expect(label.length).toBeLessThanOrEqual(labelLimit);
    buttons.push(...shown.choices.map(({ id }) => id));
  };

  const check = async (line: Line): Promise<void> => {
    switch (line.is) {
      case 'member':
        return take(
          await stage.hear(
            { kind: 'text', text: values.fill(line.text) },
            { chat: 'a', guarded: file.includes('flood') },
          ),
        );
      case 'group':
        return take(
          await stage.hear({ kind: 'text', text: values.fill(line.text) }, { chat: 'group', private: false }),
        );
      case 'other chat':
        return take(await stage.hear({ kind: 'text', text: values.fill(line.text) }, { chat: 'b' }));
      case 'late':
        return take(
          await stage.hear({ kind: 'text', text: values.fill(line.text) }, { chat: 'a' }, stage.time.now() - line.ago),
        );
      case 'choice':
      case 'old choice': {
        const all = buttons.filter((button) => nameOf(button) === line.name);
        const id = (line.is === 'choice' ? all.at(-1) : all.at(0)) ?? line.name;
        return take(await stage.hear({ kind: 'choice', id }));
      }
      case 'media':
        return take(
          await stage.hear(
            line.media === 'unsupported' ? { kind: 'unsupported' } : { kind: 'media', media: line.media },
          ),
        );
      case 'location':
        return take(await stage.hear({ kind: 'location', latitude: -7.25, longitude: 112.75 }));
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
        return expect(heard).toEqual([]);
      case 'sms':
        return holds(
          sms.shift() ?? '(no SMS)',
          line.pieces.map((piece) => values.fill(piece)),
        );
      case 'no sms':
        return expect(sms).toEqual([]);
      case 'assistant':
        holds(
          shown?.text ?? '(no reply)',
          line.pieces.map((piece) => values.fill(piece)),
        );
        if (line.state !== null) expect(stage.outcome?.state).toBe(line.state);
        return;
      case 'exactly':
        return expect(shown?.text).toBe(values.fill(line.text));
      case 'hidden':
        return expect(shown?.hides).toBe(true);
      case 'choices':
        return expect(shown?.choices.map(({ label }) => label)).toEqual(line.labels);
    }
  };

  for (const line of transcript.lines) {
    try {
      await check(line);
    } catch (error) {
      if (error instanceof Error) error.message = `${file}, line ${line.number}: ${error.message}`;
      throw error;
    }
  }
  expect(stage.faults).toEqual([]);
}

/** The text holds these pieces, one after the other. */
function holds(text: string, pieces: readonly string[]): void {
  const flat = text.replace(/\s+/g, ' ');
  let from = 0;
  for (const piece of pieces) {
    const at = flat.indexOf(piece, from);
    if (at < 0) expect(flat.slice(from)).toContain(piece);
    from = at + piece.length;
  }
}
