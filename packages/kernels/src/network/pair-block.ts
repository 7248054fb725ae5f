/**
 * A block of pairs of inputs, small enough to stay in the first-level cache while it goes through all layers.
 *
 * What is carried for each pair is the gap 1 − c of its two signals and, for the NTK, the tangent kernel. Lengths
 * belong to inputs and are known beforehand.
 */

/** Inputs a side of square blocks, in which what is computed for an input serves 16 pairs. */
export const BLOCK_SIDE = 16;
/** Pairs of a block, square or of one row */
export const BLOCK_PAIRS: number = BLOCK_SIDE * BLOCK_SIDE;

export interface PairBlock {
  readonly rowStart: number;
  readonly rowEnd: number;
  readonly columnStart: number;
  readonly columnEnd: number;
  /** Row-major, the block's rows one behind another without space between */
  readonly gaps: Float64Array;
  /** Θ of the pairs, in the same order; empty when not asked for */
  readonly tangents: Float64Array;
}

/** One layer, or a part of one, done to the pairs of a block in place */
export type PairStep = (block: PairBlock) => void;

/** A number for every input of the rows and of the columns; the same array twice for one batch */
export interface PerInput {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

/** `f` of every input's number */
export function mapInputs(inputs: PerInput, f: (value: number) => number): PerInput {
  const rows = inputs.rows.map(f);
  return { rows, columns: inputs.columns === inputs.rows ? rows : inputs.columns.map(f) };
}

/** `f` of two numbers of every input */
export function combineInputs(a: PerInput, b: PerInput, f: (x: number, y: number) => number): PerInput {
  const rows = a.rows.map((x, i) => f(x, b.rows[i]!));
  const columns = a.columns === a.rows ? rows : a.columns.map((x, i) => f(x, b.columns[i]!));
  return { rows, columns };
}
