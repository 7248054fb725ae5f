/** Input-output Jacobians of finite networks by layer, beside their mean square norms in theory. */

import {
  cite,
  definePlugin,
  pennington2017,
  schoenholz2017,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  simulateNetworkJacobians,
  summariseJacobians,
  type JacobianObservation,
  type JacobianRequest,
} from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { withBranch } from './architecture.js';
import { predictedJacobians } from './prediction-back.js';
import {
  checkArchitecture,
  requestOf,
  SIMULATION_DOCS,
  simulationOptions,
  theoryFor,
} from './simulation-options.js';

const options = z
  .strictObject({
    ...simulationOptions,
    singularValues: z.int().min(0).default(1),
    spectrum: z.boolean().default(false),
    probes: z.int().positive().optional(),
  })
  .superRefine(checkArchitecture)
  .transform(withBranch);

const jacobian: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'jacobian',
  package: PACKAGE,
  version: VERSION,
  summary: 'mean square norm and singular values of Jacobians of signals with respect to the input, by layer',
  options,
  optionDocs: {
    ...SIMULATION_DOCS,
    singularValues: 'largest singular values of every Jacobian, default 1',
    spectrum: 'all singular values, of Jacobians of at most 1024 rows or columns, default false',
    probes:
      'random directions that mean square norms are from; default exact norms for inputs of up to 512 entries, 16 directions for others',
  },
  references: [cite(schoenholz2017, '§4'), cite(pennington2017, '§2.2')],
  create(parsed, context) {
    const theory = theoryFor(parsed, context);
    const { singularValues, spectrum, probes, inputs, networks } = parsed;
    const asked = { singularValues, spectrum, ...(probes === undefined ? {} : { probes }) };
    const request: Omit<JacobianRequest, 'stream'> = { ...requestOf(parsed, context), ...asked };
    // Whatever is wrong with the request is known before any work starts: no network, nothing drawn.
    simulateNetworkJacobians({ ...request, stream: createStream(0) }, 0, 0);
    return {
      name: 'jacobian',
      parts: networks,
      runPart(index, { stream, report }) {
        // The networks of the experiment propagation by method weights
        const whole = { ...request, stream: stream.child('propagation'), report };
        return Promise.resolve(simulateNetworkJacobians(whole, index, index + 1)[0] as unknown as Json);
      },
      combine(parts) {
        const found = summariseJacobians(parts as unknown as readonly JacobianObservation[]);
        const { method, probes: used, places } = found;
        const layers = places as unknown as readonly JsonObject[];
        const predicted = predictedJacobians(theory, inputs.meanSquare, layers.length);
        return { result: { method, probes: used, layers, ...predicted } };
      },
    };
  },
});

export default jacobian;
