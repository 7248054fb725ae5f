import { expect, it } from 'vitest';

import { timeToAccuracy } from '../src/index.js';

const EPOCH = [0, 1, 2, 4];

it('finds the epoch between two points of each network, and its mean and standard error', () => {
  // Crossings of 0.8 at 1.5, 3 and 2: mean 13/6, deviations −2/3, 5/6, −1/6.
  const curves = [
    [0.1, 0.7, 0.9, 0.95],
    [0.1, 0.2, 0.7, 0.9],
    [0.1, 0.5, 0.8, 0.7],
  ];
  const { epochs, ...counts } = timeToAccuracy(curves, EPOCH, 0.8);
  expect(counts).toEqual({ target: 0.8, reached: 3, networks: 3 });
  expect(epochs.mean).toBeCloseTo(13 / 6, 12);
  expect(epochs.stderr).toBeCloseTo(Math.sqrt((16 + 25 + 1) / 36 / 2 / 3), 12);
});

it('counts networks that do not reach a target, or diverge before, and leaves them out of the mean', () => {
  const curves = [
    [0.1, 0.3, 0.5, 0.6],
    [0.1, 0.7, null, null],
    [0.9, 0.2, 0.2, 0.2],
    [null, 0.9, 0.9, 0.9],
  ];
  expect(timeToAccuracy(curves, EPOCH, 0.8)).toEqual({
    target: 0.8,
    reached: 2,
    networks: 4,
    epochs: { mean: 0.5, stderr: 0.5 },
  });
  expect(timeToAccuracy(curves, EPOCH, 0.55).epochs.mean).toBeCloseTo((3 + 0.75 + 0 + 1) / 4, 12);
  expect(timeToAccuracy(curves, EPOCH, 0.99)).toMatchObject({
    reached: 0,
    epochs: { mean: null, stderr: null },
  });
});
