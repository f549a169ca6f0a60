import type { BarSeriesOption, ComposeOption, GridComponentOption, SetOptionOpts } from 'echarts';
import type { Speech } from '../../core/speech.ts';
import { palette } from './palette.ts';
import { type Drawing, escaped, fontFamily } from './picture.ts';
import { roundSteps, shortAmount } from './short-amount.ts';

/** One column. Its label may have two lines; only some of the labels are written where there are many. */
export interface Column {
  readonly label: string;
  readonly amount: number;
  /** What stands in the place of a column that is not there; null for one that is. */
  readonly mark: string | null;
}

/** A chart of columns, the newest last. */
export interface Columns {
  /** What the newest is, over the chart, and its amount in full. */
  readonly title: string;
  readonly newest: string;
  /** What all of them are. */
  readonly caption: string;
  /** What a mark means; null where there is none. */
  readonly legend: string | null;
  readonly columns: readonly Column[];
  /** Labels come at every so many columns, counted from the newest: the first of these that leaves room for one. */
  readonly every: readonly number[];
}

type Option = ComposeOption<BarSeriesOption | GridComponentOption>;

/** In pixels, shown at half of it on a small phone: no letter under 24. */
const width = 720;
const plotHeight = 370;
const legendHeight = 44;
const head = 184;
const plot = { left: 120, right: 62, top: 42, bottom: 92 } as const;
const letter = 26;
/** The room that a label under the chart takes. */
const labelRoom = 84;
const once: SetOptionOpts = { lazyUpdate: false };

/** Draws columns with what they come to in words above. */
export async function drawnColumns(chart: Columns, speech: Speech): Promise<Drawing> {
  const height = head + plotHeight + (chart.legend === null ? 0 : legendHeight);
  const line = (y: number, text: string, style: string) => `<text x="32" y="${y}" ${style}>${escaped(text)}</text>`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">`,
    `<rect width="100%" height="100%" fill="${palette.ground}"/>`,
    line(50, chart.title, `font-size="28" fill="${palette.soft}"`),
    line(108, chart.newest, `font-size="52" font-weight="700" fill="${palette.ink}"`),
    line(166, chart.caption, `font-size="${letter}" fill="${palette.soft}"`),
    `<g transform="translate(0 ${head})">${await plotted(chart, speech)}</g>`,
    chart.legend === null ? '' : line(height - 28, chart.legend, `font-size="${letter}" fill="${palette.missing}"`),
    '</svg>',
  ];
  return { svg: svg.join(''), width };
}

async function plotted({ columns, every }: Columns, speech: Speech): Promise<string> {
  // As one file it is there in a tenth of the time that the hundreds of files of its parts take.
  const { init } = await import('echarts/dist/echarts.esm.min.mjs');
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: plotHeight });
  try {
    chart.setOption(option(columns, every, speech), once);
    return chart.renderToSVGString();
  } finally {
    // What is not disposed of is kept for ever.
    chart.dispose();
  }
}

function option(columns: readonly Column[], every: readonly number[], speech: Speech): Option {
  const { step, top } = roundSteps(Math.max(0, ...columns.map(({ amount }) => amount)));
  const slot = (width - plot.left - plot.right) / Math.max(1, columns.length);
  const labelled = every.find((each) => each * slot >= labelRoom) ?? columns.length;
  const last = columns.length - 1;
  const text = { fontFamily, fontSize: letter, color: palette.soft };
  return {
    animation: false,
    grid: plot,
    xAxis: {
      type: 'category',
      data: columns.map(({ label }) => label),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.soft, width: 2 } },
      axisLabel: { ...text, margin: 14, lineHeight: 30, interval: (index) => (last - index) % labelled === 0 },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      interval: step,
      splitLine: { lineStyle: { color: palette.line, width: 2 } },
      axisLabel: { ...text, margin: 14, formatter: (amount) => shortAmount(amount, speech) },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: columns.length > 14 ? '22%' : '30%',
        barMaxWidth: 88,
        silent: true,
        labelLayout: { hideOverlap: false },
        data: columns.map(({ amount, mark }, index) => ({
          value: amount,
          itemStyle: { color: index === last ? palette.brand : palette.earlier, borderRadius: [6, 6, 0, 0] },
          label: {
            show: index === last || mark !== null,
            formatter: mark ?? shortAmount(amount, speech),
            position: 'top',
            distance: mark === null ? 8 : 2,
            fontFamily,
            fontSize: mark === null ? 28 : 34,
            fontWeight: 700,
            color: mark === null ? palette.ink : palette.missing,
            // The column before may be the higher one.
            ...(mark === null && { backgroundColor: palette.ground, padding: [2, 6] }),
          },
        })),
      },
    ],
  };
}
