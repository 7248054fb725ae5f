/**
 * Correlated weights (`singh2021` §3.1) with tanh, erf and SELU; the source treats ReLU alone.
 *
 * With m(q) = ∫Dz φ(√q z) the law is V(q) = σ_w² (∫Dz φ(√q z)² − κ m(q)²) + σ_b², and κ stands nowhere else.
 * Odd φ: m = 0 at every q, whatever σ_b², so that k changes nothing at infinite width. At width N the mean of a layer's
 * activations has a variance of E[φ²]/N, so that in one layer k does what a factor 1 − κ/N of σ_w² does.
 * SELU: φ(√q z)/√q tends to λ max(z, 0), so that lengths diverge from σ_w² = 2/(λ²(1 − κ/π)) on, while χ₁ = 1 asks for
 * σ_w² = 1/∫Dz φ′(√q z)² at every k and for a σ_b² larger by σ_w² κ m(q)². The normalising fixed point q = 1 of SELU has
 * m = 0: nothing depends on k there, and the lines χ₁ = 1 of all k touch. For k < 0 the line turns back, since its σ_b² falls
 * below 0 for large q; and V comes to its asymptote from below, so that a fixed point of lengths that begin short outlives the
 * boundary.
 */

import { cite, type Claim, type Reproduction } from '@meanfield/core';

import { deepestSignal, predictedSignal, type Signal } from '../phase-readings.js';
import { above, below, crossing, value } from '../readings.js';
import { figures } from './anti-correlated-figures.js';
import {
  boundaryRatio,
  chaoticShareOfTop,
  firstUnitChi,
  independentLine,
  lateGrowth,
  likeNetworks,
  spreadOverStrengths,
  theorySpread,
} from './anti-correlated-readings.js';
import {
  ANTI,
  labelOf,
  LONG,
  NARROW,
  NARROW_CORRELATED,
  NARROW_SCALED,
  NONE,
  ODD_BIAS,
  pairsOfStrength,
  SHORT,
  stepsOf,
  STRENGTHS,
  TOUCHING,
  WIDTH,
} from './anti-correlated-steps.js';
import { meanfield } from './source.js';

/** Networks of width N may be off by so many times 1/N: of 1 − c, and of q and σ_w² relative to them. */
const SHARE = 5;
const PRECISION = SHARE / WIDTH.quick;
const WIDE = `infinite width; width N may be off by ${SHARE}/1024`;
const EXACT = 1e-9;

const oddLine = (activation: string): Claim => ({
  id: `${activation}-line`,
  by: 'theory',
  statement: `networks of ${activation} with k = 100 have their line χ₁ = 1 where those with independent weights have it, σ_b² = ${ODD_BIAS}`,
  where: `close pairs; ${WIDE}, relative to σ_w²`,
  expected: independentLine('odd-lines', activation, ODD_BIAS, PRECISION),
  obtain: crossing(`${activation}-pairs`, 'difference'),
});

const WORDS: Readonly<Record<Signal, string>> = { q: 'q', gap: '1 − c' };

/** A signal of networks with k = 100, against theory of those called `against`. */
const deep = (step: string, signal: Signal, statement: string, [label, against] = [ANTI, NONE]): Claim => ({
  id: `${step}-${label === ANTI ? '' : `${label}-`}${signal}`,
  by: 'theory',
  statement: `${statement}: ${WORDS[signal]} of the deepest layer`,
  where: `${WIDE}${signal === 'q' ? ', relative to q' : ''}`,
  expected: predictedSignal(step, against, signal, PRECISION),
  obtain: deepestSignal(step, label, signal),
});

const seluLine = (k: number): Claim => ({
  id: `${pairsOfStrength(k)}-line`,
  by: 'theory',
  statement: `close pairs of signals of SELU networks part from this σ_w² on, σ_b² = 0.5, ${labelOf(k).replaceAll('$', '')}`,
  where: `χ₁ = 1 between points of theory; ${WIDE}, relative to σ_w²`,
  expected: firstUnitChi('selu-fixed-points', k, PRECISION),
  obtain: crossing(pairsOfStrength(k), 'difference'),
});

