import relu from '@meanfield/activation-relu';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';
import { perceptron, simulate } from '@meanfield/simulation';
import { expect, it } from 'vitest';

import { simulateNaively } from '../src/naive/simulation.js';

it('the naive simulation measures the same network', () => {
  const parts = { activation: relu.create(), initializer: he.create(), depth: 3 };
  const stream = createStream(3);
  const { layers } = simulate({
    network: perceptron(parts),
    width: 40,
    inputs: { count: 6, meanSquare: 1 },
    networks: 1,
    stream,
    method: 'weights',
  });
  const naive = simulateNaively({ ...parts, width: 40, count: 6, stream: stream.child('network').child(0) });
  expect(naive).toHaveLength(3);
  naive.forEach(({ q, c }, index) => {
    expect(q).toBeCloseTo(layers[index]!.q, 12);
    expect(c).toBeCloseTo(layers[index]!.c!, 12);
  });
});
