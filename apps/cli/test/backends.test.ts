/** Every backend that starts here on the tasks of singh2021 table 2.1: the losses of the float64 reference, step by step. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import openblas from '@meanfield/backend-openblas';
import reference from '@meanfield/backend-reference';
import simd from '@meanfield/backend-simd';
import tfjs from '@meanfield/backend-tfjs';
import tfjsNode from '@meanfield/backend-tfjs-node';
import { createLab, silent, type Backend } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import teacherStudent from '@meanfield/task-teacher-student';
import { parseOptimizer, train } from '@meanfield/training';
import { expect, it } from 'vitest';

const STEPS = 20;
const TOLERANCE = 1e-4;
/** As deep as the source's; narrow, since the reference is slow */
const SIZES = {
  inputSize: 16,
  outputSize: 16,
  width: 16,
  depth: 10,
  examples: 60,
  validationExamples: 6,
} as const;

const lab = createLab([relu, tanh, he, teacherStudent]);
const BACKENDS: readonly Backend[] = [
  simd.create({ build: 'simd', threads: 1 }),
  simd.create({ build: 'relaxed', threads: 1 }),
  openblas.create({ threads: 1 }),
  tfjs.create(),
  tfjsNode.create(),
];
const started = await Promise.all(BACKENDS.map((backend) => backend.availability()));
const here = BACKENDS.filter((_, index) => started[index]!.available);

const cases = (['standard', 'simple', 'complex'] as const).flatMap((teacher) =>
  (['sgd', 'adam'] as const).map((optimizer) => ({ teacher, optimizer })),
);
it.each(cases)('20 steps of $optimizer on the $teacher teacher', async ({ teacher, optimizer }) => {
  const task = lab.get('task', 'teacher-student', { ...SIZES, teacher });
  const stream = createStream(3);
  const data = await task.load({ stream: stream.child('task'), report: silent });
  const losses = async (backend: Backend): Promise<number[]> => {
    const { curves } = await train({
      task,
      data,
      backend,
      activation: lab.get('activation', 'relu'),
      initializer: lab.get('initializer', 'he'),
      optimizer: parseOptimizer(optimizer),
      batchSize: 30,
      networks: 1,
      steps: STEPS,
      evaluateEvery: 1,
      stream: stream.child('training'),
    });
    return [...curves.trainLoss.mean, ...curves.validationLoss.mean].map(Number);
  };
  const expected = await losses(reference.create());
  expect(expected).toHaveLength(2 * (STEPS + 1));
  expect(expected[STEPS]).toBeLessThan(expected[0]!);
  expect(here.length).toBeGreaterThan(0);
  for (const backend of here) {
    const found = await losses(backend);
    const errors = found.map((loss, at) => Math.abs(loss / expected[at]! - 1));
    expect(Math.max(...errors), backend.name).toBeLessThan(TOLERANCE);
  }
});
