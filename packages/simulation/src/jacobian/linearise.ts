/**
 * A network to first order at given inputs: the forward pass, keeping of each step what its derivative needs.
 *
 * Derivatives of a step h ↦ h', exact in float64:
 *   dense         dh' = Wᵀ dh
 *   activation    dh' = φ'(h) ∘ dh, at a kink as the activation says
 *   layer norm    h' = h/r, r = √(|h|²/N + ε):  dh' = (dh − h' (h'·dh)/N)/r
 *   residual      dh' = dh + d branch(h)
 */

import { MeanfieldError } from '@meanfield/core';

import { lengthsOf } from '../batch.js';
import { addBias, addSignals, applyActivation, applyLayerNorm } from '../elementwise.js';
import type { DenseStep, Step } from '../plan.js';
import { denseForward } from './dense-products.js';
import { requireFinite, squaresOfColumns } from './finite.js';
import type { FormedLayer, FormedNetwork } from './formed-network.js';

interface LinearDense {
  readonly kind: 'dense';
  readonly layer: number;
  readonly weights: Float64Array;
  readonly fanIn: number;
  readonly fanOut: number;
  /** s, [fanIn, M] */
  readonly inputs: Float64Array;
}

export interface LinearActivation {
  readonly kind: 'activation';
  /** φ'(h), [units, M] */
  readonly slopes: Float64Array;
}

export interface LinearLayerNorm {
  readonly kind: 'layerNorm';
  readonly units: number;
  /** h', [units, M] */
  readonly normalised: Float64Array;
  /** 1/r, [M]; 0 where the signal is 0 and ε too */
  readonly inverses: Float64Array;
}

interface LinearPlace {
  readonly kind: 'observe';
  readonly place: number;
  readonly units: number;
  /** [units, M] */
  readonly signals: Float64Array;
}

/** Signals are neuron-major: M points, one of each input, side by side in [units, M]. */
type LinearStep =
  | LinearDense
  | LinearActivation
  | LinearLayerNorm
  /** A residual branch begins, and ends: as in the plan */
  | { readonly kind: 'keep' }
  | { readonly kind: 'add' }
  | LinearPlace;

export interface Linearisation {
  readonly inputSize: number;
  /** M */
  readonly points: number;
  readonly steps: readonly LinearStep[];
}

/**
 * The derivative of the network at the M inputs in the columns of `inputs`, [inputSize, M].
 *
 * Where layer normalisation without ε meets a signal that is 0 its derivative is taken to be 0, which is exact where dead
 * units keep the signal at 0 around the input.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when signals leave float64, and for an input of 0 that reaches such a
 * normalisation as 0, where no derivative exists
 */
export function linearise(network: FormedNetwork, inputs: Float64Array, points: number): Linearisation {
  const { plan, layers } = network;
  const pass = new ForwardPass(inputs, points, layers);
  const steps = plan.steps.map((step) => pass.step(step));
  return { inputSize: plan.inputSize, points, steps };
}

class ForwardPass {
  private readonly inputs: Float64Array;
  private readonly points: number;
  private readonly layers: ReadonlyMap<number, FormedLayer>;
  private readonly kept: Float64Array[] = [];
  /** Never written to: every step that changes signals makes new ones. */
  private signals: Float64Array;

  constructor(inputs: Float64Array, points: number, layers: ReadonlyMap<number, FormedLayer>) {
    this.inputs = inputs;
    this.points = points;
    this.layers = layers;
    this.signals = inputs;
  }

  step(step: Step): LinearStep {
    switch (step.kind) {
      case 'dense':
        return this.dense(step);
      case 'activation': {
        const { activation } = step;
        const slopes = this.signals.map((h) => activation.derivative(h));
        this.signals = this.signals.slice();
        applyActivation(activation, this.signals);
        return { kind: 'activation', slopes };
      }
      case 'layerNorm':
        return this.layerNorm(step.epsilon, step.units);
      case 'keep':
        this.kept.push(this.signals);
        return { kind: 'keep' };
      case 'add':
        this.signals = this.signals.slice();
        addSignals(this.signals, this.kept.pop()!);
        return { kind: 'add' };
      case 'observe':
        return { ...step, signals: this.signals };
    }
  }

  private dense({ layer, fanIn, fanOut }: DenseStep): LinearStep {
    const { points } = this;
    const { weights, bias } = this.layers.get(layer)!;
    const inputs = this.signals;
    const values = denseForward({ weights, fanIn, fanOut }, inputs, points);
    addBias({ values, units: fanOut, inputs: points }, bias);
    const squares = squaresOfColumns(values, points);
    squares.forEach((square) => requireFinite(square / fanOut, `in signals of layer ${layer}`));
    this.signals = values;
    return { kind: 'dense', layer, weights, fanIn, fanOut, inputs };
  }

  private layerNorm(epsilon: number, units: number): LinearStep {
    const batch = { values: this.signals.slice(), units, inputs: this.points };
    const inverses = lengthsOf(batch, squaresOfColumns(batch.values, this.points)).map((length, point) => {
      const rms = Math.hypot(length / Math.sqrt(units), Math.sqrt(epsilon));
      if (rms === 0) this.requireInput(point);
      return rms === 0 ? 0 : 1 / rms;
    });
    applyLayerNorm(batch, epsilon);
    this.signals = batch.values;
    return { kind: 'layerNorm', normalised: batch.values, inverses, units };
  }

  /** @throws MeanfieldError for an input of 0 */
  private requireInput(point: number): void {
    for (let index = point; index < this.inputs.length; index += this.points)
      if (this.inputs[index] !== 0) return;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'an input at which layer normalisation has a derivative',
      found: 'an input of 0, which it meets as 0',
      remedy: 'choose another input, an epsilon, or biases',
    });
  }
}
