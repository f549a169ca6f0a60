import { readNik } from '../jamsostek/nik.ts';
import { readCode } from './code.ts';
import type { State } from './session.ts';

/**
 * True for a text that nobody should leave on a screen: it holds a NIK, or what was meant as one, or, while a code is
 * waited for, a code.
 */
export function showsSecret(text: string, { at }: State): boolean {
  const nik = readNik(text);
  if (nik.ok || !harmless.has(nik.problem.is)) return true;
  if (at !== 'code') return false;
  const code = readCode(text);
  return code.ok || !harmless.has(code.problem.is);
}

const harmless: ReadonlySet<string> = new Set(['absent', 'phone', 'kpj']);
