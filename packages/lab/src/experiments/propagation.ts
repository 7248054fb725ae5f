/** Signals through networks of finite width, by simulation, beside what theory predicts for infinite width. */

import {
  cite,
  definePlugin,
  schoenholz2017,
  singh2021,
  type Json,
  type JsonObject,
  type PartedExperiment,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  chooseMethod,
  simulateNetworks,
  summarise,
  type NetworkObservation,
  type SimulationRequest,
} from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { withBranch } from './architecture.js';
import { layerJson } from './layer-json.js';
import { prediction } from './prediction.js';
import {
  checkArchitecture,
  requestOf,
  SIMULATION_DOCS,
  simulationOptions,
  theoryFor,
} from './simulation-options.js';

/** Networks are shared out in at most so many parts. */
const MOST_PARTS = 64;

const options = z
  .strictObject({
    ...simulationOptions,
    method: z.enum(['auto', 'gram', 'weights']).default('auto'),
  })
  .superRefine(checkArchitecture)
  .transform(withBranch);

/** Parts are runs of networks, whose length depends on the options alone. */
function experimentOf(
  request: Omit<SimulationRequest, 'stream'>,
  predict: (places: number) => JsonObject,
): PartedExperiment {
  const { networks } = request;
  const each = Math.ceil(networks / MOST_PARTS);
  return {
    name: 'propagation',
    parts: Math.ceil(networks / each),
    runPart(index, { stream, report }) {
      const whole = { ...request, stream: stream.child('propagation'), report };
      const from = index * each;
      const found = simulateNetworks(whole, from, Math.min(networks, from + each));
      return Promise.resolve(found as unknown as Json);
    },
    combine(parts) {
      const { method, layers } = summarise(parts.flat() as unknown as NetworkObservation[]);
      return { result: { method, layers: layers.map(layerJson), ...predict(layers.length) } };
    },
  };
}

const propagation: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'propagation',
  package: PACKAGE,
  version: VERSION,
  summary:
    'mean square and correlation of signals by layer: simulation at finite width, theory at infinite width',
  options,
  optionDocs: {
    ...SIMULATION_DOCS,
    method: 'gram (no weights are formed), weights, or auto (default), whichever is cheaper',
  },
  references: [cite(schoenholz2017), cite(singh2021, 'fig. 2.2, 3.2')],
  create(parsed, context) {
    const theory = theoryFor(parsed, context);
    const { method, inputs } = parsed;
    const request = { ...requestOf(parsed, context), method };
    // Whatever is wrong with the request is known before any work starts; nothing is drawn.
    chooseMethod({ ...request, stream: createStream(0) });
    return experimentOf(request, (places) => prediction(theory, inputs, places));
  },
});

export default propagation;
