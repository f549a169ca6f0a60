/** A type that only its own parser makes: `Brand<string, 'Nik'>` is a string that has been read and found to be a NIK. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

declare const brand: unique symbol;

/**
 * Makes a branded value out of a plain one. Only for the parser, or the maker, of that brand: everybody else gets theirs
 * from there.
 */
export function branded<Branded extends Brand<string | number, string>>(
  value: Branded extends string ? string : number,
): Branded {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists in types only, so nothing could check it
  return value as Branded;
}

/** What reading something that a person typed comes to: the value, or what is wrong with it in terms one can answer. */
export type Reading<Value, Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export function read<Value>(value: Value): Reading<Value, never> {
  return { ok: true, value };
}

export function unreadable<Problem>(problem: Problem): Reading<never, Problem> {
  return { ok: false, problem };
}
