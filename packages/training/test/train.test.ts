import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import tfjs from '@meanfield/backend-tfjs';
import {
  isMeanfieldError,
  type Examples,
  type ProgressEvent,
  type Task,
  type TaskData,
} from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import {
  parseOptimizer,
  sampleNetworks,
  train,
  type TrainingRequest,
  type TrainingResult,
} from '../src/index.js';

/** y = |x1| + x2/2 of two normals; or the sign of it as a class. */
const examplesOf = (loss: Task['loss'], count: number, path: string): Examples => {
  const inputs = new Float32Array(2 * count);
  createStream(11, path).fillNormal(inputs, 1);
  const values = Float32Array.from(
    { length: count },
    (_, row) => Math.abs(inputs[2 * row]!) + inputs[2 * row + 1]! / 2,
  );
  return {
    count,
    inputs,
    targets:
      loss === 'mse'
        ? { kind: 'values', values }
        : { kind: 'labels', labels: Int32Array.from(values, (value) => (value > 0.5 ? 1 : 0)) },
  };
};

const taskOf = (loss: Task['loss']): { readonly task: Task; readonly data: TaskData } => ({
  task: {
    name: 'two-inputs',
    inputSize: 2,
    outputSize: loss === 'mse' ? 1 : 2,
    loss,
    metric: loss === 'mse' ? 'none' : 'accuracy',
    defaults: { batchSize: 32, hiddenWidths: [16, 16] },
    remarks: [],
    load: async () => taskOf(loss).data,
  },
  data: { train: examplesOf(loss, 200, 'train'), validation: examplesOf(loss, 300, 'validation') },
});

const requestOf = (changes: Partial<TrainingRequest> = {}): TrainingRequest => ({
  ...taskOf('mse'),
  activation: relu.create(),
  initializer: he.create(),
  backend: tfjs.create(),
  optimizer: parseOptimizer('adam', { learningRate: 0.01 }),
  networks: 3,
  stream: createStream(4),
  ...(changes.epochs === undefined ? { steps: 60 } : {}),
  ...changes,
});

/** All of a result that must not vary from run to run. */
const lasting = (result: TrainingResult) => ({
  ...result,
  seconds: null,
  stepsPerSecond: null,
  liveBuffers: null,
});

