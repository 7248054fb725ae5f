/** The networks of a request, each formed once, with its inputs; and what was found of each, in order. */

import { MeanfieldError, type RandomStream } from '@meanfield/core';

import { fillInputs } from '../inputs.js';
import { requireRange } from '../networks.js';
import type { Plan } from '../plan.js';
import type { SimulationRequest } from '../request.js';
import { formNetwork, type FormedNetwork } from './formed-network.js';

export interface DrawnNetwork {
  readonly network: FormedNetwork;
  /** [inputSize, M] */
  readonly inputs: Float64Array;
  /** `network/<r>` */
  readonly stream: RandomStream;
}

/** What `observe` finds of networks `from` to `to` − 1, which are drawn one after the other. */
export function overNetworks<Found>(
  request: SimulationRequest,
  { plan, label }: { readonly plan: Plan; readonly label: string },
  { from, to }: { readonly from: number; readonly to: number },
  observe: (drawn: DrawnNetwork, network: number) => Found,
): readonly Found[] {
  requireRange(request, from, to);
  return Array.from({ length: to - from }, (_, index) => {
    const stream = request.stream.child('network').child(from + index);
    const inputs = new Float64Array(plan.inputSize * request.inputs.count);
    fillInputs(inputs, plan.inputSize, request.inputs, stream.child('inputs'));
    const found = observe({ network: formNetwork(plan, stream), inputs, stream }, from + index);
    request.report?.({ label, completed: index + 1, total: to - from });
    return found;
  });
}

interface OfNetwork {
  readonly network: number;
}

/**
 * Observations in the order of networks.
 *
 * @param kindOf what observations of one request have in common
 * @throws MeanfieldError INVALID_ARGUMENT where there are none, one network is there twice, or kinds differ
 */
export function inOrder<Observation extends OfNetwork>(
  observations: readonly Observation[],
  kindOf: (observation: Observation) => unknown,
): readonly [Observation, ...Observation[]] {
  const [first, ...others] = [...observations].sort((a, b) => a.network - b.network);
  if (first === undefined) throw unfit('none');
  const repeated = others.find(({ network }, index) => network === (others[index - 1] ?? first).network);
  if (repeated !== undefined) throw unfit(`network ${repeated.network} twice`);
  const kind = JSON.stringify(kindOf(first));
  const other = others.find((each) => JSON.stringify(kindOf(each)) !== kind);
  if (other !== undefined) throw unfit(`networks ${first.network} and ${other.network} that differ in kind`);
  return [first, ...others];
}

function unfit(found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'observations of at least one network of one request, each network once',
    found,
    remedy: 'pass what was observed for disjoint ranges of one request',
  });
}
