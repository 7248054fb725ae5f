/**
 * Which way a network is simulated.
 *
 * The cost model, in multiplications and additions, for M inputs and a layer of n into m units. Gram matrix, mixing of
 * normals and Cholesky factor without weights: nM² + 2mM² + M³/3, and mM normals; with weights: 2nmM, and nm normals.
 * A normal counts as many of them as take its time.
 */

import { MeanfieldError } from '@meanfield/core';

import { requireThat } from './checks.js';
import { planOf, type DenseStep, type Plan } from './plan.js';
import { requireRequest, type Method, type SimulationRequest } from './request.js';
import { requireMemory } from './workspace.js';

/** Measured in turn on one core: 131 million normals, and 7.2 thousand million operations, a second */
const NORMAL = 55;

function gramCost({ fanIn, fanOut }: DenseStep, inputs: number): number {
  return (fanIn + 2 * fanOut) * inputs ** 2 + inputs ** 3 / 3 + NORMAL * fanOut * inputs;
}

function weightsCost({ fanIn, fanOut }: DenseStep, inputs: number): number {
  return fanIn * fanOut * (2 * inputs + NORMAL);
}

function methodOf({ method = 'auto', inputs: { count } }: SimulationRequest, plan: Plan): Method {
  if (method === 'weights') return method;
  const layers = plan.steps.filter((step) => step.kind === 'dense');
  const without = layers.find(({ initializer }) => initializer.samplePreActivations === undefined);
  if (without === undefined) {
    if (method === 'gram') return method;
    const cost = (of: typeof gramCost): number => layers.reduce((sum, layer) => sum + of(layer, count), 0);
    return cost(gramCost) < cost(weightsCost) ? 'gram' : 'weights';
  }
  if (method === 'auto') return 'weights';
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: "initializers whose pre-activations can be sampled without weights, as method 'gram' needs",
    found: `${without.initializer.name}, whose law does not allow it, at dense layer ${without.layer}`,
    remedy: "choose the method 'weights' or 'auto', or another initializer",
  });
}

export interface Prepared {
  readonly plan: Plan;
  readonly method: Method;
}

/** Observations are kept until all networks are done, some hundred bytes each. */
const MOST_OBSERVATIONS = 2 ** 22;

/**
 * Checks all of a request before anything is drawn.
 *
 * @throws MeanfieldError INVALID_ARGUMENT; UNSUPPORTED where method 'gram' is asked for and not to be had
 */
export function prepare(request: SimulationRequest): Prepared {
  requireRequest(request);
  const { network, width, inputSize = width, inputs, networks } = request;
  const plan = planOf(network, width, inputSize);
  const numbers = plan.places * networks * (1 + (inputs.pairGaps?.length ?? 0));
  requireThat(
    numbers <= MOST_OBSERVATIONS,
    `at most ${MOST_OBSERVATIONS} observations over all places, networks and pairs`,
    numbers,
    'choose fewer places, networks or pairs',
  );
  const method = methodOf(request, plan);
  requireMemory(plan, inputs.count, method);
  return { plan, method };
}

/**
 * The method by which `simulate` answers the request; what 'auto' means here.
 *
 * @throws MeanfieldError INVALID_ARGUMENT; UNSUPPORTED, naming the initializer, where method 'gram' is asked for and not to be had
 */
export function chooseMethod(request: SimulationRequest): Method {
  return prepare(request).method;
}
