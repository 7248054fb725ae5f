import erf from '@meanfield/activation-erf';
import relu from '@meanfield/activation-relu';
import layerNorm from '@meanfield/analysis-layer-norm';
import { expect, it } from 'vitest';

import { composedNaively } from '../src/naive/composed-layers.js';

it('sums over grids give what the analysis of normalised layers gives', () => {
  const layers = [relu.create(), erf.create(), relu.create(), erf.create()].map((activation, layer) => ({
    activation,
    weightVariance: 1 + layer / 10,
    biasVariance: layer / 20,
  }));
  const { rho, bound } = composedNaively(layers);
  const { gaps, termSum } = layerNorm.create().analyse({ kind: 'mlp', layers });
  const least = Math.min(...gaps);
  // Steps of about ¼ leave some per cent at ReLU's kink.
  expect(rho).toBeCloseTo(1 - gaps[4]!, 2);
  expect(bound / ((least * least * termSum) / 2)).toBeCloseTo(1, 1);
});
