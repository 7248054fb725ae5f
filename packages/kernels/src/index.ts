export type { InputBatch } from './network/inputs.js';
export { nngp, ntk, type KernelOptions, type NetworkKernel, type TangentKernel } from './network/kernels.js';
export {
  checkNetwork,
  perceptron,
  type DenseVariances,
  type KernelLayer,
  type KernelNetwork,
  type PerceptronOptions,
} from './network/network.js';
export { coordinateConcentration } from './concentration.js';
export { normalisedKernels, type NormalisedKernels, type NormalisedOptions } from './normalised-kernels.js';
export { normPreservingScale, type PreservingLaw } from './weight-laws.js';
export { parseNetwork, type ActivationSource } from './network/parse-network.js';
