import type { Examples } from '@meanfield/core';
import { createStream, shuffledOrder } from '@meanfield/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Batches } from '../src/batches.js';
import { CurveRecorder, curveOf, estimate } from '../src/curves.js';
import { evaluationSteps } from '../src/index.js';

describe('evaluationSteps', () => {
  it('starts at 0, ends at the last step, increases, and has the points asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 60 }), (steps, points) => {
        const chosen = evaluationSteps(steps, points);
        expect(chosen.length).toBe(Math.min(points, steps + 1));
        expect([chosen[0], chosen.at(-1)]).toEqual([0, steps]);
        chosen.slice(1).forEach((step, index) => expect(step).toBeGreaterThan(chosen[index]!));
      }),
    );
  });

  it('is dense where losses fall fastest', () => {
    expect(evaluationSteps(1000, 8)).toEqual([0, 3, 8, 21, 55, 145, 381, 1000]);
  });
});

describe('Batches', () => {
  const examples: Examples = {
    count: 10,
    inputs: Float32Array.from({ length: 20 }, (_, index) => Math.floor(index / 2)),
    targets: { kind: 'labels', labels: Int32Array.from({ length: 10 }, (_, index) => index) },
  };
  const labelsOf = ({ targets }: Examples): number[] =>
    targets.kind === 'labels' ? [...targets.labels] : [];

  it('visits every example once an epoch, the last batch being smaller, rows and targets together', () => {
    const batches = new Batches(examples, 4, createStream(2, 'network/0'));
    for (let epoch = 0; epoch < 3; epoch++) {
      const seen: number[] = [];
      for (const size of [4, 4, 2]) {
        const batch = batches.next();
        expect(batch.count).toBe(size);
        const labels = labelsOf(batch);
        expect([...batch.inputs]).toEqual(labels.flatMap((label) => [label, label]));
        seen.push(...labels);
      }
      const order = shuffledOrder(10, createStream(2, `network/0/epoch/${epoch}/order`));
      expect(seen).toEqual([...order]);
    }
  });

  it('takes all examples where the batch is larger', () => {
    expect(new Batches(examples, 64, createStream(2)).next().count).toBe(10);
  });
});

describe('curves', () => {
  it('estimates the mean and its standard error from what is there', () => {
    expect(estimate([1, 3, null])).toEqual({ mean: 2, stderr: 1 });
    expect(estimate([5, null])).toEqual({ mean: 5, stderr: null });
    expect(estimate([null])).toEqual({ mean: null, stderr: null });
    expect(
      curveOf([
        [1, 2],
        [3, null],
      ]),
    ).toEqual({
      mean: [2, 2],
      stderr: [1, null],
      networks: [
        [1, 2],
        [3, null],
      ],
    });
  });

  it('drops a network from the point on at which its loss is no number', () => {
    const recorder = new CurveRecorder(2);
    recorder.record(0, [{ loss: 1 }, { loss: 3 }], [{ loss: 2 }, { loss: 4 }]);
    recorder.watch(5, [0.5, Number.NaN]);
    recorder.watch(6, [0.5, 1]);
    recorder.record(7, [{ loss: 1 }, { loss: 1 }], [{ loss: 1 }, { loss: 1 }]);
    expect(recorder.outcomes).toEqual([{ status: 'trained' }, { status: 'diverged', step: 5 }]);
    expect(recorder.curve('validationLoss').networks).toEqual([
      [2, 1],
      [4, null],
    ]);
    recorder.record(9, [{ loss: Infinity }, { loss: 1 }], [{ loss: 1 }, { loss: 1 }]);
    expect(recorder.allDiverged).toBe(true);
    expect(recorder.latest('trainLoss')).toEqual({ mean: null, stderr: null });
  });
});
