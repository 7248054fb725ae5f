import { cite, shrinkage2021, type Claim, type Reading, type Reproduction, type Size } from '@meanfield/core';
import { erfGapBound, erfJacobianBound } from '@meanfield/theory';

import { above, below, exact, INCOMPLETE, resultIn, value } from '../readings.js';
import { figureOf, GAPS, MOST, NETWORKS, type Label } from './fig-3-panels.js';
import {
  boundsResult,
  ERF_CRITICAL,
  erfLayers,
  gradientsResult,
  jacobianResult,
  pairsResult,
  rate,
  RATE_DEPTH,
} from './results.js';

const SIZES = {
  quick: { width: 96, depth: 48, networks: 4, pairWidth: 1024, pairNetworks: 20 },
  full: { width: 512, depth: 64, networks: 4, pairWidth: 1024, pairNetworks: 50 },
} as const satisfies Record<Size, unknown>;

const over = {
  over: { initializer: NETWORKS.map(({ initializer }) => initializer) },
  labels: { initializer: NETWORKS.map(({ label }) => label) },
};

/** Largest singular value of the Jacobian of the last layer over that of layer 8 */
const growth =
  (label: Label): Claim['obtain'] =>
  (outcomes) => {
    const layers = resultIn(jacobianResult, outcomes, 'jacobians', label)?.layers;
    const [early, late] = [layers?.[7]?.spectrum?.[0], layers?.at(-1)?.spectrum?.[0]];
    if (layers === undefined || early === undefined || late === undefined) return INCOMPLETE;
    const ratio = late.value / early.value;
    const relative = Math.hypot((early.stderr ?? 0) / early.value, (late.stderr ?? 0) / late.value);
    return { value: ratio, stderr: ratio * relative, remark: `layer ${layers.length} over layer 8` };
  };

/** Root of the gradient's mean square at layer 2, the first behind the embedding, over that at the last */
const firstGradient =
  (label: Label): Claim['obtain'] =>
  (outcomes) => {
    const first = resultIn(gradientsResult, outcomes, 'gradients', label)?.layers[1];
    if (first?.relative === undefined || first.relative === null) return INCOMPLETE;
    const size = Math.sqrt(first.relative);
    return { value: size, stderr: (first.relativeStderr ?? 0) / (2 * size) };
  };

const lastPair =
  (label: Label, pair: number): Claim['obtain'] =>
  (outcomes) => {
    const last = resultIn(pairsResult, outcomes, 'pairs', label)?.layers.at(-1)?.pairs?.[pair];
    return last === undefined ? INCOMPLETE : { value: last.gap, stderr: last.gapStderr };
  };

/** The widest pairs' 1 − ρ over the bound 4.2, the largest ratio over layers */
const underBound: Claim['obtain'] = (outcomes) => {
  const layers = resultIn(boundsResult, outcomes, 'bounds', 'critical')?.layers;
  if (layers === undefined) return INCOMPLETE;
  const ratios = layers.flatMap(({ widestGap }, index) => {
    const bound = erfGapBound(index + 1);
    return bound < MOST ? [widestGap / bound] : [];
  });
  return exact(Math.max(...ratios));
};

/** The largest singular value over the bound 4.3, the smallest ratio over layers */
const overBound: Claim['obtain'] = (outcomes) => {
  const layers = resultIn(jacobianResult, outcomes, 'jacobians', 'chaotic')?.layers;
  const gap = resultIn(boundsResult, outcomes, 'bounds', 'chaotic')?.fixedGap ?? null;
  if (layers === undefined || gap === null) return INCOMPLETE;
  let least: Reading = INCOMPLETE;
  layers.forEach(({ spectrum }, index) => {
    const [largest] = spectrum ?? [];
    if (largest === undefined) return;
    const bound = erfJacobianBound(gap, index + 1);
    const ratio = largest.value / bound;
    if (least.value === null || ratio < least.value)
      least = { value: ratio, stderr: (largest.stderr ?? 0) / bound, remark: `at layer ${index + 1}` };
  });
  return least;
};

/** 1 − ρ_fp of the map, to 10 % */
const chaoticFixedGap: Claim['expected'] = (outcomes) => {
  const gap = resultIn(boundsResult, outcomes, 'bounds', 'chaotic')?.fixedGap ?? null;
  return gap === null ? null : { kind: 'value', value: gap, precision: 0.1 * gap };
};