const claims: readonly Claim[] = [
  {
    id: 'odd-lines',
    by: 'theory',
    statement: 'k does not move the lines χ₁ = 1 of tanh and erf, with bias or without: distance in σ_w²',
    where:
      'odd activations have a mean of 0 in every layer; boundaries at three strengths and ten σ_b², ± 10⁻⁹',
    expected: value(0, EXACT),
    obtain: spreadOverStrengths('odd-lines', 'correlation'),
  },
  ...['tanh', 'erf'].flatMap((activation) => [
    oddLine(activation),
    ...(['q', 'gap'] as const).map((signal) =>
      deep(
        activation,
        signal,
        `k = 100 changes nothing in chaotic ${activation} networks, (σ_w², σ_b²) = (3, ${ODD_BIAS})`,
      ),
    ),
  ]),
  {
    id: 'narrow',
    by: 'theory',
    statement: `at width N = ${NARROW.width}, k = ${NARROW.k} does to q of tanh what a factor 1 − κ/N of σ_w² does`,
    where: 'networks with that factor and independent weights, ± three of their standard errors',
    expected: likeNetworks('narrow', NARROW_SCALED),
    obtain: deepestSignal('narrow', NARROW_CORRELATED, 'q'),
  },
  {
    id: 'selu-length',
    by: 'theory',
    statement: 'k = 100 moves the boundary of lengths of SELU by the factor that it has for ReLU',
    where: '1/(1 − κ/π) of `singh2021` eq. 3.3; traced boundaries, ± 10⁻⁹',
    expected: value(1 / (1 - 100 / 101 / Math.PI), EXACT),
    obtain: boundaryRatio('selu-length', 'length', 100, 0),
  },
  {
    id: 'selu-touching',
    by: 'theory',
    statement: 'the lines χ₁ = 1 of SELU at all k touch where q* = 1: distance in σ_w²',
    where: `roots at three strengths at σ_b² = ${TOUCHING.biasVariance.toFixed(5)}, ± 10⁻⁹`,
    expected: value(0, EXACT),
    obtain: spreadOverStrengths('selu-touching', 'correlation'),
  },
  {
    id: 'selu-normalised',
    by: 'theory',
    statement:
      'χ₁ of SELU at its own point (σ_w², σ_b²) = (1, 0), where q* = 1, does not depend on k: distance',
    where: 'theory at three strengths, ± 10⁻⁹',
    expected: value(0, EXACT),
    obtain: theorySpread('selu-normalised', 'chi1'),
  },
  ...(['q', 'gap'] as const).map((signal) =>
    deep('selu-own', signal, 'nor do SELU networks there: k = 100 against theory of k = 0'),
  ),
  ...STRENGTHS.map(seluLine),
  ...(['q', 'gap'] as const).map((signal) =>
    deep(
      'selu-bounded',
      signal,
      'SELU at σ_w² = 2 is bounded and chaotic with k = 100, where k = 0 diverges',
      [ANTI, ANTI],
    ),
  ),
  {
    id: 'selu-high-bias-anti',
    by: 'theory',
    statement:
      'with k = 100 much of the bounded phase of SELU is chaotic at high bias too: share of the bounded σ_w² at σ_b² = 1',
    where: 'phase diagram; above 0.3, as χ₁ = 1 stays below 2/λ² = 1.81 and lengths are bounded to 2.65',
    expected: above(0.3),
    obtain: chaoticShareOfTop('selu-plane', ANTI),
  },
  {
    id: 'selu-high-bias-positive',
    by: 'theory',
    statement: 'with k = −0.5 there is no chaos among the bounded at high bias: share at σ_b² = 1',
    where: 'phase diagram; not above 0',
    expected: below(0),
    obtain: chaoticShareOfTop('selu-plane', labelOf(-0.5)),
  },
  deep(
    'selu-beyond',
    'q',
    'SELU with k = −0.5 stays bounded beyond its boundary 1.374, at σ_w² = 1.4, for lengths that begin at 1',
    [SHORT, SHORT],
  ),
  {
    id: 'selu-beyond-long',
    by: 'theory',
    statement: 'and diverges for lengths that begin at 10⁵: q of layer 64 over q of layer 32',
    where: 'above 1',
    expected: above(1),
    obtain: lateGrowth('selu-beyond', LONG),
  },
];

const antiCorrelated: Reproduction = {
  id: 'meanfield/anti-correlated',
  title: 'Correlated weights with tanh, erf and SELU',
  source: cite(meanfield),
  cost: { quick: '45 s of CPU time, N = 1024', full: 'about 10 min of CPU time, N = 4096' },
  steps: stepsOf,
  claims,
  figures,
};

export default antiCorrelated;
