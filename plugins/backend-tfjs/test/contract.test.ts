import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import hardTanh from '@meanfield/activation-hard-tanh';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import sin from '@meanfield/activation-sin';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import type { Activation } from '@meanfield/core';
import { describeBackend } from '@meanfield/testing';

import tfjs from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
const activations: readonly [Activation, ...Activation[]] = [
  relu.create(),
  tanh.create(),
  ...[elu, erf, gelu, hardTanh, leakyRelu, linear, selu, sigmoid, silu, sin, softplus].map((each) =>
    each.create(),
  ),
];
for (const engine of ['wasm', 'cpu']) {
  describeBackend(tfjs, { packageFile, options: { engine }, activations });
}
