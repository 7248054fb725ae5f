import {
  cite,
  singh2021,
  type Claim,
  type Expectation,
  type JsonObject,
  type Outcomes,
  type Reading,
  type Reproduction,
  type ReproductionStep,
  type Size,
} from '@meanfield/core';

import { growthResult } from '../../report/results.js';
import { INCOMPLETE, resultIn } from '../readings.js';

const WIDTH = { quick: 512, full: 2048 };
const NETWORKS = 40;
/** Depths at which signals that have shrunk to the size of biases have settled */
const SETTLED = { from: 80, depth: 120 };

type Rate = 'length' | 'difference' | 'logGap';

const step = (
  id: string,
  title: string,
  size: Size,
  rows: JsonObject,
  more: JsonObject,
): ReproductionStep => ({
  id,
  title,
  experiment: 'growth',
  options: { initializer: rows, width: WIDTH[size], networks: NETWORKS, ...more },
});

const withoutBias = (name: string): JsonObject => ({ name, options: { biasEntry: false } });

const growthIn = (outcomes: Outcomes, id: string) => resultIn(growthResult, outcomes, id);

const widthOf = (outcomes: Outcomes, id: string): number => {
  const width = outcomes(id)[0]?.options['width'];
  return typeof width === 'number' ? width : 1;
};

/** The law of infinite width at σ_w² of the step; networks of width N may be off by 1/N. */
const lawOf =
  (id: string, of: (law: { length: number; difference: number }) => number): Claim['expected'] =>
  (outcomes): Expectation | null => {
    const law = growthIn(outcomes, id)?.theory?.[0];
    return law === undefined ? null : { kind: 'value', value: of(law), precision: 1 / widthOf(outcomes, id) };
  };

const rate =
  (id: string, which: Rate): Claim['obtain'] =>
  (outcomes): Reading => {
    const found = growthIn(outcomes, id)?.growth[0]?.[which];
    if (found === undefined) return INCOMPLETE;
    // The growth of gaps is averaged as a logarithm.
    if (which === 'logGap')
      return { value: Math.exp(found.mean), stderr: Math.exp(found.mean) * found.stderr };
    return { value: found.mean, stderr: found.stderr };
  };

/** σ_w² at which a growth is 1. Its slope there turns 1/N into an error of σ_w²: less than 2/N. */
const boundaryOf =
  (id: string, which: 'length' | 'correlation'): Claim['expected'] =>
  (outcomes) => {
    const exact = growthIn(outcomes, id)?.boundaries?.[which];
    return typeof exact === 'number'
      ? { kind: 'value', value: exact, precision: 2 / widthOf(outcomes, id) }
      : null;
  };

const unitGrowth =
  (id: string, which: 'length' | 'correlation'): Claim['obtain'] =>
  (outcomes): Reading => {
    const found = growthIn(outcomes, id)?.unitGrowth[which === 'length' ? 'length' : 'difference'];
    if (found === undefined || found === null) return INCOMPLETE;
    return { value: found.mean, stderr: found.stderr };
  };

const boundaryClaim = (id: string, which: 'length' | 'correlation', statement: string): Claim => ({
  id,
  by: 'theory',
  statement,
  where: 'density evolution, infinite width; width N may be off by 2/N',
  expected: boundaryOf(id, which),
  obtain: unitGrowth(id, which),
});

const rateClaim = (
  id: string,
  statement: string,
  step: string,
  which: Rate,
  of: Parameters<typeof lawOf>[1],
): Claim => ({
  id,
  by: 'theory',
  statement,
  where: 'density evolution, infinite width; width N may be off by 1/N',
  expected: lawOf(step, of),
  obtain: rate(step, which),
});

const exactLaw: Reproduction = {
  id: 'singh2021/exact-law',
  title: 'RAI and RAAI: growth in a layer and boundaries of the exact law, against simulation',
  source: cite(singh2021, '§3.3'),
  cost: { quick: '20 s of CPU time, N = 512', full: '80 s of CPU time, N = 2048' },
  steps: (size) => [
    step('raai', 'RAAI at 0.9, biases left out', size, withoutBias('raai'), { weightVariance: [0.9] }),
    step(
      'raai-with-bias',
      'RAAI at 0.9, with biases',
      size,
      { name: 'raai', options: {} },
      {
        weightVariance: [0.9],
        ...SETTLED,
        pairGap: 1e-12,
      },
    ),
    step('rai-length', 'RAI near its length boundary', size, withoutBias('rai'), {
      weightVariance: [0.695, 0.738],
    }),
    step('raai-length', 'RAAI near its length boundary', size, withoutBias('raai'), {
      weightVariance: [1.183, 1.256],
    }),
    step('raai-correlation', 'RAAI near its correlation boundary', size, withoutBias('raai'), {
      weightVariance: [0.857, 0.91],
    }),
  ],
  claims: [
    rateClaim('growth', 'λ of RAAI at 0.9', 'raai', 'length', ({ length }) => length),
    rateClaim('sensitivity', 'μ of RAAI at 0.9', 'raai', 'difference', ({ difference }) => difference),
    rateClaim(
      'gap',
      'growth of 1 − c in a layer, μ/λ, of RAAI at 0.9',
      'raai',
      'logGap',
      ({ length, difference }) => difference / length,
    ),
    rateClaim(
      'settled-length',
      'growth of lengths of RAAI at 0.9 that biases hold up',
      'raai-with-bias',
      'length',
      () => 1,
    ),
    rateClaim(
      'settled-gap',
      'growth of 1 − c of RAAI at 0.9 once biases hold lengths up, at q of about 11/N: μ of the law, which leaves biases out',
      'raai-with-bias',
      'logGap',
      ({ difference }) => difference,
    ),
    boundaryClaim('rai-length', 'length', 'lengths of RAI diverge from this σ_w² on'),
    boundaryClaim('raai-length', 'length', 'lengths of RAAI diverge from this σ_w² on'),
    boundaryClaim('raai-correlation', 'correlation', 'c = 1 of RAAI loses its stability at this σ_w²'),
  ],
  figures: () => [],
};

export default exactLaw;
