export { readNpy, writeNpy } from './npy.js';
export { readNpz, writeNpz, type NpzReadOptions, type NpzWriteOptions } from './npz.js';
export { readSafetensors, writeSafetensors, type SafetensorsFile } from './safetensors.js';
export type { NamedTensors, Tensor, TensorValues } from './tensor.js';
