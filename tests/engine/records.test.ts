import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { sealing } from '../../src/backends/system/sealing.ts';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import type { Place, Reply, ReplyFile } from '../../src/core/reply.ts';
import type { TurnId } from '../../src/core/services.ts';
import type { Outgoing } from '../../src/engine/outgoing.ts';
import { records } from '../../src/engine/records.ts';

/** Every field that a reply can have: one that is new has to be named here, too. */
const reply: Required<Reply> = {
  language: 'id',
  text: 'Sampai jumpa.',
  short: 'Selesai.',
  choices: [{ id: 'menu', label: 'Menu' }],
  personal: true,
  place: { name: 'Kantor', address: null, latitude: -6.9, longitude: 107.6 } satisfies Required<Place>,
  file: {
    kind: 'image',
    name: 'saldo.png',
    type: 'image/png',
    content: 'AAAA',
    words: 'Grafik',
  } satisfies Required<ReplyFile>,
  asksLocation: true,
  hides: true,
  forgets: true,
};

it('a reply comes out of the outbox with all that it went in with', () => {
  const key = randomBytes(32);
  const ring = [key];
  const { sealOutgoing, openOutgoing } = records(sealing(() => ring));
  const conversation = branded<ConversationId>('conversation');
  const to = { channel: 'web', chat: 'chat', sender: 'chat' };
  const outgoing: Outgoing = {
    effect: { kind: 'reply', to, reply },
    turn: branded<TurnId>('conversation/inbound'),
    index: 0,
    since: 1,
    acceptedAt: 2,
  };
  const sealed = sealOutgoing(outgoing, conversation, 'web');
  expect(openOutgoing(sealed, conversation, 'web')).toEqual(outgoing);
});
