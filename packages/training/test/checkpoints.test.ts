import type { Backend, CheckpointStore, NetworkParameters, StoredState, Task } from '@meanfield/core';
import { MeanfieldError } from '@meanfield/core';
import relu from '@meanfield/activation-relu';
import tfjs from '@meanfield/backend-tfjs';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeState, encodeState, type RunState } from '../src/checkpoint-state.js';
import { parseOptimizer, train, type TrainingRequest, type TrainingResult } from '../src/index.js';
import { isKilled, lineBackend, type LineBackend } from './line-backend.js';

const INPUTS = 3;
const dataOf = (count: number, path: string): ReturnType<typeof exampleRows> => exampleRows(count, path);

function exampleRows(count: number, path: string) {
  const inputs = new Float32Array(INPUTS * count);
  createStream(7, path).fillNormal(inputs, 1);
  const values = Float32Array.from(
    { length: count },
    (_, row) => inputs[INPUTS * row]! - 2 * inputs[INPUTS * row + 1]! + 0.5,
  );
  return { count, inputs, targets: { kind: 'values', values } as const };
}

const data = { train: dataOf(50, 'train'), validation: dataOf(20, 'validation'), test: dataOf(10, 'test') };
const task: Task = {
  name: 'line',
  inputSize: INPUTS,
  outputSize: 1,
  loss: 'mse',
  metric: 'none',
  defaults: { batchSize: 8, hiddenWidths: [] },
  remarks: [],
  load: () => Promise.resolve(data),
};

const requestOf = (backend: LineBackend, changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  task,
  data,
  activation: relu.create(),
  initializer: he.create(),
  backend,
  optimizer: parseOptimizer('sgd', { learningRate: 0.02, momentum: 0.9 }),
  networks: 3,
  steps: 60,
  evaluations: 9,
  measure: { gradients: true },
  stream: createStream(4),
  ...changes,
});

interface Trained {
  readonly result: TrainingResult;
  readonly parameters: readonly NetworkParameters[];
}

async function trained(backend: LineBackend, changes: Partial<TrainingRequest> = {}): Promise<Trained> {
  const parameters: NetworkParameters[] = [];
  const keepParameters = (network: number, layers: NetworkParameters): void => {
    parameters[network] = layers;
  };
  const result = await train(requestOf(backend, { keepParameters, ...changes }));
  return { result, parameters };
}

/** All that must not depend on how the run was cut up. */
const lasting = ({ result, parameters }: Trained): unknown => {
  const { curves, final, outcomes } = result;
  return { curves, final, outcomes, parameters };
};

/** A store in memory. */
class Memory implements CheckpointStore {
  readonly everySeconds = 0;
  bytes: Uint8Array | null = null;
  writes = 0;

  read(): Promise<StoredState> {
    return Promise.resolve({ state: this.bytes });
  }

  write(chunks: readonly Uint8Array[]): Promise<void> {
    this.bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
    this.writes++;
    return Promise.resolve();
  }
}

