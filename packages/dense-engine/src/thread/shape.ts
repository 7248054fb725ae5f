/** Where the parameters of a network lie: of each layer the rows of W, then b, which begins where a further row of W would. */

export interface LayerShape {
  readonly fanIn: number;
  readonly fanOut: number;
  /** Where W and b begin, in floats from the start of a network's parameters */
  readonly weights: number;
  readonly bias: number;
  /** Floats from one row of W to the next */
  readonly stride: number;
  /** Floats that Wᵀ takes, which is kept beside W during a batch */
  readonly transposed: number;
}

export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** Floats of all parameters */
  readonly length: number;
}

/**
 * @param strideOf floats from one row to the next of as many columns
 * @param heightOf rows that there is room for, of as many as are needed
 */
export function shapeInRows(
  sizes: readonly number[],
  strideOf: (units: number) => number,
  heightOf: (units: number) => number,
): NetworkShape {
  const layers: LayerShape[] = [];
  let length = 0;
  for (let index = 0; index + 1 < sizes.length; index++) {
    const fanIn = sizes[index]!;
    const fanOut = sizes[index + 1]!;
    const stride = strideOf(fanOut);
    const weights = length;
    const bias = weights + heightOf(fanIn) * stride;
    const transposed = heightOf(fanOut) * strideOf(fanIn);
    layers.push({ fanIn, fanOut, weights, bias, stride, transposed });
    length = bias + stride;
  }
  return { layers, length };
}

const asMany = (units: number): number => units;

/** Without room between rows: how snapshots hold parameters */
export const tightShape = (sizes: readonly number[]): NetworkShape => shapeInRows(sizes, asMany, asMany);
