/** Signals of M inputs at N units, [N, M], the M signals of one unit side by side; and their lengths. */

export interface Batch {
  /** [units, inputs]; what follows is not part of the batch */
  readonly values: Float64Array;
  readonly units: number;
  /** M */
  readonly inputs: number;
}

/** Sums of squares in this range lost nothing to under- or overflow. */
const [LEAST, MOST] = [1e-200, 1e300];
/** Powers of two that bring the entries of other signals into a range that does not lose anything either */
const [UP, DOWN] = [2 ** 500, 2 ** -600];
/** Signals that are shorter, or no longer finite, have few digits or none left: no direction. */
const SHORTEST = 1e-300;

/** Units that are summed plainly, before their sum is added with a correction for what rounding takes */
const BLOCK = 64;

/**
 * Σ h² of every input, to 2e-16 relative however many units there are, since gaps can be no more accurate than the square
 * of that; Infinity, NaN or 0 where it leaves float64.
 */
export function squaresOf({ values, units, inputs }: Batch): Float64Array {
  const squares = new Float64Array(inputs);
  const lost = new Float64Array(inputs);
  const part = new Float64Array(inputs);
  for (let first = 0, at = 0; first < units; first += BLOCK) {
    part.fill(0);
    const end = Math.min(units, first + BLOCK) * inputs;
    while (at < end) {
      for (let input = 0; input < inputs; input++, at++) {
        const h = values[at]!;
        part[input]! += h * h;
      }
    }
    // Kahan's summation
    for (let input = 0; input < inputs; input++) {
      const before = squares[input]!;
      const next = part[input]! - lost[input]!;
      const after = before + next;
      squares[input] = after;
      lost[input] = after - before - next;
    }
  }
  return squares;
}

function rescaledLength({ values, units, inputs }: Batch, input: number, scale: number): number {
  let squares = 0;
  for (let unit = 0; unit < units; unit++) {
    const h = values[unit * inputs + input]! * scale;
    squares += h * h;
  }
  return Math.sqrt(squares) / scale;
}

/** Euclidean length of every input's signal from `squaresOf`, anew where squares lost digits; 0 where it has no direction. */
export function lengthsOf(batch: Batch, squares: Float64Array): Float64Array {
  return squares.map((sum, input) => {
    if (sum >= LEAST && sum <= MOST) return Math.sqrt(sum);
    const length = rescaledLength(batch, input, sum < 1 ? UP : DOWN);
    return length >= SHORTEST && length < Infinity ? length : 0;
  });
}
