/** What kernels know of a layer: fields that src/thread/memory-map.ts writes, in this order. Addresses are bytes. */

@unmanaged
export class Layer {
  /** K and N: units that enter and leave */
  fanIn: i32;
  fanOut: i32;
  /** Units from one row to the next of `inputs` and `outputs` */
  inputStride: i32;
  outputStride: i32;
  /** From the start of a network's parameters (or of their gradients) */
  weights: usize;
  bias: usize;
  /** s, [rows, inputStride] and φ(h), [rows, outputStride]; the outputs of a layer are the inputs of the next */
  inputs: usize;
  outputs: usize;
  /** φ'(h), [rows, outputStride], where φ is smooth */
  slopes: usize;
  /** Wᵀ, in rows as W is */
  transposed: usize;
  /** Room for columns of `inputs` in groups of twelve, or for lists of terms */
  packed: usize;
  /** As many zeros as the widest layer has units */
  zeros: usize;
  /** Whether inputs may be zero in many places: those of a network, and what leaves ReLUs */
  inputsVanish: i32;
  /** Whether dH may be: where it passed ReLUs */
  gradientsVanish: i32;
  /** A code of ./activation, and the number that goes with it */
  activation: i32;
  parameter: f32;
}
