import type { Speech } from '../../core/speech.ts';

const units = [
  { of: 1e9, key: 'pictures.billion' },
  { of: 1e6, key: 'pictures.million' },
  { of: 1e3, key: 'pictures.thousand' },
] as const;

/**
 * An amount as people say it: `950 rb`, `12,3 jt`, `123 jt`, `1,2 M`; in English `950 k`, `12.3 m`, `1.2 bn`. Rounded to
 * one digit behind the comma, from a hundred on to none.
 */
export function shortAmount(amount: number, speech: Speech): string {
  // 999,960 is a million, not "1,000 thousand".
  const unit = units.find(({ of }) => amount >= of * 0.9995);
  if (!unit) return speech.number(Math.round(amount));
  return speech.text(unit.key, { n: speech.number(rounded(amount / unit.of)) });
}

function rounded(value: number): number {
  return value < 100 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** Where the lines of an axis stand: at round amounts from 0 up, few enough for a phone, the last at or above `most`. */
export function roundSteps(most: number): { readonly step: number; readonly top: number } {
  if (most <= 0) return { step: 100_000, top: 100_000 };
  const rough = most / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  return { step, top: Math.ceil(most / step) * step };
}
