import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Examples } from '@meanfield/core';
import { createStream, shuffledOrder } from '@meanfield/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BatchMemory, BatchRows } from '../src/batches.js';
import { CurveRecorder, curveOf, estimate } from '../src/curves.js';
import { evaluationSteps } from '../src/index.js';
import { deadShare } from '../src/measures.js';
import { regularSteps } from '../src/schedule.js';

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

  it('can be regular', () => {
    expect(regularSteps(10, 4)).toEqual([0, 4, 8, 10]);
    expect(regularSteps(8, 4)).toEqual([0, 4, 8]);
    expect(regularSteps(3, 4)).toEqual([0, 3]);
  });
});

describe('batches', () => {
  const examples: Examples = {
    count: 10,
    inputs: Float32Array.from({ length: 20 }, (_, index) => Math.floor(index / 2)),
    targets: { kind: 'labels', labels: Int32Array.from({ length: 10 }, (_, index) => index) },
  };
  const rowsOf = (batchSize: number): BatchRows => new BatchRows(10, batchSize, createStream(2, 'network/0'));
  const orderOf = (epoch: number): number[] => [
    ...shuffledOrder(10, createStream(2, `network/0/epoch/${epoch}/order`)),
  ];

  it('visit every example once an epoch, the last one being smaller', () => {
    const rows = rowsOf(4);
    for (let epoch = 0; epoch < 3; epoch++) {
      const batches = [0, 1, 2].map((step) => [...rows.of(3 * epoch + step, 1)]);
      expect(batches.map(({ length }) => length)).toEqual([4, 4, 2]);
      expect(batches.flat()).toEqual(orderOf(epoch));
    }
  });

  it('are fixed by the number of the step, whatever was asked for before', () => {
    const rows = rowsOf(4);
    expect([...rows.of(7, 2)]).toEqual(orderOf(2).slice(4));
    expect([...rows.of(0, 3)]).toEqual(orderOf(0));
    expect([...rows.of(7, 1)]).toEqual(orderOf(2).slice(4, 8));
  });

  it('take all examples where they are larger', () => {
    expect([...rowsOf(64).of(1, 1)]).toEqual(orderOf(1));
  });

  it('hold the inputs and targets of their rows', () => {
    const memory = new BatchMemory(examples, 4);
    for (const rows of [
      [3, 9, 0, 1],
      [7, 2],
    ]) {
      const { count, inputs, targets } = memory.gather(Uint32Array.from(rows));
      expect(count).toBe(rows.length);
      expect([...inputs]).toEqual(rows.flatMap((row) => [row, row]));
      expect(targets).toEqual({ kind: 'labels', labels: Int32Array.from(rows) });
    }
  });
});

describe('deadShare', () => {
  it('counts units whose derivative is 0 on every row', () => {
    // Two rows of three units
    const preActivations = Float32Array.of(-1, -1, 2, -3, 1, -2);
    expect(deadShare(preActivations, 2, relu.create())).toBeCloseTo(1 / 3, 12);
    expect(deadShare(preActivations, 2, tanh.create())).toBe(0);
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
    recorder.record({ validationLoss: [2, 4] });
    recorder.watch(5, [0.5, Number.NaN]);
    recorder.watch(6, [0.5, 1]);
    recorder.record({ validationLoss: [1, 1] });
    expect(recorder.outcomes).toEqual([{ status: 'trained' }, { status: 'diverged', step: 5 }]);
    expect(recorder.curve('validationLoss').networks).toEqual([
      [2, 1],
      [4, null],
    ]);
    recorder.watch(9, [Infinity, 1]);
    recorder.record({ validationLoss: [1, 1] });
    expect(recorder.allDiverged).toBe(true);
    expect(recorder.latest('validationLoss')).toEqual({ mean: null, stderr: null });
    expect(CurveRecorder.from(recorder.recorded).recorded).toEqual(recorder.recorded);
  });
});
