/**
 * What depth does to an architecture with normalised signals, before any weight is drawn (`shrinkage2021`).
 *
 * Correlations travel as gap = 1 − ρ. Norms of Jacobians are operator norms between root-mean-square norms, of the last
 * layer's normalised signal by the input.
 */

import type { Activation } from './activation.js';
import type { Acceptance } from './mean-field.js';

/**
 * Layer l of a perceptron: z^l = norm(W φ(z^{l−1})/√N + b), norm to mean square 1 without centring (`shrinkage2021` eq. 2.1).
 * The embedding of the inputs, φ_1(x) = x there, may be left out: without biases it keeps every correlation.
 */
export interface PerceptronLayer {
  readonly activation: Activation;
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
}

/** z^l = norm(z^{l−1} + V φ(norm(U z^{l−1}))/√m), m the branch's width (`shrinkage2021` §3, thm. 2). */
export interface ResidualBlock {
  readonly activation: Activation;
  /** σ_l², variance of an entry of V: of the branch's last weights, already multiplied by fan-in */
  readonly branchVariance: number;
}

/**
 * Layers in the order in which signals pass them; at least one. Layers that share an activation should share the instance:
 * its expectations are then computed once.
 */
export type DeepArchitecture =
  | { readonly kind: 'mlp'; readonly layers: readonly PerceptronLayer[] }
  | { readonly kind: 'resnet'; readonly blocks: readonly ResidualBlock[] };

/** What a design must keep. A bound on depth says that it cannot keep both. */
export interface DepthTargets {
  /** Largest admissible operator norm of the Jacobian, above 0; default 10 */
  readonly jacobianNorm?: number;
  /** Smallest admissible 1 − ρ_max, in (0, 2]; default 0.1 */
  readonly gap?: number;
}

export interface DepthQuestion {
  /** 1 − ρ of the two inputs that differ most, in (0, 2]; default 2: inputs of any correlation */
  readonly inputGap?: number;
  readonly targets?: DepthTargets;
}

/** `shrinkage2021` §2.2: whether P'(1), squared growth of a small difference of signals, is below, at or above 1 */
export type DepthRegime = 'ordered' | 'critical' | 'chaotic';

/**
 * The effects that `shrinkage2021` §3 lists after thm. 1, one of which a design has: its Jacobian explodes, its
 * representations shrink, its layers are near to linear, or it is shallow; for residual networks also that branches are small.
 */
export type DepthMode = 'explosion' | 'shrinkage' | 'near-linear' | 'small-branches' | 'shallow';

/** One layer's share of the bound. */
export interface DepthTerm {
  /** From 1 */
  readonly layer: number;
  /** Name of φ_l */
  readonly activation: string;
  /** ‖φ − φ̄‖², squared error of the best line through φ under N(0, 1) */
  readonly linearisationError: number;
  /** ‖φ'‖², squared */
  readonly derivativeNorm: number;
  /** What the layer adds to the theorem's sum: their ratio; in a residual block σ²‖φ − φ̄‖²/(1 + σ²‖φ'‖²) */
  readonly term: number;
  /** P_l'(1) */
  readonly slope: number;
  readonly regime: DepthRegime;
}

export interface DepthAnalysis {
  readonly architecture: DeepArchitecture['kind'];
  /** L, layers or blocks */
  readonly depth: number;
  /** Where the bound is proved, as in "shrinkage2021 thm. 1" */
  readonly theorem: string;
  /** How the expectations were computed: 'closed form', 'single integral' or 'quadrature' */
  readonly method: string;
  readonly terms: readonly DepthTerm[];
  /** Sum of `term` over layers */
  readonly termSum: number;

  /** 1 − ρ_max, in [0, 2], of an infinitely wide network: ρ_max is the largest over layers of the smallest correlation of inputs there */
  readonly gapMax: number;
  /** ρ_max */
  readonly rhoMax: number;
  /** 1 − ρ̃_l, ρ̃_l = P_l∘…∘P_1(0), of layers 0 … L: entry 0 is 1 */
  readonly gaps: readonly number[];
  /** 1 less the smallest correlation that inputs have at layers 0 … L: entry 0 is the input gap */
  readonly widestGaps: readonly number[];

