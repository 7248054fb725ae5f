/** Learning curves of several initialisations: mean over networks with a band, a panel for each task and optimiser (`singh2021` §3.4). */

import { requireNoNaN, requireSameLength, requireSome, requireWidth } from '../checks.js';
import { type ScaleKind } from '../draw/scale.js';
import { type SeriesStyle } from '../draw/palette.js';
import {
  bandItem,
  DEFAULT_WIDTH,
  type ErrorMultiple,
  lineItem,
  seriesItem,
  stylesByLabel,
  withErrors,
} from './series.js';
import { type Panel, smallMultiples } from './small-multiples.js';
import { type Trace } from './traces.js';

export interface TrainingSeries {
  /** A label: plain text, mathematics between dollar signs. The same label has the same look in all panels. */
  readonly label: string;
  /** Epochs or steps; those at or below 0 are left out on a log axis */
  readonly x: readonly number[];
  /** Mean over networks; null where it is missing */
  readonly mean: readonly (number | null)[];
  /** Standard error of the mean over networks; no band without it */
  readonly stderr?: readonly (number | null)[];
  /** Number of the colour and dash, to keep them over several figures; by default its place */
  readonly style?: number;
}

export interface TrainingPanel {
  /** A label over the panel: task and optimiser */
  readonly title?: string;
  /** 'loss' has a log axis, 'accuracy' (a fraction) a linear one */
  readonly quantity: 'loss' | 'accuracy';
  /** A label; default 'validation loss' or 'validation accuracy' */
  readonly yLabel?: string;
  readonly yScale?: ScaleKind;
  readonly series: readonly TrainingSeries[];
}

export interface TrainingData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  /** A label; default 'epoch' */
  readonly xLabel?: string;
  /** Default linear */
  readonly xScale?: ScaleKind;
  /** Half-width of the bands in standard errors; default 2 */
  readonly errorMultiple?: ErrorMultiple;
  readonly panels: readonly TrainingPanel[];
}

function check({ panels }: TrainingData): void {
  requireSome(panels, 'panels');
  for (const panel of panels) {
    requireSome(panel.series, `series of panel ${panel.title ?? panel.quantity}`);
    for (const { label, x, mean, stderr } of panel.series) {
      requireSome(x, `points of ${label}`);
      requireSameLength(mean.length, x.length, `mean of ${label}`);
      if (stderr !== undefined) requireSameLength(stderr.length, x.length, `stderr of ${label}`);
      requireNoNaN(x, `x of ${label}`);
      requireNoNaN(mean, `mean of ${label}`);
      requireNoNaN(stderr ?? [], `stderr of ${label}`);
    }
  }
}

function traceOf({ x, mean, stderr }: TrainingSeries, style: SeriesStyle, multiple: ErrorMultiple): Trace {
  const points = x.map((position, index) => withErrors(position, mean[index], stderr?.[index], multiple));
  return { style, line: points, band: stderr === undefined ? [] : points, markers: [] };
}

function panelOf(data: TrainingData, panel: TrainingPanel, styles: ReadonlyMap<string, SeriesStyle>): Panel {
  return {
    title: panel.title,
    x: { label: data.xLabel ?? 'epoch', kind: data.xScale ?? 'linear', whole: true },
    y: {
      label: panel.yLabel ?? `validation ${panel.quantity}`,
      kind: panel.yScale ?? (panel.quantity === 'loss' ? 'log' : 'linear'),
    },
    traces: panel.series.flatMap((series) => {
      const style = styles.get(series.label);
      return style === undefined ? [] : [traceOf(series, style, data.errorMultiple ?? 2)];
    }),
  };
}

/**
 * SVG of learning curves, a panel for each entry of `panels`.
 *
 * Missing values (null) and infinite ones leave gaps, and so do values at or below 0 on a log scale, where a
 * band's lower end runs off the panel. Throws INVALID_ARGUMENT without data, on NaN, on lists of different
 * lengths, or when a panel has no value to draw.
 */
export function trainingFigure(data: TrainingData): string {
  check(data);
  const width = requireWidth(data.width ?? DEFAULT_WIDTH);
  const series = data.panels.flatMap((panel) => panel.series);
  const styles = stylesByLabel(series);
  const multiple = data.errorMultiple ?? 2;
  const meaning = series.some(({ stderr }) => stderr !== undefined)
    ? bandItem(`mean ± ${multiple} s.e. over networks`)
    : lineItem('mean over networks');
  const names = data.panels.map((panel) =>
    [panel.yLabel ?? `validation ${panel.quantity}`, panel.title].filter(Boolean).join(', '),
  );
  return smallMultiples({
    width,
    title: data.title,
    name: 'Learning curves',
    description: `${names.join('; ')}, by ${data.xLabel ?? 'epoch'}, for ${[...styles.keys()].join(', ')}: ${meaning.label}.`,
    legend: () => [
      Array.from(styles, ([label, style]) => seriesItem(label, style, { line: true, marker: false })),
      [meaning],
    ],
    panels: data.panels.map((panel) => panelOf(data, panel, styles)),
  });
}
