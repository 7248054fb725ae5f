import type { TensorOps } from '@meanfield/core';
import { describeActivation } from '@meanfield/testing';

import custom, { type CustomFunctions } from '../src/index.js';

/** |x| + 0.3x, everything about it given */
const options: CustomFunctions = {
  phi: (x) => Math.abs(x) + 0.3 * x,
  derivative: (x) => Math.sign(x) + 0.3,
  kinks: [0],
  homogeneous: true,
  closedForms: { mean: (q) => Math.sqrt((2 * q) / Math.PI), meanSquare: (q) => 1.09 * q },
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.add(ops.abs(x), ops.scale(x, 0.3)),
};

describeActivation(custom, { packageFile: new URL('../package.json', import.meta.url), options });
