/** A backend that fits straight lines y = Wᵀ x + b in float64, with momentum: fast, exact, and it counts what it is asked. */

import type { Backend, Ensemble, EnsembleSpec, Examples, NetworkParameters } from '@meanfield/core';

type Rows = readonly number[] | Uint32Array;

interface Line {
  readonly parameters: Float64Array;
  readonly velocity: Float64Array;
}

export interface LineBackend extends Backend {
  /** Steps of each call of `steps`, or 1 for one of `step` */
  readonly chunks: number[];
  /** Thrown once so many steps of all networks have been made */
  failAfter: number;
}

class KilledRun extends Error {}
export const isKilled = (error: unknown): boolean => error instanceof KilledRun;

export function lineBackend({ inOneCall = true } = {}): LineBackend {
  const chunks: number[] = [];
  const backend: LineBackend = {
    name: 'line',
    chunks,
    failAfter: Infinity,
    capabilities: {
      activations: 'any',
      losses: ['mse'],
      optimizers: ['sgd'],
      dtype: 'float64',
      threads: 1,
      device: 'cpu',
      tolerance: 1e-12,
    },
    availability: () => Promise.resolve({ available: true, versions: { line: '1' } }),
    open: (spec) => Promise.resolve(openLines(spec, backend, inOneCall)),
  };
  return backend;
}

function targetsOf({ targets }: Examples): Float32Array {
  if (targets.kind === 'labels') throw new Error('values are needed');
  return targets.values;
}

function openLines(spec: EnsembleSpec, backend: LineBackend, inOneCall: boolean): Ensemble {
  const [fanIn = 1, fanOut = 1] = spec.network.sizes;
  const { optimizer } = spec;
  if (optimizer.name !== 'sgd') throw new Error('sgd is needed');
  const size = (fanIn + 1) * fanOut;
  const lines = spec.initial.map(([layer], network): Line => {
    const kept = spec.resume?.[network];
    if (kept !== undefined) {
      const values = new Float64Array(kept.slice().buffer);
      return { parameters: values.slice(0, size), velocity: values.slice(size) };
    }
    return {
      parameters: Float64Array.from([...layer!.weights, ...layer!.bias]),
      velocity: new Float64Array(size),
    };
  });

  /** Loss and its gradient by the parameters, for the rows chosen. */
  const gradientOf = (network: number, examples: Examples, rows: Rows): [number, Float64Array] => {
    const { parameters } = lines[network]!;
    const { inputs } = examples;
    const targets = targetsOf(examples);
    const gradient = new Float64Array(size);
    const count = rows.length * fanOut;
    let loss = 0;
    for (const row of rows) {
      for (let j = 0; j < fanOut; j++) {
        let error = parameters[fanIn * fanOut + j]! - targets[row * fanOut + j]!;
        for (let i = 0; i < fanIn; i++) error += parameters[i * fanOut + j]! * inputs[row * fanIn + i]!;
        loss += error ** 2 / count;
        for (let i = 0; i < fanIn; i++)
          gradient[i * fanOut + j]! += (2 * error * inputs[row * fanIn + i]!) / count;
        gradient[fanIn * fanOut + j]! += (2 * error) / count;
      }
    }
    return [loss, gradient];
  };
  const stepOne = (network: number, examples: Examples, rows: Rows): number => {
    const [loss, gradient] = gradientOf(network, examples, rows);
    const { parameters, velocity } = lines[network]!;
    for (let index = 0; index < size; index++) {
      velocity[index] = optimizer.momentum * velocity[index]! + gradient[index]!;
      parameters[index]! -= optimizer.learningRate * velocity[index]!;
    }
    return loss;
  };
  const everyRow = (count: number): number[] => Array.from({ length: count }, (_, row) => row);
  const layersOf = (values: Float64Array): NetworkParameters => [
    { fanIn, fanOut, weights: values.slice(0, fanIn * fanOut), bias: values.slice(fanIn * fanOut) },
  ];
  const count = (steps: number): void => {
    backend.chunks.push(steps);
    if (backend.chunks.reduce((sum, each) => sum + each, 0) > backend.failAfter) throw new KilledRun();
  };
  const ensemble: Ensemble = {
    networks: lines.length,
    step: async (batches) => {
      count(1);
      return Float64Array.from(batches, (batch, network) => stepOne(network, batch, everyRow(batch.count)));
    },
    ...(inOneCall && {
      steps: async ({ examples, batchSize, rows }) => {
        const steps = Math.ceil(rows[0]!.length / batchSize);
        count(steps);
        return rows.map((each, network) =>
          Float64Array.from({ length: steps }, (_, step) =>
            stepOne(network, examples, each.subarray(step * batchSize, (step + 1) * batchSize)),
          ),
        );
      },
    }),
    evaluate: async (examples) =>
      lines.map((_, network) => ({ loss: gradientOf(network, examples, everyRow(examples.count))[0] })),
    forward: () => Promise.reject(new Error('not needed')),
    gradients: async (network, batch) => layersOf(gradientOf(network, batch, everyRow(batch.count))[1]),
    parameters: async (network) => layersOf(lines[network]!.parameters),
    snapshot: async (network) => {
      const { parameters, velocity } = lines[network]!;
      return new Uint8Array(Float64Array.from([...parameters, ...velocity]).buffer);
    },
    liveBuffers: () => 2 * lines.length,
    close: () => Promise.resolve(),
  };
  return ensemble;
}
