/** Backward gradients of finite networks by layer, beside theory. */

import {
  cite,
  definePlugin,
  schoenholz2017,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  simulateNetworkGradients,
  summariseGradients,
  type GradientObservation,
} from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { withBranch } from './architecture.js';
import { predictedGradients } from './prediction-back.js';
import {
  checkArchitecture,
  requestOf,
  SIMULATION_DOCS,
  simulationOptions,
  theoryFor,
} from './simulation-options.js';

const gradients: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'gradients',
  package: PACKAGE,
  version: VERSION,
  summary: 'mean squares of backward gradients at the pre-activations of every layer, beside theory',
  options: z.strictObject(simulationOptions).superRefine(checkArchitecture).transform(withBranch),
  optionDocs: SIMULATION_DOCS,
  references: [cite(schoenholz2017, '§4')],
  create(parsed, context) {
    // Both layers of a block are measured, of which theory follows the outcome alone.
    const theory =
      parsed.architecture === 'resnet'
        ? 'theory of architecture resnet is of blocks, and these are gradients of the layers in them'
        : theoryFor(parsed, context);
    const { inputs, depth, networks } = parsed;
    const request = requestOf(parsed, context);
    // Whatever is wrong with the request is known before any work starts: no network, nothing drawn.
    simulateNetworkGradients({ ...request, stream: createStream(0) }, 0, 0);
    return {
      name: 'gradients',
      parts: networks,
      runPart(index, { stream, report }) {
        // The networks of the experiment propagation by method weights
        const whole = { ...request, stream: stream.child('propagation'), report };
        return Promise.resolve(simulateNetworkGradients(whole, index, index + 1)[0] as unknown as Json);
      },
      combine(parts) {
        const found = summariseGradients(parts as unknown as readonly GradientObservation[]);
        const layers = found.layers as unknown as readonly JsonObject[];
        const predicted = predictedGradients(theory, inputs.meanSquare, depth);
        return { result: { method: found.method, layers, ...predicted } };
      },
    };
  },
});

export default gradients;
