import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifierOf, type Example, train } from '../../../src/core/understanding/classifier.ts';
import { featuresOf } from '../../../src/core/understanding/features.ts';

fc.configureGlobal({ seed: 20_261_031 });

/** Three things to tell apart, in the order of their classes. */
const texts = [
  ['cek saldo saya', 'saldo jht berapa', 'lihat saldo', 'total saldo sekarang', 'my balance'],
  ['kantor terdekat dimana', 'alamat kantor cabang', 'lokasi kantor', 'kantor di bandung', 'nearest office'],
  ['kartu saya hilang', 'kartu hilang', 'kartunya hilang di bus', 'kehilangan kartu', 'lost my card'],
] as const;
const read = (text: string) => featuresOf(text.split(' '));
const examples: Example[] = texts.flatMap((phrases, position) =>
  phrases.map((phrase) => ({ features: read(phrase), class: position })),
);
const weights = train(examples, texts.length);
const classify = classifierOf(weights, 1);
const best = (chances: Float64Array) => chances.indexOf(Math.max(...chances));

/** Any features: of the examples, and others. */
const features = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...weights.features), fc.integer({ min: 0, max: 2 ** 30 - 1 })),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    { maxLength: 60 },
  )
  .map((entries) => new Map(entries));

describe('the classifier', () => {
  it('learns its examples, each as the class it was given as', () => {
    expect(examples.map(({ features: text }) => best(classify(text)))).toEqual(
      examples.map((example) => example.class),
    );
  });

  it.each([
    ['saldo dong', 0],
    ['kantor mana', 1],
    ['hilang kartuku', 2],
    ['balance please', 0],
  ])('reads "%s", which is none of them, as class %i', (text, position) => {
    expect(best(classify(read(text)))).toBe(position);
  });

  it('comes to the very same weights from the same examples', () => {
    expect(train(examples, texts.length)).toEqual(weights);
  });

  it('keeps the order of the classes: the same examples under other numbers are read under these', () => {
    const turned = examples.map((example) => ({ ...example, class: (example.class + 1) % texts.length }));
    const other = classifierOf(train(turned, texts.length), 1);
    for (const { features: text, class: position } of examples) {
      expect(best(other(text))).toBe((position + 1) % texts.length);
    }
    expect(classify(read('saldo'))).toHaveLength(texts.length);
  });

  it('gives each class a chance, all of them together 1, whatever the text', () => {
    fc.assert(
      fc.property(features, fc.double({ min: 0.1, max: 5, noNaN: true }), (text, sharpness) => {
        const chances = [...classifierOf(weights, sharpness)(text)];
        expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
      }),
    );
  });

  it('goes by nothing that no example has', () => {
    const known = new Set(weights.features);
    const unknown = fc.uniqueArray(
      fc.integer({ min: 0, max: 2 ** 30 - 1 }).filter((feature) => !known.has(feature)),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(features, unknown, (text, others) => {
        const more = new Map([...text, ...others.map((feature): [number, number] => [feature, 1])]);
        expect(classify(more)).toEqual(classify(text));
      }),
    );
  });

  it('is surer of itself the sharper it is, and never of another class', () => {
    const text = read('saldo kartu');
    const [dull, sharp] = [classifierOf(weights, 0.5)(text), classifierOf(weights, 3)(text)];
    expect(best(sharp)).toBe(best(dull));
    expect(Math.max(...sharp)).toBeGreaterThan(Math.max(...dull));
  });

  it('has one weight of each feature for each class, none out of its range', () => {
    expect(weights.weights).toHaveLength(weights.features.length * texts.length);
    expect(weights.rarities).toHaveLength(weights.features.length);
    expect(new Set(weights.features).size).toBe(weights.features.length);
    expect(weights.weights.every((weight) => weight >= -127 && weight <= 127)).toBe(true);
  });

  it('learns from nothing without failing: every class is as probable', () => {
    expect([...classifierOf(train([], 4), 1)(read('saldo'))]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});
