import type { Day, Month } from '../../core/jamsostek/month.ts';
import type { Language } from '../../core/language.ts';
import type { ReplyFile } from '../../core/reply.ts';
import type { ChartPoint } from '../../core/services.ts';
import { type Speech, speeches } from '../../core/speech.ts';
import { drawnColumns } from './columns.ts';
import { picture } from './picture.ts';
import { shortAmount } from './short-amount.ts';

/** Earlier year ends that are said in words, beside the newest amount. */
const yearsInWords = 4;
/** Months without a contribution that are named in words; more are counted. */
const monthsInWords = 4;
const calendars: Readonly<Record<Language, string>> = { id: 'id-ID', en: 'en-GB' };

/** The balance by year end as a picture of columns: see `Documents.balanceChart`. */
export async function balanceChart(of: {
  readonly language: Language;
  readonly asOf: Day;
  readonly points: readonly ChartPoint<number>[];
}): Promise<ReplyFile> {
  const speech = speeches[of.language];
  const points = of.points.toSorted((a, b) => a.at - b.at);
  const newest = points.at(-1);
  const drawing = await drawnColumns(
    {
      title: speech.text('pictures.balance.title', { day: speech.day(of.asOf) }),
      newest: newest ? speech.rupiah(newest.amount) : '–',
      caption: speech.text('pictures.balance.columns'),
      legend: null,
      columns: points.map(({ at, amount }) => ({ label: String(at), amount, mark: null })),
      every: [1, 2, 4, 5, 10],
    },
    speech,
  );
  return picture(drawing, { name: 'jht-balance.png', words: balanceInWords(of.asOf, points, speech) });
}

/** What was paid in by month as a picture of columns: see `Documents.contributionChart`. */
export async function contributionChart(of: {
  readonly language: Language;
  readonly points: readonly ChartPoint<Month>[];
}): Promise<ReplyFile> {
  const speech = speeches[of.language];
  const points = of.points.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const newest = points.at(-1);
  const short = new Intl.DateTimeFormat(calendars[of.language], { month: 'short', timeZone: 'UTC' });
  const drawing = await drawnColumns(
    {
      title: newest
        ? speech.text('pictures.contributions.title', { month: speech.month(newest.at) })
        : speech.text('pictures.contributions.none'),
      newest: newest ? paid(newest.amount, speech) : '–',
      caption: speech.text('pictures.contributions.columns'),
      legend: points.some(({ amount }) => amount === 0) ? speech.text('pictures.contributions.missing') : null,
      columns: points.map(({ at, amount }) => ({
        label: `${short.format(new Date(`${at}-01T00:00Z`))}\n${at.slice(0, 4)}`,
        amount,
        mark: amount === 0 ? '×' : null,
      })),
      every: [1, 2, 3, 6, 12, 24],
    },
    speech,
  );
  return picture(drawing, { name: 'jht-contributions.png', words: contributionsInWords(points, speech) });
}

function paid(amount: ChartPoint<Month>['amount'], speech: Speech): string {
  return amount === 0 ? speech.text('pictures.contributions.unposted') : speech.rupiah(amount);
}

function balanceInWords(asOf: Day, points: readonly ChartPoint<number>[], speech: Speech): string {
  const newest = points.at(-1);
  if (!newest) return speech.text('pictures.balance.none');
  const said = speech.text('pictures.balance.newest', { day: speech.day(asOf), amount: speech.rupiah(newest.amount) });
  const before = points.slice(0, -1).reverse().slice(0, yearsInWords);
  if (before.length === 0) return said;
  return [
    said,
    speech.text('pictures.balance.before'),
    ...before.map(({ at, amount }) =>
      speech.text('pictures.balance.row', { year: at, amount: shortAmount(amount, speech) }),
    ),
  ].join('\n');
}

function contributionsInWords(points: readonly ChartPoint<Month>[], speech: Speech): string {
  const newest = points.at(-1);
  const first = points[0];
  if (!newest || !first) return speech.text('pictures.contributions.none');
  const month = speech.month(newest.at);
  const missing = points.filter(({ amount }) => amount === 0);
  const named = missing.slice(-monthsInWords).map(({ at }) => speech.month(at));
  if (missing.length > named.length) {
    named.push(speech.text('pictures.contributions.more', { count: missing.length - named.length }));
  }
  return [
    newest.amount === 0
      ? speech.text('pictures.contributions.newest_missing', { month })
      : speech.text('pictures.contributions.newest', { month, amount: speech.rupiah(newest.amount) }),
    speech.text('pictures.contributions.counted', {
      count: points.length,
      posted: points.length - missing.length,
      first: speech.month(first.at),
    }),
    ...(named.length > 0 ? [speech.text('pictures.contributions.without', { months: speech.list(named) })] : []),
  ].join('\n');
}