const errorOf = async (request: TrainingRequest): Promise<string> => {
  try {
    await train(request);
  } catch (error) {
    if (isMeanfieldError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('train', () => {
  it.each([
    ['he', he.create(), 'sgd'],
    ['he', he.create(), 'adam'],
    ['raai', raai.create(), 'sgd'],
    ['raai', raai.create(), 'adam'],
  ] as const)('lowers the loss from %s', async (_name, initializer, optimizer) => {
    const learningRate = optimizer === 'sgd' ? 0.05 : 0.01;
    const result = await train(
      requestOf({ initializer, optimizer: parseOptimizer(optimizer, { learningRate }), epochs: 30 }),
    );
    const { validationLoss, trainLoss } = result.curves;
    expect(result.final.validationLoss.mean!).toBeLessThan(0.2 * validationLoss.mean[0]!);
    expect(result.final.trainLoss.mean!).toBeLessThan(0.2 * trainLoss.mean[0]!);
    expect(result.final.validationLoss.stderr!).toBeGreaterThan(0);
    expect(result.steps).toBe(30 * 7);
  });

  it('measures accuracy where it is the metric', async () => {
    const { curves, final } = await train(requestOf({ ...taskOf('softmax-cross-entropy'), steps: 150 }));
    expect(curves.accuracy!.mean[0]!).toBeLessThan(0.8);
    expect(final.accuracy!.mean!).toBeGreaterThan(0.9);
    expect(final.validationLoss.mean!).toBeLessThan(Math.log(2));
  });

  it('measures gradients and dead units by layer on request', async () => {
    const initializer = he.create();
    const request = requestOf({
      measure: { gradients: true, dead: true },
      evaluations: 3,
      steps: 5,
      initializer: {
        ...initializer,
        sample(layer, stream) {
          initializer.sample(layer, stream);
          // Half of the units of the second hidden layer never rise above 0.
          if (stream.path.endsWith('layer/1')) layer.bias.fill(-1e3, 0, 8);
        },
      },
    });
    const { gradientNorm, deadShare } = (await train(request)).curves;
    expect([gradientNorm!.length, deadShare!.length]).toEqual([3, 2]);
    for (const { mean, stderr } of [...gradientNorm!]) {
      expect(mean).toHaveLength(3);
      for (const value of [...mean, ...stderr]) expect(value!).toBeGreaterThan(0);
    }
    expect(deadShare![1]!.mean[0]!).toBeGreaterThanOrEqual(0.5);
    expect(deadShare![0]!.mean[0]!).toBeLessThan(0.3);
  });

  it('has curves of the test split where the task has one', async () => {
    const whole = taskOf('softmax-cross-entropy');
    const data = { ...whole.data, test: whole.data.validation };
    const { curves, final } = await train(requestOf({ ...whole, data, steps: 5 }));
    expect(curves.testLoss).toEqual(curves.validationLoss);
    expect(curves.testAccuracy).toEqual(curves.accuracy);
    expect(final.testLoss).toEqual(final.validationLoss);
    expect((await train(requestOf({ steps: 1 }))).curves.testLoss).toBeUndefined();
  });

  it('gives the same curves twice, and others for another seed', async () => {
    const first = lasting(await train(requestOf()));
    expect(lasting(await train(requestOf()))).toEqual(first);
    expect(lasting(await train(requestOf({ stream: createStream(5) })))).not.toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  });

  it('trains a network alone as among others', async () => {
    const many = await train(requestOf());
    const alone = await train(requestOf({ networks: 1 }));
    expect(alone.curves.validationLoss.networks[0]).toEqual(many.curves.validationLoss.networks[0]);
    expect(alone.final.validationLoss.stderr).toBeNull();
  });

  it('starts every backend from the same bits', async () => {
    const [network] = sampleNetworks(he.create(), [2, 16, 16, 1], 1, createStream(4));
    const second = sampleNetworks(he.create(), [2, 16, 16, 1], 2, createStream(4));
    expect(second[0]).toEqual(network);
    expect(second[1]).not.toEqual(network);
    const wasm = await train(requestOf({ steps: 1 }));
    const cpu = await train(requestOf({ steps: 1, backend: tfjs.create({ engine: 'cpu' }) }));
    const [a, b] = [wasm, cpu].map(({ curves }) => curves.validationLoss.mean);
    a!.forEach((value, point) => expect(Math.abs(value! / b![point]! - 1)).toBeLessThan(1e-5));
  });

  it('keeps to the steps, points and epochs that were asked for', async () => {
    const { curves, steps, batchSize } = await train(
      requestOf({ epochs: 1.5, batchSize: 50, evaluations: 4 }),
    );
    expect([steps, batchSize]).toEqual([6, 50]);
    expect(curves.step).toEqual([0, 2, 3, 6]);
    expect(curves.epoch).toEqual([0, 0.5, 0.75, 1.5]);
    expect(curves.accuracy).toBeUndefined();
  });

  it('applies φ to the output only when told to', async () => {
    const bounded = await train(requestOf({ activation: tanh.create(), activateOutput: true, steps: 1 }));
    const linear = await train(requestOf({ activation: tanh.create(), steps: 1 }));
    expect(bounded.curves.validationLoss.mean[0]).not.toBe(linear.curves.validationLoss.mean[0]);
  });

  it('reports a network that diverges, and never a NaN', async () => {
    const result = await train(
      requestOf({ optimizer: parseOptimizer('sgd', { learningRate: 1e6 }), evaluations: 6 }),
    );
    for (const outcome of result.outcomes) expect(outcome.status).toBe('diverged');
    const { mean } = result.curves.validationLoss;
    expect(mean.length).toBe(result.curves.step.length);
    expect(mean[0]).toBeGreaterThan(0);
    expect(result.final.validationLoss).toEqual({ mean: null, stderr: null });
    expect(JSON.parse(JSON.stringify(lasting(result)))).toEqual(lasting(result));
  });

  it('goes on with the networks that are left', async () => {
    const initializer = he.create();
    const request = requestOf({
      initializer: {
        ...initializer,
        sample(layer, stream) {
          initializer.sample(layer, stream);
          if (stream.path.startsWith('network/1/')) layer.weights.fill(3e38);
        },
      },
    });
    const { outcomes, curves, final } = await train(request);
    expect(outcomes.map(({ status }) => status)).toEqual(['trained', 'diverged', 'trained']);
    expect(curves.validationLoss.networks[1]!.every((value) => value === null)).toBe(true);
    expect(final.validationLoss.mean).toBeGreaterThan(0);
  });

  it('holds as many buffers after 2000 steps as before', async () => {
    const { liveBuffers } = await train(requestOf({ steps: 2000, hiddenWidths: [4], networks: 1 }));
    expect(liveBuffers.end).toBe(liveBuffers.start);
  });

  it('reports how far it is, up to the end, with the loss', async () => {
    const events: ProgressEvent[] = [];
    await train(requestOf({ report: (event) => events.push(event) }));
    expect(events.at(-1)).toMatchObject({ completed: 180, total: 180, label: 'training from he' });
    expect(events[events.length - 1]!.detail).toMatch(/^validation loss \d.*, \d.* network-steps\/s$/);
    events
      .slice(1)
      .forEach((event, index) => expect(event.completed).toBeGreaterThanOrEqual(events[index]!.completed));
  });

  it.each([
    [{ networks: 0 }, /INVALID_OPTION.*networks/],
    [{ batchSize: 2.5 }, /INVALID_OPTION.*batchSize/],
    [{ hiddenWidths: [4, 0] }, /INVALID_OPTION.*hiddenWidths/],
    [{ evaluations: 1 }, /INVALID_OPTION.*evaluations/],
    [{ epochs: 2, steps: 5 }, /INVALID_OPTION.*epochs or steps is needed, not both/],
    [{ data: taskOf('softmax-cross-entropy').data }, /INVALID_ARGUMENT.*targets/],
  ] as const)('refuses %o in one sentence', async (changes, expected) => {
    expect(await errorOf(requestOf(changes))).toMatch(expected);
  });
});