const fig3: Reproduction = {
  id: 'shrinkage2021/fig-3',
  title: 'Shrinkage, Jacobians and gradients of critical, chaotic and ordered erf networks',
  source: cite(shrinkage2021, 'fig. 3, §4.1'),
  cost: {
    quick: '20 s of CPU time, 4 networks of width 96 and 20 of width 1024',
    full: 'not measured; by operations some hours of CPU time, 4 networks of width 512',
  },
  steps: (size) => {
    const { width, depth, networks, pairWidth, pairNetworks } = SIZES[size];
    const network = { activation: 'erf', architecture: 'layer-norm', depth };
    return [
      {
        id: 'pairs',
        title: 'Pairs of inputs',
        experiment: 'propagation',
        options: { ...network, width: pairWidth, inputs: { pairGaps: [...GAPS] }, networks: pairNetworks },
        ...over,
      },
      {
        id: 'bounds',
        title: 'Infinite width, with the bounds',
        experiment: 'depth-bounds',
        options: { activation: 'erf', depth },
        ...over,
      },
      {
        id: 'rate',
        title: 'Rate at infinite width',
        experiment: 'depth-bounds',
        options: { activation: 'erf', initializer: erfLayers(ERF_CRITICAL), depth: RATE_DEPTH },
      },
      {
        id: 'jacobians',
        title: 'Jacobians',
        experiment: 'jacobian',
        options: { ...network, width, inputs: { count: 2 }, networks, singularValues: 0, spectrum: true },
        ...over,
      },
      {
        id: 'gradients',
        title: 'Gradients',
        experiment: 'gradients',
        options: { ...network, width, inputs: { count: 8 }, networks: 2 * networks },
        ...over,
      },
    ];
  },
  claims: [
    {
      id: 'critical-bound',
      by: 'source',
      statement:
        'Critical: the widest pairs of an infinitely wide network stay below the bound 4.2: largest ratio where it is below 2',
      where: 'fig. 3a, eq. 4.2',
      expected: below(1),
      obtain: underBound,
    },
    {
      id: 'critical-rate',
      by: 'source',
      statement:
        'Critical: 1 − ρ_L of erf falls like a power of L faster than the bound’s: exponent at infinite width',
      where: '§5.1, O(L^−1); to 2 %',
      expected: value(-1, 0.02),
      obtain: rate,
    },
    {
      id: 'critical-jacobian',
      by: 'source',
      statement:
        'Critical: the operator norm of the Jacobian does not grow with depth: last layer over layer 8',
      where: '§4.1, fig. 3c; below 1.1',
      expected: below(1.1),
      obtain: growth('critical'),
    },
    {
      id: 'critical-gradients',
      by: 'source',
      statement: 'Critical: gradients are well-behaved: root mean square at layer 2 over that at the last',
      where: '§4.1, fig. 3e; 1 within a factor of 2',
      expected: value(1.25, 0.75),
      obtain: firstGradient('critical'),
    },
    {
      id: 'chaotic-correlation',
      by: 'source',
      statement:
        'Chaotic: the correlation of any two inputs approaches the fixed point: 1 − ρ of opposite inputs at the last layer',
      where: '§4.1, fig. 3b; 1 − ρ_fp of the map, to 10 %',
      expected: chaoticFixedGap,
      obtain: lastPair('chaotic', 0),
    },
    {
      id: 'chaotic-close-pair',
      by: 'source',
      statement:
        'Chaotic: so does that of close inputs, which are pulled apart: 1 − ρ of pairs that began at 0.01',
      where: '§2.2, fig. 3b; 1 − ρ_fp of the map, to 10 %',
      expected: chaoticFixedGap,
      obtain: lastPair('chaotic', 3),
    },
    {
      id: 'chaotic-bound',
      by: 'source',
      statement: 'Chaotic: the Jacobian’s norm is above the bound 4.3: smallest ratio over layers',
      where: 'eq. 4.3; the caption puts it into fig. 3f',
      expected: above(1),
      obtain: overBound,
    },
    {
      id: 'chaotic-jacobian',
      by: 'source',
      statement: 'Chaotic: the norm of the Jacobian grows: last layer over layer 8',
      where: '§4.1, fig. 3d',
      expected: above(1),
      obtain: growth('chaotic'),
    },
    {
      id: 'chaotic-gradients',
      by: 'source',
      statement:
        'Chaotic: gradients are large in low layers: root mean square at layer 2 over that at the last',
      where: '§4.1, fig. 3f',
      expected: above(1),
      obtain: firstGradient('chaotic'),
    },
    {
      id: 'ordered-gradients',
      by: 'source',
      statement: 'Ordered: gradients vanish: root mean square at layer 2 over that at the last',
      where: '§2.2, remark 1; below 0.01',
      expected: below(0.01),
      obtain: firstGradient('ordered'),
    },
  ],
  figures: (outcomes) => [
    ...figureOf(outcomes, 'fig-3', ['critical', 'chaotic']),
    ...figureOf(outcomes, 'ordered', ['ordered']),
  ],
};

export default fig3;
