import { describe, expect, it } from 'vitest';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { branded } from '../../../src/core/brand.ts';
import { conversation } from '../../../src/core/conversation/converse.ts';
import { newSession, readSession, type State, writeSession } from '../../../src/core/conversation/session.ts';
import { nobody } from '../../../src/core/jamsostek/member.ts';
import { officeDirectory } from '../../../src/core/offices/directory.ts';
import { type Mac, noMisses } from '../../../src/core/services.ts';
import { type Intent, intents } from '../../../src/core/understanding/intents.ts';
import type { Reading, Understanding } from '../../../src/core/understanding/understand.ts';
import { servicesAway } from '../../fakes/away.ts';

const now = Date.UTC(2026, 10, 22, 2);
const keys = keysFrom('a secret for tests, as long as one has to be');
const from = { channel: 'test', chat: 'a', sender: 'a' };
const verified: State = { at: 'verified', member: nobody, nik: branded<Mac>('a NIK'), since: now, untold: false };

/** What asks the two questions is of no account here. */
const texts = { text: 'fghjk', besides: 'tyuiop' };

/** A text that is read like this: intents, and how sure each is. */
type Sureness = Partial<Record<Intent, number>>;

/** What comes of a text that is read like this, whatever it says. */
async function answerTo(
  sureness: Sureness,
  { also = null, state = { at: 'idle' } }: { readonly also?: Understanding['also']; readonly state?: State } = {},
) {
  const readings = intents
    .flatMap((intent): Reading[] => {
      const confidence = sureness[intent];
      return confidence === undefined ? [] : [{ intent, confidence }];
    })
    .sort((a, b) => b.confidence - a.confidence);
  const [best = { intent: 'out_of_scope', confidence: 0 } as const, ...runnersUp] = readings;
  const understood: Understanding = { ...best, runnersUp, also, language: 'id', entities: {}, articles: [] };
  const talk = conversation(
    {
      clock: { now: () => now },
      random: systemRandom(),
      keys,
      ...servicesAway,
      misses: noMisses,
      offices: officeDirectory([]),
    },
    () => understood,
  );
  const session = writeSession({ ...newSession('id', now), state });
  const inbound = { id: '1', conversation: conversationAt(keys, from), from, private: true } as const;
  const turned = await talk.turn(
    session,
    { ...inbound, content: { kind: 'text', text: 'fghjk tyuiop' } },
    { writtenAt: now, behind: 0 },
  );
  const [effect] = turned.effects;
  return {
    text: effect?.kind === 'reply' ? effect.reply.text : '',
    offers: effect?.kind === 'reply' ? effect.reply.choices.map(({ id }) => id) : [],
    at: readSession(turned.session)?.state.at,
    intent: turned.outcome.intent,
  };
}

describe('what is asked', () => {
  it('is answered from 0.6 on', async () => {
    expect(await answerTo({ office: 0.6 })).toMatchObject({ intent: 'office' });
    expect(await answerTo({ office: 0.59 })).toMatchObject({ intent: 'not_understood' });
  });

  it('is opened from 0.7 on when it is personal: nothing personal is opened on a guess', async () => {
    expect(await answerTo({ balance: 0.7 })).toMatchObject({ at: 'consent', intent: 'balance' });
    expect(await answerTo({ balance: 0.69 })).toMatchObject({ at: 'idle', intent: 'not_understood' });
    expect(await answerTo({ contributions: 0.69, balance: 0.2 })).toMatchObject({ at: 'idle', intent: 'unsure' });
  });

  it('ends a session from 0.9 on', async () => {
    expect(await answerTo({ logout: 0.9 }, { state: verified })).toMatchObject({ at: 'idle', intent: 'logout' });
    expect(await answerTo({ logout: 0.89 }, { state: verified })).toMatchObject({ at: 'verified' });
  });

  it('is offered as two choices and a human when it can be two things', async () => {
    const { text, offers } = await answerTo({ office: 0.5, office_visit: 0.3, agent: 0.1 });
    expect(text).toBe('Maksud Anda yang mana: Cari kantor atau Janji datang ke kantor?');
    expect(offers).toEqual(['office', 'office_visit', 'agent']);
  });

  it('is offered among three things and a human when it can be one', async () => {
    expect((await answerTo({ register: 0.4, office: 0.14 })).offers).toEqual([
      'register',
      'balance',
      'claim_howto',
      'agent',
    ]);
  });

  it('is said not to be understood, with three common things and a human, when it can be nothing', async () => {
    const { text, offers } = await answerTo({ out_of_scope: 0.4, greet: 0.3 });
    expect(text).toMatch(/^Maaf, saya belum paham/);
    expect(offers).toEqual(['balance', 'claim_howto', 'office', 'agent']);
  });

  it('is offered once, and a human once', async () => {
    expect((await answerTo({ agent: 0.5, card_lost: 0.4 })).offers).toEqual(['card_lost', 'agent']);
    expect((await answerTo({ card_lost: 0.5 })).offers).toEqual(['card_lost', 'balance', 'claim_howto', 'agent']);
  });
});

describe('two questions', () => {
  it('are answered in the order in which they were asked', async () => {
    const later = { intent: 'card_tips', confidence: 0.95, first: false, ...texts } as const;
    expect((await answerTo({ call_center: 0.95 }, { also: later })).text).toMatch(/^Call center[^]*Enam kebiasaan/);
    const sooner = { ...later, first: true, ...texts };
    expect((await answerTo({ call_center: 0.95 }, { also: sooner })).text).toMatch(/^Enam kebiasaan[^]*Call center/);
  });

  it('begin with what anybody may know; what is personal comes at the end', async () => {
    const also = { intent: 'call_center', confidence: 0.95, first: false, ...texts } as const;
    const { text, at } = await answerTo({ balance: 0.95 }, { also });
    expect(text).toMatch(/^Call center[^]*persetujuan Anda/);
    expect(at).toBe('consent');
  });

  it('are one where the other is not sure enough to be opened', async () => {
    const also = { intent: 'balance', confidence: 0.69, first: true, ...texts } as const;
    expect(await answerTo({ call_center: 0.95 }, { also })).toMatchObject({ at: 'idle', intent: 'call_center' });
  });

  it('that would both end or open something are taken as the one that was read first', async () => {
    const also = { intent: 'logout', confidence: 0.95, first: false, ...texts } as const;
    expect(await answerTo({ balance: 0.95 }, { also })).toMatchObject({ at: 'consent', intent: 'balance' });
  });
});
