/** Memory of ten networks in training, on as many examples as singh2021 §2.3 has. */

import relu from '@meanfield/activation-relu';
import simd from '@meanfield/backend-simd';
import { sharedFloats, type Examples, type Task, type TaskData } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, train } from '@meanfield/training';

import type { Benchmark } from '../benchmark.js';
import { pythonBaselines, type PythonWork } from '../python.js';

const NETWORKS = 10;
const WIDTH = 100;
const DEPTH = 10;
const BATCH = 1000;
const EXAMPLES = 100_000;
const STEPS = 10;

function examplesOf(count: number, path: string): Examples {
  const stream = createStream(1, `bench/train-memory/${path}`);
  const [inputs, values] = [sharedFloats(count * WIDTH), sharedFloats(count * WIDTH)];
  stream.fillNormal(inputs, 1);
  stream.fillNormal(values, 1);
  return { count, inputs, targets: { kind: 'values', values } };
}

const taskOf = (data: TaskData): Task => ({
  name: 'noise',
  inputSize: WIDTH,
  outputSize: WIDTH,
  loss: 'mse',
  metric: 'none',
  defaults: { batchSize: BATCH, hiddenWidths: new Array<number>(DEPTH).fill(WIDTH) },
  remarks: [],
  load: () => Promise.resolve(data),
});

/** As many networks as torch modules in one process, stepped in turn */
const torch: PythonWork = {
  name: 'torch, eager',
  module: 'torch',
  setup: [
    'import resource',
    'from torch import nn',
    'def network():',
    `    layers = [m for _ in range(${DEPTH}) for m in (nn.Linear(${WIDTH}, ${WIDTH}), nn.ReLU())]`,
    `    return nn.Sequential(*layers, nn.Linear(${WIDTH}, ${WIDTH}))`,
    `models = [network() for _ in range(${NETWORKS})]`,
    'optimizers = [torch.optim.Adam(model.parameters()) for model in models]',
    `x, y = torch.randn(${EXAMPLES}, ${WIDTH}), torch.randn(${EXAMPLES}, ${WIDTH})`,
    'loss = nn.MSELoss()',
    'def train():',
    `    for _ in range(${STEPS}):`,
    '        for model, optimizer in zip(models, optimizers):',
    `            rows = torch.randint(${EXAMPLES}, (${BATCH},))`,
    '            optimizer.zero_grad()',
    '            loss(model(x[rows]), y[rows]).backward()',
    '            optimizer.step()',
  ].join('\n'),
  statement: 'train()',
  value: 'resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024',
  runs: 1,
};

export const trainMemory: Benchmark = {
  name: 'train-memory',
  summary: `largest memory of a process that trains ${NETWORKS} networks of ${DEPTH} layers of ${WIDTH} on ${EXAMPLES} examples, Adam, all cores`,
  unit: 'MiB',
  better: 'lower',
  runs: 1,
  prepare() {
    const data = { train: examplesOf(EXAMPLES, 'train'), validation: examplesOf(BATCH, 'validation') };
    return {
      async subject() {
        await train({
          task: taskOf(data),
          data,
          activation: relu.create(),
          initializer: he.create(),
          backend: simd.create(),
          optimizer: parseOptimizer('adam'),
          networks: NETWORKS,
          steps: STEPS,
          evaluations: 2,
          stream: createStream(1, 'bench/train-memory'),
        });
        return process.resourceUsage().maxRSS / 1024;
      },
      baselines: pythonBaselines([torch]),
    };
  },
};
