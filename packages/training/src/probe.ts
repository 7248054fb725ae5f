/** Which backend trains a network fastest here: a few steps of the network itself on each. */

import {
  isMeanfieldError,
  MeanfieldError,
  type Backend,
  type EnsembleSpec,
  type Examples,
  type RandomStream,
} from '@meanfield/core';

import { BatchRows } from './batches.js';
import { createStepper, type Stepper } from './stepper.js';

export interface ProbeRequest {
  /** Of as many networks as are tried side by side; `resume` has no place in it */
  readonly spec: Omit<EnsembleSpec, 'resume'>;
  readonly batchSize: number;
  /** Inputs of the probe, N(0, 1); targets are 0 */
  readonly stream: RandomStream;
}

export type Probed =
  | { readonly status: 'measured'; readonly name: string; readonly stepsPerSecond: number }
  /** The only one that would do: there was nothing to measure */
  | { readonly status: 'only'; readonly name: string }
  /** `reason` is a sentence. */
  | { readonly status: 'unsupported' | 'unavailable'; readonly name: string; readonly reason: string };

/** Batches in the examples of a probe: as many steps may go to a backend at once. */
const BATCHES = 4;
/** The first trial is on such a share of a batch, so that a slow backend takes no long time to be known. */
const TRIAL_SHARE = 16;
/** Most rounds of as many steps: the best of them counts */
const ROUNDS = 12;

/** Why a backend has no place for what is asked, as far as its capabilities tell; null where it has. */
export function unsupportedReason(
  { name, capabilities }: Backend,
  { network, loss, optimizer }: Pick<EnsembleSpec, 'network' | 'loss' | 'optimizer'>,
): string | null {
  const { activations, losses, optimizers } = capabilities;
  const activation = network.activation.name;
  if (activations !== 'any' && !activations.includes(activation))
    return `${name} has no kernel for the activation ${activation}`;
  if (!losses.includes(loss)) return `${name} has no loss ${loss}`;
  return optimizers.includes(optimizer.name) ? null : `${name} has no optimizer ${optimizer.name}`;
}

function examplesOf({ spec, stream }: ProbeRequest, count: number): Examples {
  const { sizes } = spec.network;
  const inputs = new Float32Array(count * sizes[0]!);
  stream.fillNormal(inputs, 1);
  return {
    count,
    inputs,
    targets:
      spec.loss === 'mse'
        ? { kind: 'values', values: new Float32Array(count * sizes[sizes.length - 1]!) }
        : { kind: 'labels', labels: new Int32Array(count) },
  };
}

const now = (): number => performance.now() / 1000;

/** Seconds of a step, the best of rounds of `steps` steps that take about `seconds` in all; one round at least. */
async function secondsPerStep(stepper: Stepper, steps: number, seconds: number): Promise<number> {
  const end = now() + seconds;
  let best = Infinity;
  for (let round = 0; round < ROUNDS && (round === 0 || now() < end); round++) {
    const start = now();
    await stepper(0, steps);
    best = Math.min(best, (now() - start) / steps);
  }
  return best;
}

/** Steps of single networks in a second. */
async function speedOf(backend: Backend, request: ProbeRequest, seconds: number): Promise<number> {
  const { spec, batchSize, stream } = request;
  const examples = examplesOf(request, BATCHES * batchSize);
  const ensemble = await backend.open(spec);
  try {
    const stepperFor = (size: number): Stepper =>
      createStepper({
        ensemble,
        train: examples,
        batchSize: size,
        rows: spec.initial.map((_, network) => new BatchRows(examples.count, size, stream.child(network))),
        observe: () => undefined,
      });
    const small = Math.ceil(batchSize / TRIAL_SHARE);
    const trial = stepperFor(small);
    // The first step is compiled, and memory is taken for it.
    await trial(0, 1);
    const estimate = (batchSize / small) * (await secondsPerStep(trial, 1, seconds / 2));
    if (estimate > seconds) return spec.initial.length / estimate;
    const whole = stepperFor(batchSize);
    const steps = estimate * BATCHES > seconds ? 1 : BATCHES;
    return spec.initial.length / (await secondsPerStep(whole, steps, seconds));
  } finally {
    await ensemble.close();
  }
}

type Unfit = Extract<Probed, { readonly reason: string }>;

/** Why a backend will not do, before it is opened; null where it may. */
async function unfit(backend: Backend, { spec }: ProbeRequest): Promise<Unfit | null> {
  const { name } = backend;
  const reason = unsupportedReason(backend, spec);
  if (reason !== null) return { status: 'unsupported', name, reason };
  const started = await backend.availability();
  return started.available ? null : { status: 'unavailable', name, reason: started.reason };
}

async function measured(backend: Backend, request: ProbeRequest, seconds: number): Promise<Probed> {
  const { name } = backend;
  try {
    return { status: 'measured', name, stepsPerSecond: await speedOf(backend, request, seconds) };
  } catch (error) {
    if (!isMeanfieldError(error)) throw error;
    const status = error.code === 'BACKEND_UNAVAILABLE' ? 'unavailable' : 'unsupported';
    return { status, name, reason: error.message };
  }
}

export interface ProbeSettings {
  /** Of measuring in all, default 1.5; start-up and first steps come on top */
  readonly seconds?: number;
  /** Whether one is measured that has no rival, default false */
  readonly always?: boolean;
}

/** Tries backends one after another, in the order given. */
export async function probeBackends(
  backends: readonly Backend[],
  request: ProbeRequest,
  { seconds = 1.5, always = false }: ProbeSettings = {},
): Promise<readonly Probed[]> {
  const reasons: (Unfit | null)[] = [];
  for (const backend of backends) reasons.push(await unfit(backend, request));
  const rivals = reasons.filter((reason) => reason === null).length;
  const found: Probed[] = [];
  for (const [index, backend] of backends.entries()) {
    const reason = reasons[index] ?? null;
    if (reason !== null) found.push(reason);
    else if (rivals === 1 && !always) found.push({ status: 'only', name: backend.name });
    else found.push(await measured(backend, request, seconds / rivals));
  }
  return found;
}

/**
 * Index of the fastest, or of the only one.
 *
 * @throws MeanfieldError BACKEND_UNAVAILABLE where none will do
 */
export function fastest(found: readonly Probed[]): number {
  const speedIn = (each: Probed): number => {
    if (each.status === 'only') return Infinity;
    return each.status === 'measured' ? each.stepsPerSecond : -1;
  };
  const speeds = found.map(speedIn);
  const best = Math.max(-1, ...speeds);
  if (best >= 0) return speeds.indexOf(best);
  const reasons = found.flatMap((each) => ('reason' in each ? [`${each.name}: ${each.reason}`] : []));
  throw new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: 'a backend that starts here and has what the training needs',
    found: reasons.join('; ') || 'none at all',
    remedy: 'choose another activation or optimizer, or install a further backend',
  });
}
