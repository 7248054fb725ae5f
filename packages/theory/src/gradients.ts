/**
 * Gradients by layer: the backward pass through an infinitely wide network (`yarotsky`, error backpropagation;
 * `schoenholz2017` §4). For one signal, with δ^l = ∂L/∂h^l the error at layer l's pre-activations, N_l its width and
 * δ^L given at the last layer, independent of the weights:
 *
 *   E ‖δ^l‖²          = χ₁(q^l) E ‖δ^{l+1}‖²,   χ₁(q) = σ_w² E φ'(√q z)²
 *   E ‖∂L/∂b^l‖²      = E ‖δ^l‖²
 *   E ‖∂L/∂W^l‖²_F    = E ‖δ^l‖² · N_{l−1} E (s^{l−1})²
 *
 * Norms are sums over a layer's units, in which widths cancel: a weight has variance σ_w²/N_l, and N_l units receive
 * it. Per unit, E (δ_i^l)² takes the factor N_{l+1}/N_l besides. Rows may be correlated: δ^{l+1} meets one weight of
 * each row, so κ changes this only by O(1/N), beside changing q^l.
 *
 * Exact for Gaussian rows as all widths go to infinity. Against backpropagation through networks of width about 160
 * (test/gradients.test.ts) it holds within standard errors of 1 to 8 %.
 */

import { MeanfieldError, show, type MeanFieldMap } from '@meanfield/core';

import { deepLayer } from './deep-layer.js';
import { equalLengths, nextGap, SLOPE_TOLERANCE } from './probes.js';
import { requireDepth, requireLength } from './trajectory.js';

/** One layer's gradients; squares are sums over units or weights, relative to E ‖δ‖² of the last layer. */
export interface LayerGradients {
  /** Mean square of pre-activations */
  readonly q: number;
  /** χ₁ at this layer's own length: what a step back from the next layer multiplies ‖δ‖² by */
  readonly chi1: number;
  /** E ‖δ^l‖², which is E ‖∂L/∂b^l‖² too; 1 at the last layer */
  readonly biases: number;
  /** E ‖∂L/∂W^l‖²_F; null for the weights of entry 0 unless the input's mean square was given */
  readonly weights: number | null;
}

export interface Gradients {
  /** Entry l for layer l; entry 0 is the layer of the start */
  readonly layers: readonly LayerGradients[];
  /** χ₁ of deep layers: the factor per layer that gradients settle to on their way back */
  readonly chi1: number;
  /**
   * ξ_∇ = −1/ln χ₁ in layers, with its sign: gradients shrink by e in ξ_∇ layers on their way back where it is
   * positive, and grow where it is negative; Infinity where χ₁ = 1 within 1e-12
   */
  readonly xiGradient: number;
}

export interface GradientOptions {
  /** Units of the input and of layers 0 … depth, depth + 2 numbers; default 1 each, so that results are per unit of fan-in */
  readonly widths?: readonly number[];
  /** Mean square of the input that feeds layer 0 */
  readonly inputMeanSquare?: number;
}

function invalid(expected: string, found: unknown, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found: show(found), remedy });
}

function requireOptions({ widths, inputMeanSquare }: GradientOptions, depth: number): void {
  if (widths !== undefined) {
    const whole = widths.every((width) => Number.isSafeInteger(width) && width >= 1);
    if (!whole || widths.length !== depth + 2) {
      const expected = `${depth + 2} widths, whole numbers from 1, of the input and layers 0 to ${depth}`;
      throw invalid(expected, widths, 'give one for each, or leave the widths out');
    }
  }
  if (inputMeanSquare !== undefined) requireLength(inputMeanSquare, 'mean square of the input');
}

/** χ₁ is one network's, and known at any length, only for such maps. */
function requireOneNetwork(map: MeanFieldMap): void {
  const problem =
    map.stateKind === 'law'
      ? 'a map of laws'
      : nextGap(map, 1, 0) > 0
        ? 'a map of two networks that differ, or of noisy ones'
        : undefined;
  if (problem === undefined) return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'the map of one network, whose state is a pair of moments, to follow gradients with',
    found: problem,
    remedy: 'take an initializer such as he or aci, and the model gaussian that describes it',
  });
}

/** a·b with 0·∞ = 0 */
const scaled = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

interface ForwardLayer {
  readonly q: number;
  readonly chi1: number;
  /** E s², what it hands on */
  readonly meanSquare: number;
}

function forward(map: MeanFieldMap, q: number, depth: number): readonly ForwardLayer[] {
  let state = map.start(equalLengths(q, 0));
  const here = (): ForwardLayer => ({
    q: map.observe(state).q1,
    chi1: map.linearise(state).chi1,
    meanSquare: map.activity(state).meanSquare,
  });
  const layers = [here()];
  while (layers.length <= depth) {
    state = map.step(state);
    const last = layers[layers.length - 1]!;
    // Moments are the state: from a length that repeats nothing changes.
    if (map.observe(state).q1 === last.q) {
      return [...layers, ...Array.from({ length: depth + 1 - layers.length }, () => last)];
    }
    layers.push(here());
  }
  return layers;
}

/** −1/ln χ₁ with its sign */
function signedScale(chi1: number): number {
  if (Math.abs(chi1 - 1) <= SLOPE_TOLERANCE) return Infinity;
  const scale = -1 / Math.log(chi1);
  return scale === 0 ? 0 : scale;
}

/**
 * Expected squared gradients in layers 0 … depth of a network, relative to E ‖δ‖² at layer `depth`. Numbers that leave
 * float64 are 0 or Infinity.
 *
 * @param q mean square of layer 0's pre-activations, as entry 0 of a trajectory
 * @throws MeanfieldError INVALID_ARGUMENT; UNSUPPORTED for a map of laws, of two networks or of noisy ones
 */
export function gradients(
  map: MeanFieldMap,
  q: number,
  depth: number,
  options: GradientOptions = {},
): Gradients {
  requireLength(q, 'length q');
  requireDepth(depth);
  requireOptions(options, depth);
  requireOneNetwork(map);
  const { widths, inputMeanSquare } = options;
  const layers = forward(map, q, depth);
  const meanSquareBelow = (layer: number): number | undefined =>
    layer === 0 ? inputMeanSquare : layers[layer - 1]?.meanSquare;
  const found: LayerGradients[] = [];
  let biases = 1;
  for (let layer = depth; layer >= 0; layer--) {
    const { q: length, chi1 } = layers[layer]!;
    if (layer < depth) biases = scaled(biases, chi1);
    const below = meanSquareBelow(layer);
    const weights = below === undefined ? null : scaled(biases, below) * (widths?.[layer] ?? 1);
    found.push({ q: length, chi1, biases, weights });
  }
  const { chi1 } = deepLayer(map).linearisation;
  return { layers: found.reverse(), chi1, xiGradient: signedScale(chi1) };
}
