/** Names and colours of the phases. */

import { type PhaseCell } from './types.js';

export interface Region {
  readonly key: string;
  readonly fill: string;
  /** The name in lines, longest first choice first */
  readonly lines: readonly string[];
}

/** Hue tells order from chaos, depth of colour bounded from unbounded: in greyscale the depths still differ. */
const FILLS: Readonly<Record<string, readonly [bounded: string, unbounded: string]>> = {
  ordered: ['#e4eff7', '#b5cfe4'],
  chaotic: ['#fdebd6', '#f2c08e'],
  critical: ['#e3f1e6', '#b4d8bd'],
  unknown: ['#f0f0f0', '#d2d2d2'],
};
const NOT_KNOWN = '#f7f7f7';

/** The region of a cell; `nameLengths` is false where all lengths are bounded and saying so is noise. */
export function regionOf({ phase, bounded }: PhaseCell, nameLengths: boolean): Region | null {
  if (phase === null && bounded === null) return null;
  const [boundedFill, unboundedFill] = FILLS[phase ?? 'unknown'] ?? [NOT_KNOWN, NOT_KNOWN];
  const length = bounded === null || !nameLengths ? [] : [bounded ? 'bounded' : 'unbounded'];
  return {
    key: `${phase ?? 'unknown'} ${String(bounded)}`,
    fill: bounded === false ? unboundedFill : boundedFill,
    lines: [...(phase === null ? [] : [phase]), ...length],
  };
}
