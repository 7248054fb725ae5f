/**
 * The smallest correlation that two inputs can be given at a place of one network with its weights fixed, by gradient
 * descent on the inputs (`shrinkage2021` fig. 2: what stands there for the minimum in ρ_max).
 *
 * Of signals z_a, z_b with directions u = z/|z|, the gap 1 − c = ½|u_a − u_b|², which no cancellation touches, has the
 * gradient −(u_b − c u_a)/|z_a| at z_a, and with a and b exchanged at z_b. Both are pulled back to the inputs, which stay on
 * the sphere of their mean square: the part of a gradient along its input is dropped, and a step ends with a rescaling. A
 * step that raises the gap is taken and made longer next time; one that does not is made shorter. What is found is a gap
 * that two inputs have, so a lower bound on the largest gap: there may be better optima elsewhere.
 */

import { requireThat } from '../checks.js';
import { fillInputs } from '../inputs.js';
import type { SimulationRequest } from '../request.js';
import { requireFinite } from './finite.js';
import { formNetwork, type FormedNetwork } from './formed-network.js';
import { linearise } from './linearise.js';
import { pullBack } from './products.js';
import { planNetwork } from './request.js';

interface DescentOptions {
  /** Steps tried at most */
  readonly steps: number;
  /** Done when as many taken steps in a row raise the gap by less than this in all, relatively */
  readonly tolerance: number;
}

/** Taken steps over which progress is measured */
const WINDOW = 10;
const FIRST_STEP = 0.1;
const [LONGER, SHORTER] = [1.6, 0.4];
/** Angles below which a step changes nothing that matters */
const SHORTEST = 1e-7;

interface FoundPair {
  /** 1 − c of the pair that the descent began with */
  readonly startGap: number;
  /** 1 − c of the pair that it ended with; never below */
  readonly gap: number;
  /** Steps tried */
  readonly steps: number;
  /** Whether progress had ended; false where steps ran out */
  readonly settled: boolean;
}

interface Evaluated {
  readonly inputs: Float64Array;
  readonly gap: number;
  /** Of the gap by the inputs, along the sphere; [inputSize, 2] */
  gradient(): Float64Array;
}

/** The network up to and with one observed place. */
function upTo({ plan, layers }: FormedNetwork, place: number): FormedNetwork {
  const end = plan.steps.findIndex((step) => step.kind === 'observe' && step.place === place);
  return { plan: { ...plan, steps: plan.steps.slice(0, end + 1) }, layers };
}

/** @returns Σ over rows of entry 2i + first times entry 2i + second */
function product(batch: Float64Array, other: Float64Array, first: 0 | 1, second: 0 | 1): number {
  let sum = 0;
  for (let at = 0; at < batch.length; at += 2) sum += batch[at + first]! * other[at + second]!;
  return sum;
}

/** Gradient of the gap by the signals, [units, 2], whose directions and lengths are given. */
function gapGradient(
  directions: Float64Array,
  lengths: readonly [number, number],
  gap: number,
): Float64Array {
  const gradient = new Float64Array(directions.length);
  for (let at = 0; at < directions.length; at += 2) {
    const [a, b] = [directions[at]!, directions[at + 1]!];
    // u_b − c u_a = (u_b − u_a) + gap u_a
    gradient[at] = (a - b - gap * a) / lengths[0];
    gradient[at + 1] = (b - a - gap * b) / lengths[1];
  }
  return gradient;
}

function evaluate(network: FormedNetwork, place: number, inputs: Float64Array): Evaluated {
  const linear = linearise(network, inputs, 2);
  const last = linear.steps.at(-1);
  const signals = last?.kind === 'observe' ? last.signals : inputs;
  const lengths = [
    Math.sqrt(product(signals, signals, 0, 0)),
    Math.sqrt(product(signals, signals, 1, 1)),
  ] as const;
  const directions = signals.map((entry, at) => entry / lengths[at % 2 === 0 ? 0 : 1]);
  let squares = 0;
  for (let at = 0; at < directions.length; at += 2) squares += (directions[at]! - directions[at + 1]!) ** 2;
  const gap = requireFinite(squares / 2, `in the gap at observed place ${place}`);
  return {
    inputs,
    gap,
    gradient() {
      const gradient = pullBack(linear, place, gapGradient(directions, lengths, gap), 1);
      for (const column of [0, 1] as const) {
        const along = product(gradient, inputs, column, column) / product(inputs, inputs, column, column);
        for (let at = column; at < gradient.length; at += 2) gradient[at]! -= along * inputs[at]!;
      }
      return gradient;
    },
  };
}

