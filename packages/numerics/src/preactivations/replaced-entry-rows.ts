/**
 * Pre-activations of a layer of RAI or RAAI, without its weights: exact at every width.
 *
 * With the constant input 1 as the last of N+1 units, S̃, a unit's entries are w ~ N(0, τ²A), τ² = σ_w²/N and
 * A = I − κJ/(N+1); one of them, at a uniform index k, is replaced by u ~ Beta(a, b) (`singh2021` §3.3): h = g + (u − w_k) s̃_k,
 * g = S̃ᵀw. Write w = τ A^½ η with A^½ = I − cJ/(N+1), c = 1 − 1/√(1+k), and X = A^½ S̃ = Q F with QᵀQ = I. Then g = τ Fᵀζ with
 * ζ = Qᵀη, and given ζ, w_k is normal with
 *
 *   mean τ q̃·ζ,   variance τ² (1 − κ/(N+1) − |q̃|²),   q̃ = row k of A^½Q = (s̃_k − κ s̄)ᵀ F⁺,
 *
 * s̄ the mean of S̃ over its N+1 units. O(N M²) for N units. Draws from the children `units` (M normals a unit), `replaced`
 * (index and u) and `kept` (one normal a unit, for w_k) of the stream.
 */

import type { LayerBatch, RandomStream, ReplacedEntryRows } from '@meanfield/core';

import { requireVariance } from '../arguments/index.js';
import { shrinkageOf } from '../weights/exchangeable-rows.js';
import { kappaOf } from '../weights/kappa.js';
import { batchRoot, type BatchRoot } from './batch-root.js';
import { multiplyByRoot, unitsTogether } from './blocks.js';
import { requireLayerBatch } from './layer-batch.js';
import { shiftToScaled } from './shifted-batch.js';

/** What a layer's units have in common. */
interface Layer {
  readonly batch: LayerBatch;
  readonly root: BatchRoot;
  /** s̄ */
  readonly mean: Float64Array;
  readonly shift: number;
  readonly kappa: number;
  /** τ */
  readonly deviation: number;
  /** Entries of a row, the bias included where it is one */
  readonly entries: number;
}

/** One block of units, [count, …] */
interface Units {
  readonly first: number;
  readonly count: number;
  readonly normals: Float64Array;
  /** k of each unit */
  readonly entries: Uint32Array;
  /** s̃_k of each unit, [count, M] */
  readonly replaced: Float64Array;
  /** s̃_k − κ s̄ of each unit, [count, M] */
  readonly centred: Float64Array;
  /** u of each unit */
  readonly values: Float64Array;
  /** The normal behind w_k */
  readonly kept: Float64Array;
}

/**
 * Overwrites `batch.preActivations`, and `batch.signals` on the way.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for sizes, lengths, the variance, k or the beta law out of range, and signals that
 * are not finite
 */
export function sampleReplacedEntryPreActivations(
  batch: LayerBatch,
  law: ReplacedEntryRows,
  stream: RandomStream,
): void {
  requireLayerBatch(batch);
  const { replacement } = law;
  const layer = prepare(batch, law);
  const [normals, indices, kept] = [stream.child('units'), stream.child('replaced'), stream.child('kept')];
  const { fanOut, inputs } = batch;
  const together = Math.min(fanOut, unitsTogether(inputs));
  const room = {
    normals: new Float64Array(together * inputs),
    replaced: new Float64Array(together * inputs),
    centred: new Float64Array(together * inputs),
    entries: new Uint32Array(together),
    values: new Float64Array(together),
    kept: new Float64Array(together),
  };
  for (let first = 0; first < fanOut; first += together) {
    const units = { ...room, first, count: Math.min(together, fanOut - first) };
    normals.fillNormal(units.normals, 1, 0, units.count * inputs);
    kept.fillNormal(units.kept, 1, 0, units.count);
    for (let unit = 0; unit < units.count; unit++) {
      units.entries[unit] = indices.integer(layer.entries);
      units.values[unit] = indices.beta(replacement.a, replacement.b);
    }
    copySignals(layer, units);
    drawUnits(layer, units);
  }
}

function prepare(batch: LayerBatch, law: ReplacedEntryRows): Layer {
  const { weightVariance, correlationStrength, biasEntry = true } = law;
  const { signals, fanIn, inputs } = batch;
  const shift = shrinkageOf(correlationStrength);
  // The constant input is the further row.
  const constant = biasEntry ? { further: { sum: 1, rows: 1 } } : {};
  const mean = shiftToScaled(signals, { units: fanIn, inputs, shift, factor: 1, ...constant });
  const constantRow = biasEntry ? { extra: mean.map((each) => 1 - shift * each) } : {};
  return {
    batch,
    root: batchRoot({ values: signals, rows: fanIn, columns: inputs, ...constantRow }),
    mean,
    shift,
    kappa: kappaOf(correlationStrength),
    deviation: Math.sqrt(requireVariance(weightVariance, 'σ_w²') / fanIn),
    entries: fanIn + (biasEntry ? 1 : 0),
  };
}

/** s̃_k and s̃_k − κ s̄ of every unit of the block, from what the shift left of s̃ */
function copySignals({ batch, mean, shift, kappa }: Layer, units: Units): void {
  const { inputs, fanIn, signals } = batch;
  const { count, entries, replaced, centred } = units;
  const [back, centre] = [mean.map((each) => shift * each), mean.map((each) => kappa * each)];
  fetchRows(signals, inputs, entries, count);
  for (let unit = 0, at = 0; unit < count; unit++) {
    const from = entries[unit]! * inputs;
    const there = entries[unit]! < fanIn;
    for (let i = 0; i < inputs; i++, at++) {
      const signal = there ? signals[from + i]! + back[i]! : 1;
      replaced[at] = signal;
      centred[at] = signal - centre[i]!;
    }
  }
}

/**
 * Reads each row once, 64 bytes at a time and at its end, in a loop that does nothing else: of rows scattered over a large memory
 * many are then on their way to the cache at once.
 */
function fetchRows(signals: Float64Array, inputs: number, entries: Uint32Array, count: number): number {
  let sum = 0;
  for (let offset = 0; offset < inputs + 7; offset += 8) {
    const within = Math.min(offset, inputs - 1);
    for (let unit = 0; unit < count; unit++) sum += signals[entries[unit]! * inputs + within] ?? 0;
  }
  return sum;
}

function drawUnits({ batch, root, kappa, deviation, entries }: Layer, units: Units): void {
  const { first, count, normals, replaced, centred, values, kept } = units;
  const { inputs, preActivations } = batch;
  const { rank } = root;
  const out = preActivations.subarray(first * inputs, (first + count) * inputs);
  multiplyByRoot(normals, root, out, count, inputs);
  const directions = root.whiten(centred, count);
  const entryVariance = 1 - kappa / entries;
  for (let unit = 0; unit < count; unit++) {
    const [start, direction] = [unit * inputs, unit * rank];
    let along = 0;
    let square = 0;
    for (let r = 0; r < rank; r++) {
      const each = directions[direction + r]!;
      along += each * normals[start + r]!;
      square += each * each;
    }
    const weight = deviation * (along + Math.sqrt(Math.max(0, entryVariance - square)) * kept[unit]!);
    const change = values[unit]! - weight;
    for (let i = start; i < start + inputs; i++) out[i] = deviation * out[i]! + change * replaced[i]!;
  }
}
