/** What measurement keeps of a sampled matrix: a few sums over each neuron's incoming weights. */

export interface NeuronSums {
  /** N, weights of a neuron */
  readonly fanIn: number;
  /** Σ w, Σ w², Σ w³, Σ w⁴ of each neuron; of all samples, one after the other */
  readonly powers: readonly [Float64Array, Float64Array, Float64Array, Float64Array];
  /** The neuron's weight of largest magnitude, with its sign */
  readonly largest: Float64Array;
}

/** Room for `neurons` neurons */
export function neuronSums(fanIn: number, neurons: number): NeuronSums {
  const room = (): Float64Array => new Float64Array(neurons);
  return { fanIn, powers: [room(), room(), room(), room()], largest: room() };
}

/** Adds a matrix [fanIn, fanOut], row-major, whose neurons are numbered from `first`. */
export function addMatrix(sums: NeuronSums, matrix: Float32Array, first: number): void {
  const fanOut = matrix.length / sums.fanIn;
  const [p1, p2, p3, p4] = sums.powers;
  const { largest } = sums;
  for (let i = 0, entry = 0; i < sums.fanIn; i++) {
    for (let neuron = first; neuron < first + fanOut; neuron++, entry++) {
      const w = matrix[entry]!;
      const square = w * w;
      p1[neuron]! += w;
      p2[neuron]! += square;
      p3[neuron]! += square * w;
      p4[neuron]! += square * square;
      if (Math.abs(w) > Math.abs(largest[neuron]!)) largest[neuron] = w;
    }
  }
}
