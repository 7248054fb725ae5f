/**
 * Which backend `auto` is, for one training: settled before there is a cell, so that the cell names what ran, and the same
 * cell gives the same bytes. What `auto` is may differ from machine to machine and, where two are about as fast, from one
 * time to the next.
 */

import { MeanfieldError, type Backend, type Json, type JsonObject, type Lab } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { fastest, probeBackends, sampleNetworks, type Probed, type ProbeRequest } from '@meanfield/training';

import { canonicalJson } from '../canonical-json.js';
import type { Choice } from '../experiments/choice.js';
import { AUTO, trainingParts, type TrainingChoices } from '../experiments/training-parts.js';
import { resolveCell, type CellRequest } from '../resolve.js';

/** The experiments that train networks on a backend, with the options of `training` for what they train */
const TRAINING: ReadonlySet<string> = new Set(['training', 'connecting-paths']);

export const hasBackend = (experiment: string): boolean => TRAINING.has(experiment);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The options of `auto`, where that is what a request asks for; null otherwise. They are the candidates'. */
function autoOptions({ experiment, options = {} }: CellRequest): JsonObject | null {
  if (!hasBackend(experiment)) return null;
  const { backend = AUTO } = options as JsonObject;
  if (backend === AUTO) return {};
  if (!isObject(backend) || backend['name'] !== AUTO) return null;
  return isObject(backend['options']) ? backend['options'] : {};
}

interface Candidate {
  readonly choice: Choice;
  readonly backend: Backend;
}

/** Goes to the backends that have it; every other option leaves out those that do not. */
const THREADS = 'threads';

/** Every backend of single precision that has the options given, the others at their defaults. */
function candidatesOf(lab: Lab, given: JsonObject): readonly Candidate[] {
  const needed = Object.keys(given).filter((key) => key !== THREADS);
  return lab.list('backend').flatMap(({ name, optionDocs }) => {
    if (!needed.every((key) => Object.hasOwn(optionDocs, key))) return [];
    const known = Object.entries(given).filter(([key]) => Object.hasOwn(optionDocs, key));
    const options = Object.fromEntries(known);
    const backend = lab.get('backend', name, options);
    return backend.capabilities.dtype === 'float32' ? [{ choice: { name, options }, backend }] : [];
  });
}

function noCandidate(given: JsonObject): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: 'a backend of single precision with the options given',
    found: Object.keys(given).join(', ') || 'no such backend at all',
    remedy: 'correct them, or install a backend that has them',
  });
}

type ResolvedTraining = TrainingChoices & {
  readonly networks: number;
  readonly hiddenWidths?: readonly number[];
  readonly batchSize?: number;
  readonly activateOutput?: boolean;
};

/** The network of a resolved training, as many side by side as candidates have threads for. */
function probeRequest(lab: Lab, options: JsonObject, threads: number): ProbeRequest {
  const { networks, hiddenWidths, batchSize, activateOutput, ...choices } =
    options as unknown as ResolvedTraining;
  const { task, activation, initializer, optimizer } = trainingParts(choices, lab);
  const { defaults, inputSize, outputSize, loss } = task;
  const sizes = [inputSize, ...(hiddenWidths ?? defaults.hiddenWidths), outputSize];
  const network = { sizes, activation, activateOutput: activateOutput ?? defaults.activateOutput ?? false };
  const stream = createStream(0, 'probe');
  const initial = sampleNetworks(initializer, sizes, Math.min(networks, threads), stream);
  return {
    spec: { network, loss, optimizer, initial },
    batchSize: batchSize ?? defaults.batchSize,
    stream: stream.child('examples'),
  };
}

/** What two trainings have in common that have the same fastest backend */
function keyOf({ spec, batchSize }: ProbeRequest, candidates: readonly Candidate[]): string {
  const { network, loss, optimizer, initial } = spec;
  const { sizes, activation, activateOutput } = network;
  return canonicalJson(
    [
      [...sizes],
      activation.name,
      activateOutput,
      loss,
      optimizer.name,
      initial.length,
      batchSize,
      candidates.map(({ choice }) => ({ ...choice })),
    ],
    'a probe',
  );
}

export interface SettleSettings {
  /** Whether there is something of the cell with this id: then its backend is taken, and nothing is measured */
  readonly known?: (cell: string) => boolean;
}

export interface Settled<T extends CellRequest> {
  readonly request: T;
  /** What was measured; empty where nothing had to be */
  readonly probed: readonly Probed[];
}

/** Settles requests; what it measured once holds for others of the same shape, so that schemes are compared on one backend. */
export class BackendSettler {
  readonly #lab: Lab;
  readonly #known: (cell: string) => boolean;
  readonly #measured = new Map<string, Promise<readonly Probed[]>>();

  constructor(lab: Lab, { known = () => false }: SettleSettings = {}) {
    this.#lab = lab;
    this.#known = known;
  }

  /**
   * A request with the backend named. Those that ask for no training, or name one, come back as they are.
   *
   * @throws MeanfieldError BACKEND_UNAVAILABLE where none does; whatever is wrong with the request
   */
  async settle<T extends CellRequest>(request: T): Promise<Settled<T>> {
    const given = autoOptions(request);
    if (given === null) return { request, probed: [] };
    const candidates = candidatesOf(this.#lab, given);
    if (candidates.length === 0) throw noCandidate(given);
    const requests = candidates.map(({ choice }) => ({
      ...request,
      options: { ...(request.options as JsonObject | undefined), backend: { ...choice } },
    }));
    const cells = requests.map((each) => resolveCell(this.#lab, each).cell);
    const known = cells.findIndex(({ id }) => this.#known(id));
    if (known >= 0) return { request: requests[known]!, probed: [] };
    const probed = await this.#probe(candidates, cells[0]?.options ?? {});
    return { request: requests[fastest(probed)]!, probed };
  }

  #probe(candidates: readonly Candidate[], options: JsonObject): Promise<readonly Probed[]> {
    const threads = Math.max(...candidates.map(({ backend }) => backend.capabilities.threads));
    const request = probeRequest(this.#lab, options, threads);
    const key = keyOf(request, candidates);
    const found =
      this.#measured.get(key) ??
      probeBackends(
        candidates.map(({ backend }) => backend),
        request,
      );
    this.#measured.set(key, found);
    return found;
  }
}
