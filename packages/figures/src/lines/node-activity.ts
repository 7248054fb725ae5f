/** Standard deviation of each node's pre-activation over the data against its mean, a panel each (`singh2021` fig. E.1). */

import { requireNoNaN, requireSameLength, requireSome, requireWidth } from '../checks.js';
import { DEFAULT_WIDTH, dotItem, stylesByLabel } from './series.js';
import { smallMultiples } from './small-multiples.js';
import { type Trace } from './traces.js';

export interface NodeGroup {
  /** A label, such as "layer 10"; the same label has the same look in all panels */
  readonly label: string;
  /** Mean of each node's pre-activation over the data; null where there is none */
  readonly mean: readonly (number | null)[];
  /** Its standard deviation over the data, in the same order */
  readonly deviation: readonly (number | null)[];
}

export interface NodeActivityPanel {
  /** A label over the panel */
  readonly title?: string;
  readonly groups: readonly NodeGroup[];
}

export interface NodeActivityData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  readonly panels: readonly NodeActivityPanel[];
}

function check({ panels }: NodeActivityData): void {
  requireSome(panels, 'panels');
  for (const { title, groups } of panels) {
    requireSome(groups, `groups of panel ${title ?? 'without a title'}`);
    for (const { label, mean, deviation } of groups) {
      requireSome(mean, `nodes of ${label}`);
      requireSameLength(deviation.length, mean.length, `deviation of ${label}`);
      requireNoNaN(mean, `mean of ${label}`);
      requireNoNaN(deviation, `deviation of ${label}`);
    }
  }
}

/** SVG with a dot for each node. Throws INVALID_ARGUMENT without nodes, on NaN, or on lists of different lengths. */
export function nodeActivityFigure(data: NodeActivityData): string {
  check(data);
  const width = requireWidth(data.width ?? DEFAULT_WIDTH);
  const styles = stylesByLabel(data.panels.flatMap(({ groups }) => groups));
  const traceOf = ({ label, mean, deviation }: NodeGroup): Trace => ({
    style: styles.get(label)!,
    line: [],
    band: [],
    markers: [],
    dots: mean.flatMap((x, i) => (x === null ? [] : [{ x, y: deviation[i] ?? null }])),
  });
  return smallMultiples({
    width,
    title: data.title,
    name: 'Mean and deviation of nodes',
    description: `Standard deviation over the data against mean of each node's pre-activation: ${data.panels
      .map(({ title }) => title ?? '')
      .filter(Boolean)
      .join('; ')}.`,
    legend: () => [Array.from(styles, ([label, style]) => dotItem(label, style.colour))],
    panels: data.panels.map(({ title, groups }) => ({
      title,
      x: { label: 'mean over inputs', kind: 'linear' },
      y: { label: 'deviation', kind: 'linear' },
      traces: groups.map(traceOf),
    })),
  });
}
