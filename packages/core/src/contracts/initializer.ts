/** A law of the weights and biases of one dense layer, and its sampler. */

import type { FloatArray, RandomStream } from './random-stream.js';

/**
 * Rows (the incoming weights of a neuron) are independent N(0, (σ_w²/N)(I − κJ/N)), N = fan-in,
 * κ = k/(1+k), J all ones; biases N(0, σ_b²). k = 0 gives independent weights. `singh2021` §3.1.
 * Laws whose entries are independent with mean 0 and finite third moment share these statistics as N → ∞.
 */
export interface GaussianRows {
  readonly law: 'gaussian-rows';
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
  /** k > −1; k > 0 is anti-correlated */
  readonly correlationStrength: number;
  /**
   * 'spherical' for rows that are invariant under rotations and have these second moments without being Gaussian, such as
   * multivariate t: pre-activations are not Gaussian at any width, and only homogeneous φ keep the moments of Gaussian rows
   * (`tsuchida2018` cor. 3). Default 'gaussian'.
   */
  readonly shape?: 'gaussian' | 'spherical';
  /**
   * Of shape 'spherical': E g of the factor g ≥ 0 of each row, E g² = 1, by which it is a Gaussian one. Means of activations
   * have it.
   */
  readonly factorMean?: number;
}

/**
 * The bias is one more weight, on a constant input 1. Each neuron's N+1 entries are
 * N(0, (σ_w²/N)(I − κJ/(N+1))); then one entry, chosen uniformly, is replaced by u ~ Beta(a, b).
 * So biases have variance σ_w²/N. `singh2021` §3.3, `lu2020`.
 */
export interface ReplacedEntryRows {
  readonly law: 'replaced-entry-rows';
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** k > −1; k > 0 is anti-correlated */
  readonly correlationStrength: number;
  readonly replacement: { readonly law: 'beta'; readonly a: number; readonly b: number };
  /** Whether the bias is one of the entries; default true. Where false, rows have N entries (and J/N), and biases are 0. */
  readonly biasEntry?: boolean;
}

/** A law that no theory here describes; simulation and training still work. */
export interface EmpiricalOnly {
  readonly law: 'empirical';
  readonly reason: string;
}

export type WeightStatistics = GaussianRows | ReplacedEntryRows | EmpiricalOnly;

/** Caller-owned arrays of one dense layer, h = Wᵀ s + b. */
export interface DenseLayer {
  readonly fanIn: number;
  readonly fanOut: number;
  /** W, row-major [fanIn, fanOut]: the weights of neuron j are `weights[i * fanOut + j]` */
  readonly weights: FloatArray;
  /** b, [fanOut] */
  readonly bias: FloatArray;
}

/** Signals that enter a dense layer, and room for the pre-activations that leave it. */
export interface LayerBatch {
  readonly fanIn: number;
  readonly fanOut: number;
  /** M, signals propagated together */
  readonly inputs: number;
  /** s, [fanIn, M]: the M signals of one unit side by side. Used up: a sampler may overwrite it. */
  readonly signals: Float64Array;
  /** h, [fanOut, M], overwritten; other memory than `signals` */
  readonly preActivations: Float64Array;
}

export interface Initializer {
  readonly name: string;
  /** The law as theory needs it. Variances, never deviations. */
  statistics(): WeightStatistics;
  /** Overwrites `layer.weights` and `layer.bias`. `stream` names the layer, as in `network/17/layer/3`. */
  sample(layer: DenseLayer, stream: RandomStream): void;
  /**
   * Overwrites `batch.preActivations` with a draw from the law that h = Wᵀ s + b has at exactly this fan-in and fan-out, without
   * forming W: O(fanOut · M²) instead of O(fanIn · fanOut · M). Present where the law allows it. `stream` names the
   * layer; the draw is another one than `sample` and a product give at the same stream, of the same law.
   */
  samplePreActivations?(batch: LayerBatch, stream: RandomStream): void;
}
