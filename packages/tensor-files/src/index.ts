export { readCsv, type CsvReadOptions } from './csv.js';
export { networkTensors, type DenseNetwork } from './network/network.js';
export { writeNetwork, type NetworkFiles, type NetworkFormat } from './network/network-files.js';
export { tfjsActivationName } from './network/tfjs-activation.js';
export { writeTfjsModel, type TfjsModelFiles } from './network/tfjs-model.js';
export { readNpy, writeNpy } from './npy.js';
export { readNpz, writeNpz, type NpzReadOptions, type NpzWriteOptions } from './npz.js';
export { readSafetensors, writeSafetensors, type SafetensorsFile } from './safetensors.js';
export type { NamedTensors, Tensor, TensorValues } from './tensor.js';
