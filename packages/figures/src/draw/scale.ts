/** Axes: a value's position in px, and the ticks worth labelling, from d3-scale. */

import { scaleLinear, type ScaleLinear, scaleLog, type ScaleLogarithmic } from 'd3-scale';

import { formatNumber, powerOfTen } from '../text/numbers.js';

export type ScaleKind = 'linear' | 'log';

interface Tick {
  readonly value: number;
  /** A label (see rich-text.ts); undefined on a minor tick */
  readonly label: string | undefined;
}

export interface Scale {
  readonly kind: ScaleKind;
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Position in px; null where there is none: a missing or infinite value, 0 or less on a log axis. */
  at(value: number | null | undefined): number | null;
}

const PADDING = 0.05;

/** Whether an axis of this kind has a position for the value. */
export const isDrawable = (value: number | null | undefined, kind: ScaleKind): value is number =>
  typeof value === 'number' && Number.isFinite(value) && (kind === 'linear' || value > 0);

/** Values farther out than this could overflow; they lie beyond the axis' end. */
const FARTHEST = 8e307;
/** Values that differ less than this, relatively, are one value to an axis. */
const SAME = 1e-9;
const SMALLEST = 1e-290;

/** An axis' ends around its values: some room on either side, and from 0 when the values come near it. */
export function domainOf(values: readonly number[], kind: ScaleKind): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, Math.max(value, -FARTHEST));
    high = Math.max(high, Math.min(value, FARTHEST));
  }
  if (kind === 'log') {
    const room = Math.max(10 ** (PADDING * (Math.log10(high) - Math.log10(low))), 1.1);
    return [Math.max(low / room, SMALLEST), Math.min(Math.max(high, SMALLEST) * room, Number.MAX_VALUE)];
  }
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < SMALLEST) [low, high] = [0, 1];
  else if (high - low < SAME * size) [low, high] = [low - size / 4, high + size / 4];
  const room = PADDING * (high - low);
  return [low >= 0 && low < 0.5 * (high - low) ? 0 : low - room, high + room];
}

/** Round values inside the domain; d3's are the nearest doubles, so that twelve digits show no float noise. */
const linearTicks = (scale: ScaleLinear<number, number>, count: number, whole: boolean): Tick[] =>
  scale
    .ticks(count)
    .filter((value) => !whole || Number.isInteger(value))
    .map((value) => ({ value, label: formatNumber(value, LABEL_DIGITS) }));

/** Decades, with as many values between them as there is room for; all have labels where d3 would leave fewer than two. */
function logTicks(scale: ScaleLogarithmic<number, number>, room: number): Tick[] {
  const count = Math.min(room, MOST_LOG_LABELS);
  const values = scale.ticks(count);
  const format = scale.tickFormat(count, '~e');
  const chosen = values.filter((value) => format(value) !== '');
  const labelled = chosen.length < 2 ? values : chosen;
  const decadesOnly = labelled.every((value) => Number.isInteger(decade(value)));
  return values.map((value) => ({
    value,
    label: !labelled.includes(value)
      ? undefined
      : decadesOnly
        ? decadeLabel(decade(value))
        : formatNumber(value, LABEL_DIGITS),
  }));
}

const LABEL_DIGITS = 12;
/** However long the axis: with more of them 8 and 9 would get labels, which stand close together. */
const MOST_LOG_LABELS = 6;

/** The exponent of ten, whole for a decade whatever its last bit. */
const decade = (value: number): number => Number(Math.log10(value).toFixed(9));

const decadeLabel = (exponent: number): string =>
  exponent >= -1 && exponent <= 2 ? formatNumber(10 ** exponent) : powerOfTen(exponent);

export interface ScaleOptions {
  readonly kind: ScaleKind;
  readonly domain: readonly [number, number];
  /** Positions in px of the domain's two ends */
  readonly range: readonly [number, number];
  /** About how many labels fit */
  readonly count: number;
  /** Only whole numbers mean something: layers, epochs */
  readonly whole?: boolean;
}

function positionsAndTicks({ kind, domain, range, count, whole = false }: ScaleOptions): {
  readonly position: (value: number) => number;
  readonly ticks: readonly Tick[];
} {
  if (kind === 'linear') {
    const scale = scaleLinear(domain, range);
    return { position: scale, ticks: linearTicks(scale, count, whole) };
  }
  const scale = scaleLog(domain, range);
  return { position: scale, ticks: logTicks(scale, count) };
}

export function createScale(options: ScaleOptions): Scale {
  const { kind, domain } = options;
  const { position, ticks } = positionsAndTicks(options);
  return { kind, domain, ticks, at: (value) => (isDrawable(value, kind) ? position(value) : null) };
}
