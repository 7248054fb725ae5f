/** The NNGP kernel of a deep ReLU network as it is written on paper: triple loop, textbook formula, pair by pair. */

/** K of [dense, ReLU] × depth, dense, without biases, for inputs [count, dimension] */
export function nngpNaively(
  inputs: Float64Array,
  { count, depth, weightVariance }: { count: number; depth: number; weightVariance: number },
): Float64Array {
  const dimension = inputs.length / count;
  let kernel = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += inputs[i * dimension + k]! * inputs[j * dimension + k]!;
      kernel[i * count + j] = (weightVariance * sum) / dimension;
    }
  }
  for (let layer = 0; layer < depth; layer++) {
    const next = new Float64Array(count * count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) {
        const length = Math.sqrt(kernel[i * count + i]! * kernel[j * count + j]!);
        const cosine = Math.max(-1, Math.min(1, kernel[i * count + j]! / length));
        const angle = Math.acos(cosine);
        const product = (Math.sin(angle) + (Math.PI - angle) * cosine) / (2 * Math.PI);
        next[i * count + j] = weightVariance * length * product;
      }
    }
    kernel = next;
  }
  return kernel;
}