/** The inputs moved along the gradient, the faster one by this angle, and brought back to their lengths. */
function moved(inputs: Float64Array, gradient: Float64Array, angle: number): Float64Array {
  const size = (batch: Float64Array, column: 0 | 1): number =>
    Math.sqrt(product(batch, batch, column, column));
  const lengths = [size(inputs, 0), size(inputs, 1)] as const;
  const fastest = Math.max(size(gradient, 0) / lengths[0], size(gradient, 1) / lengths[1]);
  const out = inputs.map((entry, at) => entry + (angle / fastest) * gradient[at]!);
  for (const column of [0, 1] as const) {
    const factor = lengths[column] / size(out, column);
    for (let at = column; at < out.length; at += 2) out[at]! *= factor;
  }
  return out;
}

/**
 * @param inputs a pair to begin with, [inputSize, 2], none of them 0
 * @throws MeanfieldError INVALID_ARGUMENT where signals leave float64 or vanish
 */
function descendFrom(
  formed: FormedNetwork,
  place: number,
  inputs: Float64Array,
  { steps, tolerance }: DescentOptions,
): FoundPair {
  const network = upTo(formed, place);
  let best = evaluate(network, place, inputs);
  let gradient = best.gradient();
  let angle = FIRST_STEP;
  const gaps = [best.gap];
  const found = (tried: number, settled: boolean): FoundPair => ({
    startGap: gaps[0]!,
    gap: best.gap,
    steps: tried,
    settled,
  });
  for (let tried = 0; tried < steps; tried++) {
    const standing = gradient.every((entry) => entry === 0);
    if (standing || angle < SHORTEST) return found(tried, true);
    const next = evaluate(network, place, moved(best.inputs, gradient, angle));
    if (next.gap <= best.gap) {
      angle *= SHORTER;
      continue;
    }
    angle = Math.min(1, angle * LONGER);
    best = next;
    gradient = best.gradient();
    gaps.push(best.gap);
    const before = gaps.at(-1 - WINDOW);
    if (before !== undefined && best.gap - before <= tolerance * best.gap) return found(tried + 1, true);
  }
  return found(steps, false);
}

export interface SmallestCorrelationRequest extends Omit<
  SimulationRequest,
  'inputs' | 'networks' | 'method'
> {
  /** Observed places, counted from 0, each with descents of its own */
  readonly places: readonly number[];
  /** 1 − c of the pairs of inputs that descents begin with, each in [0, 2]; all end at the best one found */
  readonly startGaps: readonly number[];
  /** Mean square of an input's entries; default 1 */
  readonly meanSquare?: number;
  /** Steps of one descent at most; default 500 */
  readonly steps?: number;
  /** Relative growth of the gap over ten taken steps below which a descent is done; default 1e-3 */
  readonly tolerance?: number;
}

/** The widest pair of one place; plain data. */
export interface SmallestCorrelation extends FoundPair {
  readonly place: number;
  /** Descents */
  readonly starts: number;
}

/**
 * The smallest correlation found at every place of network number `network`, which is that of the forward simulation with
 * method 'weights'. Starting pairs draw from `network/<r>/descent/<start>`: the same pairs for every place.
 *
 * Memory: the weights of all layers.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also for more than 4 GiB, before anything is drawn, and when signals outgrow float64
 */
export function smallestCorrelations(
  request: SmallestCorrelationRequest,
  network: number,
): readonly SmallestCorrelation[] {
  const { places, startGaps, meanSquare = 1, steps = 500, tolerance = 1e-3, report } = request;
  const inputs = startGaps.map((gap) => ({ count: 2, meanSquare, pairGaps: [gap] }));
  const plans = inputs.map((each) => planNetwork({ ...request, inputs: each, networks: 1 }, 2));
  const [plan] = plans;
  requireThat(plan !== undefined, 'at least one pair to begin with', startGaps, 'give startGaps');
  const { places: observed, inputSize } = plan!;
  const wrong = places.find((place) => !Number.isInteger(place) || place < 0 || place >= observed);
  requireThat(wrong === undefined, `places from 0 to ${observed - 1}`, wrong, 'choose observed places');
  const stream = request.stream.child('network').child(network);
  const formed = formNetwork(plan!, stream);
  return places.map((place, index) => {
    let best: FoundPair | undefined;
    inputs.forEach((each, start) => {
      const pair = new Float64Array(2 * inputSize);
      fillInputs(pair, inputSize, each, stream.child('descent').child(start));
      const found = descendFrom(formed, place, pair, { steps, tolerance });
      if (best === undefined || found.gap > best.gap) best = found;
    });
    report?.({ label: 'descents', completed: index + 1, total: places.length });
    return { place, starts: inputs.length, ...best! };
  });
}
