/** Axes: a value's position in px, and the ticks worth labelling. */

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
/** With more decades than this, those without a label get no tick either. */
const MOST_MINOR_DECADES = 30;

/** The values that an axis of this kind can show. */
export const drawable = (values: readonly (number | null | undefined)[], kind: ScaleKind): number[] =>
  values.filter(
    (value): value is number =>
      typeof value === 'number' && Number.isFinite(value) && (kind === 'linear' || value > 0),
  );

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

/** Multiples of 1, 2 or 5 times a power of ten: at most about `count` of them inside the domain. */
function linearTicks([low, high]: readonly [number, number], count: number, whole: boolean): Tick[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * 0.8) ?? 10;
  const step = whole ? Math.max(1, Math.round(factor * power)) : factor * power;
  const ticks: Tick[] = [];
  const slack = 1e-9 * (high - low);
  for (let index = Math.ceil((low - slack) / step); index * step <= high + slack; index++) {
    // toPrecision takes off the float noise of index · step
    const value = Number((index * step).toPrecision(12));
    ticks.push({ value, label: formatNumber(value, 6) });
  }
  return ticks;
}

function logTicks(domain: readonly [number, number], count: number): Tick[] {
  const [low, high] = domain;
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const inside = (value: number): boolean => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const decades = exponents.filter((exponent) => inside(10 ** exponent));
  if (decades.length < 2) return sparseLogTicks(domain, count, exponents, inside);
  const stride = Math.ceil(decades.length / Math.max(2, count));
  return exponents.flatMap((exponent) => {
    const labelled = stride === 1 || exponent % stride === 0;
    if (!labelled && decades.length > MOST_MINOR_DECADES) return [];
    const decade = { value: 10 ** exponent, label: labelled ? decadeLabel(exponent) : undefined };
    const minor = stride > 1 ? [] : [2, 3, 4, 5, 6, 7, 8, 9];
    return [decade, ...minor.map((each) => ({ value: each * 10 ** exponent, label: undefined }))].filter(
      (tick) => inside(tick.value),
    );
  });
}

/** Less than two decades: the first set of round values that leaves two labels, else ticks as on a linear axis. */
function sparseLogTicks(
  domain: readonly [number, number],
  count: number,
  exponents: readonly number[],
  inside: (value: number) => boolean,
): Tick[] {
  const all = exponents.flatMap((exponent) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({ digit, value: Number(`${digit}e${exponent}`) })),
  );
  const set = [
    [1, 3],
    [1, 2, 5],
    [1, 2, 3, 5, 7],
  ].find((digits) => all.filter(({ digit, value }) => digits.includes(digit) && inside(value)).length >= 2);
  if (set === undefined) return linearTicks(domain, Math.min(count, 3), false);
  return all
    .filter(({ value }) => inside(value))
    .map(({ digit, value }) => ({ value, label: set.includes(digit) ? formatNumber(value) : undefined }));
}

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

export function createScale({ kind, domain, range, count, whole = false }: ScaleOptions): Scale {
  const forward = kind === 'log' ? Math.log10 : (value: number): number => value;
  const [low, high] = [forward(domain[0]), forward(domain[1])];
  return {
    kind,
    domain,
    ticks: kind === 'log' ? logTicks(domain, count) : linearTicks(domain, count, whole),
    at(value) {
      if (value === null || value === undefined || !Number.isFinite(value) || (kind === 'log' && value <= 0))
        return null;
      return range[0] + ((forward(value) - low) / (high - low)) * (range[1] - range[0]);
    },
  };
}
