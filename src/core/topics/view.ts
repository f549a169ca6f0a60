import type { Day } from '../jamsostek/month.ts';
import type { Entities } from '../understanding/entities.ts';
import { readWords } from '../understanding/words.ts';
import type { GoalId } from './index.ts';
import { periodIn } from './period.ts';
import words from './view.json' with { type: 'json' };

const phrases = new Map<string, readonly string[]>(Object.entries(words));

/** What balance and contributions are shown as, where the words name it. */
const views: Readonly<Partial<Record<GoalId, { readonly year: GoalId; readonly chart: GoalId }>>> = {
  balance: { year: 'balance_years', chart: 'balance_chart' },
  statement: { year: 'balance_years', chart: 'balance_chart' },
  contributions: { year: 'contribution_years', chart: 'contribution_chart' },
};

/**
 * What a text that asks for something of the member's own surely wants to see: "grafik saldo", "iuran per tahun", "surat
 * saldo 2024". Null where it may as well ask about it: "rincian saldo per tahun dimana".
 */
export function viewIn(text: string, entities: Entities, asked: GoalId, today: Day): GoalId | null {
  const has = heardIn(text);
  if (has('asks')) return null;
  const view = views[asked];
  if (view && has('chart')) return view.chart;
  if (view && has('year') && !has('paper')) return view.year;
  if (asked === 'balance' && has('covered')) return 'balance_masked';
  return periodIn(text, entities, today) ? asked : null;
}

/** Whether a text is put as a question. */
export function asks(text: string): boolean {
  return heardIn(text)('asks');
}

function heardIn(text: string): (name: keyof typeof words) => boolean {
  const read = ` ${readWords(text)
    .map(({ mended }) => mended)
    .join(' ')} `;
  return (name) => (phrases.get(name) ?? []).some((phrase) => read.includes(` ${phrase} `));
}
