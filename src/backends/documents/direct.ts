import type { Documents } from '../../core/services.ts';

/**
 * Makes pictures and documents in the thread that asks, which can do nothing else meanwhile: for the worker, and for
 * tests and scripts. What makes them is loaded with the first one of its kind.
 */
export const directDocuments: Documents = {
  lossStatement: async (of) => (await import('./loss-statement.ts')).lossStatementFile(of),
  balanceChart: async (of) => (await import('./charts.ts')).balanceChart(of),
  contributionChart: async (of) => (await import('./charts.ts')).contributionChart(of),
  card: async (of) => (await import('./card.ts')).card(of),
  statement: async (of) => (await import('./statement.ts')).statementFile(of),
  letter: async (of) => (await import('./letter.ts')).letterFile(of),
};
