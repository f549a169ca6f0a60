import { describe, expect, it } from 'vitest';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { shippedOffices } from '../../../src/commands/offices.ts';
import { understanding } from '../../../src/commands/open.ts';
import { type Conversation, conversation, type Turned } from '../../../src/core/conversation/converse.ts';
import { staleAfter } from '../../../src/core/conversation/limits.ts';
import { newSession, readSession, type State, writeSession } from '../../../src/core/conversation/session.ts';
import type { Inbound } from '../../../src/core/inbound.ts';
import { hour } from '../../../src/core/time.ts';
import { servicesAway } from '../../fakes/away.ts';

const now = Date.UTC(2026, 10, 22, 2);
const keys = keysFrom('a secret for tests, as long as one has to be');
const from = { channel: 'test', chat: 'a', sender: 'a' };

function inbound(text: string): Inbound {
  return { id: '1', conversation: conversationAt(keys, from), from, content: { kind: 'text', text }, private: true };
}

/** Everything that can be away is away: open questions have to be answered all the same. */
function withoutServices(): Conversation {
  return conversation(
    {
      clock: { now: () => now },
      random: systemRandom(),
      keys,
      ...servicesAway,
      offices: shippedOffices(),
    },
    understanding(),
  );
}

/** Nothing waits behind it, and it was written just now. */
const inTime = { writtenAt: now, behind: 0 };

function textOf({ effects }: Turned): string {
  return effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply.text] : [])).join('\n');
}

describe('a session that cannot be read', () => {
  it.each(['', '{', 'null', '{"version":0}', '{"version":99,"state":{"at":"idle"}}', '[]'])(
    'is not met with silence: %s',
    async (stored) => {
      const turned = await withoutServices().turn(stored, inbound('call center nomor berapa'), inTime);
      expect(textOf(turned)).toMatch(/^Maaf, percakapan sebelumnya tidak bisa saya lanjutkan[^]*175/);
      expect(readSession(turned.session)?.state).toEqual({ at: 'idle' });
    },
  );

  it('says nothing of it when there was none', async () => {
    expect(textOf(await withoutServices().turn(null, inbound('halo'), inTime))).toMatch(/^Halo/);
  });
});

describe('a message that was given up', () => {
  it('is answered in plain words, and the open step stays open', () => {
    const session = writeSession({ ...newSession('en', now), state: { at: 'nik', goals: ['balance'] } });
    const turned = withoutServices().giveUp(session, inbound('?'));
    expect(textOf(turned)).toMatch(/^Sorry, I could not process your last message[^]*type your NIK/);
    expect(readSession(turned.session)?.state).toEqual({ at: 'nik', goals: ['balance'] });
  });
});

describe('a message that came too late, with others behind it', () => {
  const late = { writtenAt: now - staleAfter - 1, behind: 1 };

  it.each([
    ['a session', writeSession({ ...newSession('en', now - hour), state: { at: 'nik', goals: ['balance'] } })],
    ['one that cannot be read', '{'],
  ])('changes nothing at all: %s', async (_, stored) => {
    const turned = await withoutServices().turn(stored, inbound('3201014101900001'), late);
    expect(turned).toMatchObject({ session: stored, effects: [], outcome: { intent: 'stale' } });
  });

  it('begins a session where there was none', async () => {
    const turned = await withoutServices().turn(null, inbound('saldo'), late);
    expect(readSession(turned.session)?.state).toEqual({ at: 'idle' });
    expect(turned.effects).toEqual([]);
  });
});

describe('while every service is away', () => {
  const steps: readonly (readonly [State, string])[] = [
    [{ at: 'nik', goals: ['balance'] }, '3201014101900001'],
    [{ at: 'consent', goals: ['balance'], kpj: null }, 'setuju'],
  ];
  it.each(steps)('nothing is lost at the step $at, and the member is told', async (state, text) => {
    const session = writeSession({ ...newSession('id', now), consent: '2026-11', state });
    const turned = await withoutServices().turn(session, inbound(text), inTime);
    expect(textOf(turned)).toMatch(/^Maaf, data peserta sedang tidak bisa dibuka. Percobaan Anda tidak berkurang/);
    expect(readSession(turned.session)?.state).toEqual(state);
  });
});
