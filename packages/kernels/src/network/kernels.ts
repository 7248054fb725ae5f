/**
 * NNGP kernels (`lee2018`; covariances of pre-activations or outputs) and neural tangent kernels (`jacot2018`) of
 * infinitely wide dense networks on a batch of inputs, or between two batches.
 *
 * Measured maximum error relative to the largest entry, four dense layers, five inputs (some opposite, some nearly equal), with and
 * without layer normalisation and residual branches, against mpmath: ReLU, leaky ReLU and erf 9e-16, tanh,
 * by series, 1.4e-14.
 */

import { MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';
import { mirrorUpper, type ExpectationMethod } from '@meanfield/numerics';

import { compile, type Stage } from './compile.js';
import { inputGaps, scaleBatch, type InputBatch, type ScaledBatch } from './inputs.js';
import { checkNetwork, type KernelNetwork } from './network.js';
import { BLOCK_PAIRS, BLOCK_SIDE, type PairBlock } from './pair-block.js';

export interface KernelOptions {
  /** Inputs of the columns; default: the inputs of the rows */
  readonly against?: InputBatch;
  readonly report?: ProgressReporter;
}

export interface NetworkKernel {
  readonly rows: number;
  readonly columns: number;
  /** K, the NNGP kernel, row-major [rows, columns] */
  readonly nngp: Float64Array;
  /** 1 − K/√(K_ii K_jj), in which nearly parallel signals keep their digits */
  readonly gaps: Float64Array;
  /** Of the activation furthest from a closed form; 'quadrature' is a Hermite series where φ is smooth */
  readonly method: ExpectationMethod;
}

export interface TangentKernel extends NetworkKernel {
  /** Θ, the neural tangent kernel, row-major [rows, columns] */
  readonly ntk: Float64Array;
}

/**
 * The NNGP kernel of a network.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a network or inputs that `checkNetwork` or the sizes refuse, and for lengths that overflow
 */
export function nngp(network: KernelNetwork, inputs: InputBatch, options: KernelOptions = {}): NetworkKernel {
  const { kernel } = evaluate(network, inputs, options, false);
  return kernel;
}

/** The NTK of a network, every dense layer's weights and biases trained, and its NNGP kernel. Throws as `nngp`. */
export function ntk(network: KernelNetwork, inputs: InputBatch, options: KernelOptions = {}): TangentKernel {
  const { kernel, tangents } = evaluate(network, inputs, options, true);
  return { ...kernel, ntk: tangents };
}

interface Evaluation {
  readonly kernel: NetworkKernel;
  readonly tangents: Float64Array;
}

function evaluate(
  network: KernelNetwork,
  inputs: InputBatch,
  { against, report = silent }: KernelOptions,
  trained: boolean,
): Evaluation {
  checkNetwork(network);
  const rows = scaleBatch(inputs);
  const columns = against === undefined ? rows : scaleBatch(against);
  if (columns.dimension !== rows.dimension) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `inputs of dimension ${rows.dimension} in both batches`,
      found: `dimension ${columns.dimension} in the second`,
      remedy: 'pass inputs of one network',
    });
  }
  const compiled = compile(network, { rows: rows.meanSquares, columns: columns.meanSquares });
  const gaps = inputGaps(rows, columns);
  const tangents = new Float64Array(trained ? gaps.length : 0);
  throughLayers(compiled, rows, columns, { gaps, tangents }, report);
  const values = new Float64Array(gaps.length);
  finish(compiled, rows, columns, gaps, values);
  if (rows === columns)
    for (const matrix of [gaps, values, tangents].slice(0, trained ? 3 : 2)) mirrorUpper(matrix, rows.count);
  const shape = { rows: rows.count, columns: columns.count };
  return { kernel: { ...shape, nngp: values, gaps, method: compiled.method }, tangents };
}

/** What progress is reported under */
const LABEL = 'kernel';

interface PairMatrices {
  readonly gaps: Float64Array;
  readonly tangents: Float64Array;
}

/**
 * Every block through all layers, then the next; of one batch with itself the blocks on and above the diagonal. Blocks are
 * parts of a row, or squares where what is computed for an input serves many pairs.
 */
function throughLayers(
  { steps, method }: Stage,
  rows: ScaledBatch,
  columns: ScaledBatch,
  matrices: PairMatrices,
  report: ProgressReporter,
): void {
  const height = method === 'quadrature' ? BLOCK_SIDE : 1;
  const width = BLOCK_PAIRS / height;
  const gaps = new Float64Array(BLOCK_PAIRS);
  const tangents = new Float64Array(matrices.tangents.length > 0 ? BLOCK_PAIRS : 0);
  for (let rowStart = 0; rowStart < rows.count; rowStart += height) {
    if (rowStart % BLOCK_SIDE === 0) report({ label: LABEL, completed: rowStart, total: rows.count });
    const rowEnd = Math.min(rows.count, rowStart + height);
    let columnStart = rows === columns ? rowStart : 0;
    for (; columnStart < columns.count; columnStart += width) {
      const columnEnd = Math.min(columns.count, columnStart + width);
      const pairs = (rowEnd - rowStart) * (columnEnd - columnStart);
      const block: PairBlock = {
        ...{ rowStart, rowEnd, columnStart, columnEnd },
        gaps: gaps.subarray(0, pairs),
        tangents: tangents.subarray(0, pairs),
      };
      load(block, matrices.gaps, columns.count);
      block.tangents.fill(0);
      for (const step of steps) step(block);
      store(block, block.gaps, matrices.gaps, columns.count);
      if (tangents.length > 0) store(block, block.tangents, matrices.tangents, columns.count);
    }
  }
  report({ label: LABEL, completed: rows.count, total: rows.count });
}

function load(block: PairBlock, matrix: Float64Array, width: number): void {
  let at = 0;
  for (let i = block.rowStart; i < block.rowEnd; i++) {
    for (let j = block.columnStart; j < block.columnEnd; j++) block.gaps[at++] = matrix[i * width + j]!;
  }
}

function store(block: PairBlock, values: Float64Array, matrix: Float64Array, width: number): void {
  let at = 0;
  for (let i = block.rowStart; i < block.rowEnd; i++) {
    for (let j = block.columnStart; j < block.columnEnd; j++) matrix[i * width + j] = values[at++]!;
  }
}

/** K = √(K_ii K_jj) (1 − gap) */
function finish(
  { lengths }: Stage,
  rows: ScaledBatch,
  columns: ScaledBatch,
  gaps: Float64Array,
  values: Float64Array,
): void {
  const left = lengths.rows.map(Math.sqrt);
  const right = lengths.columns.map(Math.sqrt);
  for (let i = 0; i < rows.count; i++) {
    for (let j = rows === columns ? i : 0; j < columns.count; j++) {
      const at = i * columns.count + j;
      values[at] = left[i]! * right[j]! * (1 - gaps[at]!);
    }
  }
}
