import { z } from 'zod';
import { programs } from '../jamsostek/program.ts';
import type { Entities } from '../understanding/entities.ts';
import words from './kinds.json' with { type: 'json' };
import { Said } from './said.ts';

/** What can be estimated: JHT on a later day, and after tax; a pension; JKK, JKM and JKP; what BPU costs; a pay slip. */
export const estimateKinds = ['jht', 'payout', 'jp', 'jkk', 'jkm', 'jkp', 'bpu', 'payslip'] as const;
export const estimateKindSchema = z.enum(estimateKinds);
export type EstimateKind = (typeof estimateKinds)[number];

const sets = new Map<string, ReadonlySet<string>>(Object.entries(words).map(([name, list]) => [name, new Set(list)]));

/** Which estimate each program is first of all about. */
const ofProgram = { JHT: 'jht', JP: 'jp', JKK: 'jkk', JKM: 'jkm', JKP: 'jkp' } as const;

/** Which estimate a text asks for by its words and programs; null when it does not say. */
export function kindIn(text: string, entities: Entities): EstimateKind | null {
  return kindOf(new Said(text), entities);
}

/** {@link kindIn} of a text that has been read. */
export function kindOf(said: Said, entities: Entities): EstimateKind | null {
  const named = kindNamed(said, entities);
  if (named !== null || kindsNamed(entities).length > 1) return named;
  const has = (name: keyof typeof words) => said.hasAny(sets.get(name));
  if (has('growing')) return 'jht';
  if (has('paid_out') && said.has('balance') && (entities.amounts ?? []).length > 0) return 'payout';
  if (has('paying') && said.has('wage')) return 'payslip';
  return has('paying') && has('future') ? 'jht' : null;
}

/** The kind that a text names outright: what an open estimate is left for. */
export function kindNamed(said: Said, { programs: named = [], amounts = [] }: Entities): EstimateKind | null {
  const has = (name: keyof typeof words) => said.hasAny(sets.get(name));
  const accident = has('jkk') || named.includes('JKK');
  if (has('tax')) return 'payout';
  if (has('payslip') && !accident) return 'payslip';
  // What was named last is what is asked for; two programs in one breath are asked back.
  if (named.length > 1 && !(accident && named.includes('JKM') && has('jkm'))) return null;
  if (accident) return 'jkk';
  if (has('jkm')) return 'jkm';
  const [program] = named;
  if (program === 'JHT' && has('paid_out') && amounts.length > 0 && !said.has('wage')) return 'payout';
  // Who works for themselves and names JHT asks for its price, unless they look ahead.
  const own = said.has('bpu') || said.has('transport') || said.has('other_work');
  if (own && !has('future') && (has('paying') || program === undefined) && program !== 'JP') {
    return has('jkp') ? 'jkp' : 'bpu';
  }
  if (program) return ofProgram[program];
  if (has('jkp')) return 'jkp';
  if (has('jp')) return 'jp';
  if (has('jht')) return 'jht';
  return null;
}

/** The estimates of the programs that are named. */
export function kindsNamed({ programs: named = [] }: Entities): EstimateKind[] {
  return named.map((program) => ofProgram[program]);
}

const programWords = new Set(programs.map((program) => program.toLowerCase()));

/** The word at a place names a kind of estimate. */
export function namesKind(said: Said, index: number): boolean {
  return said.isOf(programWords, index) || [...sets.values()].some((words) => said.isOf(words, index));
}
