/** What holds for the sampling of any initializer, whatever its law. */

import type { Initializer } from '@meanfield/core';
import { expect } from 'vitest';

import type { Check } from '../check.js';
import { allEntries, sampleLayer } from './sampled-layer.js';

const SHAPE = { fanIn: 24, fanOut: 18 };
/** [fanIn, fanOut] */
const EDGE_SHAPES = [
  [1, 1],
  [1, 7],
  [5, 1],
  [3, 2],
  [200, 3],
] as const;

export interface SamplingOptions {
  readonly seed: number;
  /** Whether draws of different streams differ */
  readonly random: boolean;
}

export function samplingChecks(
  initializer: Initializer,
  { seed, random }: SamplingOptions,
): readonly Check[] {
  const draw = (request: { seed?: number; path?: string; precision?: 'float32' | 'float64' }): number[] =>
    allEntries(sampleLayer(initializer, { ...SHAPE, seed, path: 'layer/1', ...request }));

  const expectDifferent = (one: readonly number[], other: readonly number[], what: string): void => {
    if (!random) return;
    const weights = SHAPE.fanIn * SHAPE.fanOut;
    const equal = one.slice(0, weights).filter((value, index) => value === other[index]).length;
    expect(equal, `equal weights of ${what}, of ${weights}`).toBeLessThan(weights / 20);
  };

  return [
    {
      name: 'overwrites every entry with a finite number, at every shape',
      run() {
        for (const [fanIn, fanOut] of EDGE_SHAPES) {
          for (const precision of ['float32', 'float64'] as const) {
            const layer = sampleLayer(initializer, { fanIn, fanOut, seed, path: 'edge', precision });
            expect(allEntries(layer).every(Number.isFinite), `${precision} [${fanIn}, ${fanOut}]`).toBe(true);
          }
        }
      },
    },
    {
      name: 'is fixed by seed and path',
      run: () => expect(draw({})).toEqual(draw({})),
    },
    {
      name: 'differs from layer to layer and from seed to seed',
      run() {
        expectDifferent(draw({}), draw({ path: 'layer/2' }), 'two layers');
        expectDifferent(draw({}), draw({ seed: seed + 1 }), 'two seeds');
      },
    },
    {
      name: 'gives float32 and float64 arrays the same numbers, up to rounding',
      run() {
        const wide = draw({});
        const scale = Math.max(...wide.map(Math.abs));
        draw({ precision: 'float32' }).forEach((value, index) =>
          expect(Math.abs(value - wide[index]!), `entry ${index}`).toBeLessThanOrEqual(2 ** -22 * scale),
        );
      },
    },
  ];
}
