/** What the README says of initializers of tfjs-layers, as they are in the version that this package is tested with. */

import { initializers, layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';

import { variablesOf } from './models.js';

const values = (initializer: ReturnType<typeof initializers.ones>, size = 20): number[] => [
  ...initializer.apply([size, size]).dataSync(),
];

it('gives layers of one seed the same weights', () => {
  const kernels = [1, 2].map(() => {
    const layer = layers.dense({ units: 4, kernelInitializer: initializers.heNormal({ seed: 7 }) });
    layer.build([null, 4]);
    return variablesOf(layer)[0];
  });
  expect(kernels[0]).toEqual(kernels[1]);
});

it('takes seed 0 for no seed', () => {
  expect(values(initializers.heNormal({ seed: 1 }))).toEqual(values(initializers.heNormal({ seed: 1 })));
  expect(values(initializers.heNormal({ seed: 0 }))).not.toEqual(values(initializers.heNormal({ seed: 0 })));
});

it('cuts normals at two deviations without making up for it', () => {
  const drawn = values(initializers.heNormal({ seed: 1 }), 100);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(2 * Math.sqrt(2 / 100) * (1 + 1e-6));
});

it('takes a deviation and a bound of 0 for its defaults', () => {
  expect(values(initializers.randomNormal({ stddev: 0, seed: 1 })).some((w) => w !== 0)).toBe(true);
  expect(Math.min(...values(initializers.randomUniform({ minval: 0, maxval: 1, seed: 1 })))).toBeLessThan(0);
});