/** A backend that throws instead of making a step after so many. */
function killedAfter(backend: Backend, steps: number): Backend {
  return {
    ...backend,
    async open(spec) {
      const ensemble = await backend.open(spec);
      let left = steps;
      const count = (): void => {
        if (left-- === 0) throw new Error('killed');
      };
      return new Proxy(ensemble, {
        get(target, key) {
          if (key === 'steps') return undefined;
          if (key === 'step') count();
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    },
  };
}

/** Runs until it is done, killed whenever so many further steps have been made. */
async function killedEvery(
  steps: readonly number[],
  checkpoint: CheckpointStore,
  changes: Partial<TrainingRequest> = {},
): Promise<{ readonly run: Trained; readonly kills: number }> {
  let kills = 0;
  for (const failAfter of [...steps, Infinity]) {
    const backend = lineBackend();
    backend.failAfter = failAfter;
    try {
      return { run: await trained(backend, { checkpoint, ...changes }), kills };
    } catch (error) {
      if (!isKilled(error)) throw error;
      kills++;
    }
  }
  throw new Error('the last run ends');
}

describe('steps in chunks', () => {
  it('give what single steps give, and end where an epoch or a point does', async () => {
    const single = await trained(lineBackend({ inOneCall: false }));
    const [inChunks, one] = [lineBackend(), lineBackend()];
    expect(lasting(await trained(inChunks, { chunkSeconds: Infinity }))).toEqual(lasting(single));
    expect(lasting(await trained(one, { chunkSeconds: 0 }))).toEqual(lasting(single));
    expect(one.chunks).toEqual(Array(60).fill(1));
    const ends: number[] = [];
    inChunks.chunks.reduce((sum, steps) => (ends.push(sum + steps), sum + steps), 0);
    const { step } = single.result.curves;
    const epochs = Array.from({ length: 8 }, (_, epoch) => 7 * (epoch + 1));
    expect(ends).toEqual([...new Set([...step.slice(1), ...epochs])].sort((a, b) => a - b));
  });

  it('use the same memory from step to step', async () => {
    for (const inOneCall of [true, false]) {
      const line = lineBackend({ inOneCall });
      const memory = new Set<unknown>();
      const backend: Backend = {
        ...line,
        open: async (spec) => {
          const ensemble = await line.open(spec);
          const steps = ensemble.steps?.bind(ensemble);
          return {
            ...ensemble,
            step: (batches) => {
              batches.forEach(({ inputs }) => memory.add(inputs.buffer));
              return ensemble.step(batches);
            },
            ...(steps !== undefined && {
              steps: (plan) => {
                memory.add(plan.examples.inputs.buffer);
                return steps(plan);
              },
            }),
          };
        },
      };
      await train({ ...requestOf(line), backend, steps: 700 });
      expect(memory.size).toBe(inOneCall ? 1 : 3);
    }
  });

  it('evaluate every n steps when told to', async () => {
    const { curves } = (await trained(lineBackend(), { evaluateEvery: 25 })).result;
    expect(curves.step).toEqual([0, 25, 50, 60]);
    expect(curves.gradientNorm![0]!.mean).toHaveLength(4);
  });

  it('find the divergence at the step at which single steps find it', async () => {
    const diverging = { optimizer: parseOptimizer('sgd', { learningRate: 1e150 }), chunkSeconds: Infinity };
    const inChunks = await trained(lineBackend(), diverging);
    expect(inChunks.result.outcomes).toEqual(
      (await trained(lineBackend({ inOneCall: false }), diverging)).result.outcomes,
    );
    expect(inChunks.result.outcomes[0]!.status).toBe('diverged');
  });
});

describe('checkpoints', () => {
  it('change nothing, and a run that is killed anywhere goes on to the same bits', async () => {
    const whole = lasting(await trained(lineBackend()));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0, 1e-4, Infinity),
        async (steps, chunkSeconds) => {
          const { run, kills } = await killedEvery(steps, new Memory(), { chunkSeconds });
          expect(lasting(run)).toEqual(whole);
          if (chunkSeconds < Infinity && kills > 0 && steps[kills - 1]! > 1)
            expect(run.result.resumedAt).toBeGreaterThan(0);
        },
      ),
      { numRuns: 10, seed: 1 },
    );
  });

  it('hold for float32 networks with the moments of Adam on a real backend', async () => {
    const backend = tfjs.create({ engine: 'cpu' });
    const changes = {
      hiddenWidths: [5],
      optimizer: parseOptimizer('adam'),
      steps: 20,
      evaluations: 4,
      chunkSeconds: 0,
    };
    const runOn = (on: Backend, checkpoint?: CheckpointStore): Promise<Trained> =>
      trained(lineBackend(), {
        ...changes,
        backend: on,
        ...(checkpoint === undefined ? {} : { checkpoint }),
      });
    const whole = lasting(await runOn(backend));
    const checkpoint = new Memory();
    for (const steps of [7, 9])
      await expect(runOn(killedAfter(backend, steps), checkpoint)).rejects.toThrow('killed');
    const resumed = await runOn(backend, checkpoint);
    expect(lasting(resumed)).toEqual(whole);
    expect(resumed.result.resumedAt).toBe(16);
  });

  it('go on after a network has diverged', async () => {
    const initializer = he.create();
    const changes: Partial<TrainingRequest> = {
      initializer: {
        ...initializer,
        sample(layer, stream) {
          initializer.sample(layer, stream);
          if (stream.path.startsWith('network/1/')) layer.weights.fill(Infinity);
        },
      },
    };
    const whole = await trained(lineBackend(), changes);
    const { run } = await killedEvery([9, 17], new Memory(), changes);
    expect(lasting(run)).toEqual(lasting(whole));
    expect(run.result.outcomes.map(({ status }) => status)).toEqual(['trained', 'diverged', 'trained']);
  });

  it('of another training, and bytes that are none, are passed over with a sentence', async () => {
    const memory = new Memory();
    await killedEvery([20], memory, { chunkSeconds: 0 });
    const checkpoint = memory.bytes!;
    const other = parseOptimizer('sgd');
    const whole = lasting(await trained(lineBackend(), { optimizer: other }));
    for (const bytes of [checkpoint, checkpoint.slice(0, -1), checkpoint.slice(0, 60), new Uint8Array(3)]) {
      memory.bytes = bytes;
      const found = await trained(lineBackend(), { optimizer: other, checkpoint: memory });
      expect(lasting(found)).toEqual(whole);
      expect(found.result.resumedAt).toBeNull();
      expect(found.result.remarks).toEqual([
        expect.stringMatching(/^the checkpoint is .*training began anew$/),
      ]);
    }
  });

  it('that cannot be written leave the training to go on, and are told', async () => {
    const full: CheckpointStore = {
      everySeconds: 0,
      read: () => Promise.resolve({ state: null }),
      write: () =>
        Promise.reject(
          new MeanfieldError({
            code: 'OUTPUT_UNWRITABLE',
            expected: 'space',
            found: 'ENOSPC: no space left on device',
            remedy: 'make some',
          }),
        ),
    };
    const found = await trained(lineBackend(), { checkpoint: full });
    expect(lasting(found)).toEqual(lasting(await trained(lineBackend())));
    expect(found.result.remarks).toEqual([expect.stringContaining('ENOSPC')]);
  });

  it('are written no more often than asked', async () => {
    const memory = new Memory();
    await trained(lineBackend(), { checkpoint: Object.assign(memory, { everySeconds: 3600 }) });
    expect(memory.writes).toBe(0);
  });
});

describe('the state of a run', () => {
  it('comes back from its bytes, whatever numbers are in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))),
        fc.array(fc.uint8Array({ maxLength: 9 })),
        (values, snapshots) => {
          const series = { trainLoss: [values.map((value) => (value === null ? null : value + 0))] };
          const recorded = { outcomes: [{ status: 'trained' } as const], points: values.length, series };
          const state: RunState = { identity: 'é', step: 5, recorded, snapshots };
          const bytes = Uint8Array.from(encodeState(state).flatMap((chunk) => [...chunk]));
          expect(decodeState(bytes)).toEqual(state);
          expect(decodeState(bytes.slice(1))).toBeNull();
        },
      ),
      { numRuns: 50, seed: 2 },
    );
  });
});
