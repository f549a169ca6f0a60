import { describe, expect, it } from 'vitest';
import { inboundReader, phoneOf } from '../../../src/bots/sms/inbound.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId } from '../../../src/core/inbound.ts';
import { second } from '../../../src/core/time.ts';

const noon = Date.UTC(2026, 9, 31, 5);
const from = '+6284000001000';

const reader = () => inboundReader({ conversationAt: ({ chat }) => branded<ConversationId>(`at ${chat}`) });
const sms = (text: string, more: { id?: string; at?: number; from?: string } = {}) => ({
  id: more.id ?? null,
  from: more.from ?? from,
  text,
  at: more.at ?? null,
});

describe('a number', () => {
  it.each([
    '+6284000001000',
    '6284000001000',
    '084000001000',
    '%2B6284000001000',
    '%2b6284000001000',
    // A plus in an address that nobody has encoded.
    ' 6284000001000',
  ])('%j is read as +6284000001000', (written) => {
    expect(phoneOf(written)).toBe(from);
  });

  it.each([
    '',
    '3636',
    'INFO',
    '+447700900123',
    '+62215207797',
    '84000001000',
    '+62840',
    '+62840000010001234',
    '+6284000001000;drop',
    '６２８４０００００１０００',
  ])('%j is none that is answered', (written) => {
    expect(phoneOf(written)).toBeNull();
    expect(reader()(sms('saldo', { from: written }), noon)).toBeNull();
  });
});

describe('the id of a text', () => {
  const idOf = (read: ReturnType<typeof reader>, text: ReturnType<typeof sms>, now = noon) => read(text, now)?.id;

  it('is the same each time that the gateway brings it, by the id it gives, in every process', () => {
    const first = idOf(reader(), sms('saldo', { id: 'a' }));
    expect(idOf(reader(), sms('saldo', { id: 'a' }), noon + 3_600 * second)).toBe(first);
    expect(idOf(reader(), sms('saldo', { id: 'b' }))).not.toBe(first);
  });

  it('is the same for the same words within ten seconds where the gateway gives none', () => {
    const read = reader();
    const first = idOf(read, sms('saldo'));
    expect(idOf(read, sms('saldo'), noon + 9_999)).toBe(first);
    expect(idOf(read, sms('saldo'), noon + 10_000)).not.toBe(first);
  });

  it('also across the border of two steps of ten seconds', () => {
    const read = reader();
    const first = idOf(read, sms('saldo'), noon + 9_500);
    expect(idOf(read, sms('saldo'), noon + 10_500)).toBe(first);
    // From the first on, not from the last: who says it every five seconds says it more than once.
    expect(idOf(read, sms('saldo'), noon + 19_500)).not.toBe(first);
  });

  it('and in every process within the same step', () => {
    expect(idOf(reader(), sms('saldo'), noon + 4_000)).toBe(idOf(reader(), sms('saldo'), noon + 1_000));
  });

  it('goes by when the gateway took it, where it says so', () => {
    const first = idOf(reader(), sms('saldo', { at: noon }), noon + second);
    expect(idOf(reader(), sms('saldo', { at: noon }), noon + 3_600 * second)).toBe(first);
    expect(idOf(reader(), sms('saldo', { at: noon + 60 * second }), noon + second)).not.toBe(first);
  });

  it('is another for other words, and for another number', () => {
    const read = reader();
    const ids = [sms('saldo'), sms('saldo '), sms('iuran'), sms('saldo', { from: '+6284000001001' })].map((each) =>
      idOf(read, each),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('says nothing of number, words or the id that the gateway gave', () => {
    for (const text of [sms('rahasia'), sms('rahasia', { id: '6284000001000' })]) {
      expect(idOf(reader(), text)).toMatch(/^[gd][\w-]{22}(\.\d+)?$/);
      expect(idOf(reader(), text)).not.toMatch(/rahasia|84000001000/);
    }
  });

  it('remembers no more than it has to', () => {
    const read = reader();
    const first = idOf(read, sms('saldo'), noon + 9_500);
    for (let nth = 0; nth < 10_000; nth += 1) read(sms(`${nth}`), noon + 9_600);
    expect(idOf(read, sms('saldo'), noon + 10_500)).not.toBe(first);
  });
});
