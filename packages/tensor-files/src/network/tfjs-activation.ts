/**
 * The name under which tfjs-layers has an activation function.
 *
 * It is found by the function's values, not by its name here: so ELU with another α than tfjs-layers' is not taken
 * for it, SiLU is found to be `swish`, and so is anything a plugin defines that equals one of them. GELU by tanh is missing: tfjs-layers
 * 4.22 has it as `gelu_new`, but looks for `geluNew` when it loads a model.
 */

import { MeanfieldError, type Activation } from '@meanfield/core';

/** Where functions are compared. */
const POINTS = [-20, -3, -1, -0.25, 0.5, 2, 20];
const TOLERANCE = 1e-12;

/** Values at `POINTS`, from mpmath at 40 digits. */
const VALUES: Readonly<Record<string, readonly number[]>> = {
  relu: [0, 0, 0, 0, 0.5, 2, 20],
  linear: [-20, -3, -1, -0.25, 0.5, 2, 20],
  tanh: [
    -1, -0.9950547536867305, -0.7615941559557649, -0.24491866240370913, 0.46211715726000974,
    0.9640275800758169, 1,
  ],
  sigmoid: [
    2.0611536181902037e-9, 0.04742587317756678, 0.2689414213699951, 0.4378234991142019, 0.6224593312018546,
    0.8807970779778824, 0.9999999979388464,
  ],
  softplus: [
    2.061153620314381e-9, 0.04858735157374206, 0.3132616875182228, 0.5759394198788436, 0.9740769841801067,
    2.1269280110429727, 20.000000002061153,
  ],
  elu: [-0.9999999979388464, -0.950212931632136, -0.6321205588285577, -0.22119921692859512, 0.5, 2, 20],
  selu: [
    -1.758099337223664, -1.670568728767112, -1.1113307378125628, -0.38889019747811904, 0.5253504936777402,
    2.101401974710961, 21.01401974710961,
  ],
  swish: [
    -4.122307236380407e-8, -0.14227761953270035, -0.2689414213699951, -0.10945587477855047,
    0.3112296656009273, 1.7615941559557649, 19.99999995877693,
  ],
  gelu: [
    -5.507248237212468e-88, -0.0040496940948902835, -0.15865525393145705, -0.10032341857926907,
    0.34573123063700656, 1.9544997361036416, 20,
  ],
};

/** @throws MeanfieldError UNSUPPORTED where tfjs-layers has no such function */
export function tfjsActivationName(activation: Activation): string {
  const found = POINTS.map((x) => activation.phi(x));
  const matches = (values: readonly number[]): boolean =>
    values.every((value, at) => Math.abs(found[at]! - value) <= TOLERANCE * (1 + Math.abs(value)));
  const known = Object.keys(VALUES).find((candidate) => matches(VALUES[candidate]!));
  if (known !== undefined) return known;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `an activation that tfjs-layers has (${Object.keys(VALUES).join(', ')})`,
    found: `${activation.name}, which takes other values`,
    remedy: 'write the network as safetensors or npz instead',
  });
}