  /** The theorem's lower bound on the NORM of the Jacobian: (1 − ρ_max) √(termSum/8) */
  readonly jacobianLowerBound: number;
  /** The same, squared */
  readonly squaredJacobianLowerBound: number;
  /**
   * (P_L∘…∘P_1)'(1): growth of the mean square of a small difference in an infinitely wide network, which the bound on the
   * squared norm stays below. Infinity or 0 where float64 does not hold it.
   */
  readonly squaredJacobian: number;
  /** Its natural logarithm, finite where the number itself is not; −Infinity where a layer forgets its input */
  readonly logSquaredJacobian: number;
  /** √squaredJacobian, of its logarithm where float64 does not hold the square */
  readonly jacobian: number;

  /** The theorem read the other way: 1 − ρ_max is at most this where the Jacobian's norm is 1 */
  readonly gapMaxBound: {
    /** √(8/termSum): Infinity for linear layers */
    readonly raw: number;
    /** At most 2, which every 1 − ρ is */
    readonly capped: number;
  };

  /** Of the whole composition, by the geometric mean of P_l'(1) */
  readonly regime: DepthRegime;
  /**
   * 1 − ρ of the attracting fixed point that more such layers lead to; null where layers differ from each other or keep
   * every correlation */
  readonly fixedGap: number | null;
  /** What the design has, judged by the infinitely wide network and the targets; the heaviest first */
  readonly modes: readonly [DepthMode, ...DepthMode[]];

  /** 1 − P_L∘…∘P_1(1 − gap), for a gap in [0, 2] */
  outputGap(gap: number): number;
  /**
   * The least 1 − ρ_L that the accumulated convexity allows at an input gap in [0, 1], from two straight lines
   * (`shrinkage2021` remark 2, fig. 1 in blue): `outputGap` is at least this.
   */
  outputGapBound(gap: number): number;
}

/** An upper limit twice: what the theorem admits, and what an infinitely wide network itself does. Infinity: no limit. */
export interface DepthLimit {
  readonly theorem: number;
  /** null where it was not found in the range that is searched */
  readonly meanField: number | null;
}

export interface DepthAdvice {
  readonly targets: Required<DepthTargets>;
  /** Largest sum of terms that the theorem admits with both targets: 8 jacobianNorm²/gap² */
  readonly admissibleSum: number;
  /** Smallest depth at which this design, its layers repeated in turn, must break a target. */
  readonly breakingDepth: DepthLimit;
  /** Largest mean term of a layer that the theorem admits at this depth; activations nearer to linear have smaller ones */
  readonly admissibleTerm: number;
  /** Of residual networks */
  readonly branchVariance?: {
    /** Largest σ² of every block at this depth */
    readonly constant: DepthLimit;
    /** Largest s for which σ² = s/L is admitted: by the theorem at every depth L, by the network itself at this one */
    readonly timesDepth: DepthLimit;
  };
  /**
   * Of perceptrons: (σ_b/σ_w)² at which P'(1) = 1, by name of activation; null for one that is ordered
   * even without biases
   */
  readonly criticalBiasRatios?: Readonly<Record<string, number | null>>;
  /** What to change, one sentence each, the most effective first; one that says so where nothing need be changed */
  readonly sentences: readonly string[];
}

/** What a plugin of kind `analysis` makes. */
export interface Analysis {
  readonly name: string;
  /** Whether it describes the architecture; the reason completes "… does not apply: ". */
  accepts(architecture: DeepArchitecture): Acceptance;
  /**
   * @throws MeanfieldError UNSUPPORTED where `accepts` says no, INVALID_ARGUMENT for variances, gaps or targets that are none, or
   * for layers whose signals are 0 and cannot be normalised
   */
  analyse(architecture: DeepArchitecture, question?: DepthQuestion): DepthAnalysis;
  /** What to change so that both targets are met. Throws like `analyse`. */
  advise(architecture: DeepArchitecture, question?: DepthQuestion): DepthAdvice;
}
