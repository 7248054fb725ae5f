/** What is asked of Jacobians, and the edge at which it is checked. */

import { requireCount, requireThat } from '../checks.js';
import { planOf, type Plan } from '../plan.js';
import { requireRequest, type SimulationRequest } from '../request.js';
import { requireMemory } from './formed-network.js';

/** `method` is not looked at: derivatives need the weights, which are formed always. */
export interface JacobianRequest extends SimulationRequest {
  /** Largest singular values wanted of every Jacobian; default 0 */
  readonly singularValues?: number;
  /** All singular values too, of Jacobians of at most 1024 rows or columns; default false */
  readonly spectrum?: boolean;
  /**
   * Random directions in which mean square norms are measured. Left out, norms are exact, from all of the Jacobian, for
   * inputs of up to 512 entries, and from 16 directions for others.
   */
  readonly probes?: number;
}

/** Entries of an input up to which the whole Jacobian is formed where nothing is said */
const MOST_EXACT = 512;
const DEFAULT_PROBES = 16;
/** The smaller side of a Jacobian with a full spectrum: its cost is the cube. */
const MOST_SPECTRUM = 1024;

export interface JacobianPlan {
  readonly plan: Plan;
  /** Largest singular values; 0 for none */
  readonly largest: number;
  readonly spectrum: boolean;
  /** Random directions; null where the whole Jacobian is formed */
  readonly probes: number | null;
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function planJacobians(request: JacobianRequest): JacobianPlan {
  const plan = planNetwork(request, 1);
  const { singularValues: largest = 0, spectrum = false, probes } = request;
  const smallest = plan.steps.reduce(
    (least, step) => (step.kind === 'observe' ? Math.min(least, step.units) : least),
    plan.inputSize,
  );
  requireCount('number of singular values', largest, 0, smallest);
  if (probes !== undefined) requireCount('number of probes', probes, 1);
  const widest = Math.min(plan.inputSize, plan.mostUnits);
  requireThat(
    !spectrum || widest <= MOST_SPECTRUM,
    `at most ${MOST_SPECTRUM} rows or columns of a Jacobian with a full spectrum`,
    widest,
    'ask for singularValues, the largest few, or choose a smaller width',
  );
  const whole = spectrum || (probes === undefined && plan.inputSize <= MOST_EXACT);
  const directions = whole ? plan.inputSize : (probes ?? DEFAULT_PROBES);
  requireMemory(plan, signalEntries(plan, 1) + 4 * plan.mostUnits * directions);
  return { plan, largest, spectrum, probes: whole ? null : directions };
}

/**
 * The network of a request whose weights are formed and which is linearised at `points` inputs at once.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function planNetwork(request: SimulationRequest, points: number): Plan {
  requireRequest(request);
  const { network, width, inputSize = width } = request;
  const plan = planOf(network, width, inputSize);
  requireMemory(plan, signalEntries(plan, points));
  return plan;
}

/** Numbers that a forward pass keeps, at most */
function signalEntries({ steps, mostUnits }: Plan, points: number): number {
  return steps.length * mostUnits * points;
}
