/** Products with Jacobians are exact derivatives, and each other's transpose, for every kind of layer. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Initializer } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { simulateNodes, type Network } from '../src/index.js';
import { formNetwork } from '../src/jacobian/formed-network.js';
import { linearise } from '../src/jacobian/linearise.js';
import { pullBack, pushForward } from '../src/jacobian/products.js';
import { planOf } from '../src/plan.js';

const INPUT_SIZE = 9;
const WIDTH = 7;
const NETWORK_INDEX = 2;
const dense = aci.create({ weightVariance: 2.5, biasVariance: 0.3, k: 2 });
const smooth = { activation: tanh.create() };

/** Every kind of layer, places within branches and nested ones, other widths */
const everything = (initializer: Initializer): Network => [
  { dense: initializer },
  { observe: true },
  smooth,
  {
    residual: [
      { layerNorm: { epsilon: 0.01 } },
      { dense: initializer, width: 5 },
      { observe: true },
      {
        residual: [
          smooth,
          { dense: initializer, width: 5 },
          { observe: true },
          { activation: relu.create() },
        ],
      },
      smooth,
      { dense: initializer },
    ],
  },
  { observe: true },
  { layerNorm: {} },
  smooth,
  { dense: initializer, width: 4 },
  { observe: true },
];
const UNITS = [WIDTH, 5, 5, WIDTH, 4];
const LAST = UNITS.length - 1;

const root = createStream(21, 'jacobian');
const normals = (length: number, name: string): Float64Array => {
  const out = new Float64Array(length);
  createStream(22, name).fillNormal(out, 1);
  return out;
};

/** Signals at a place, by the forward simulation */
function signals(network: Network, input: Float64Array, place: number): Float64Array {
  const inputs = { count: 1, values: input };
  const request = { network, width: WIDTH, inputSize: INPUT_SIZE, inputs, networks: 3, stream: root };
  return simulateNodes({ ...request, method: 'weights' }, NETWORK_INDEX, [place])[0]!.mean;
}

const column = (batch: Float64Array, columns: number, index: number): Float64Array =>
  batch.filter((_, at) => at % columns === index);

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const normOf = (a: Float64Array): number => Math.sqrt(dot(a, a));

/** x + a y */
const plus = (x: Float64Array, a: number, y: Float64Array): Float64Array =>
  x.map((value, i) => value + a * y[i]!);

function differentiate(f: (step: number) => Float64Array): Float64Array {
  const step = 2e-4;
  // Central differences with steps h and 2h, combined to order h⁴
  const central = (h: number): Float64Array => plus(f(h), -1, f(-h)).map((value) => value / (2 * h));
  const near = central(step);
  return plus(near, 1 / 3, plus(near, -1, central(2 * step)));
}

const POINTS = 2;
const inputs = normals(INPUT_SIZE * POINTS, 'inputs');
const network = everything(dense);
const plan = planOf(network, WIDTH, INPUT_SIZE);
const formed = formNetwork(plan, root.child('network').child(NETWORK_INDEX));
const linear = linearise(formed, inputs, POINTS);

function images(vectors: Float64Array, count: number): readonly Float64Array[] {
  const found: Float64Array[] = [];
  pushForward(linear, vectors, count, (place, tangents, units) => {
    expect([place, units]).toEqual([found.length, UNITS[place]]);
    found.push(tangents.slice());
  });
  return found;
}

// Few columns and many take different ways through dense layers.
describe.each([3, 10])('the Jacobian at two inputs with %i vectors each', (count) => {
  const columns = POINTS * count;
  const vectors = normals(INPUT_SIZE * columns, 'vectors');
  const found = images(vectors, count);

  it('times vectors is the derivative of the signals', () => {
    expect(found).toHaveLength(UNITS.length);
    for (const place of UNITS.keys()) {
      for (const index of [0, count - 1, count, columns - 1]) {
        const point = column(inputs, POINTS, Math.floor(index / count));
        const vector = column(vectors, columns, index);
        const expected = differentiate((step) => signals(network, plus(point, step, vector), place));
        const difference = plus(column(found[place]!, columns, index), -1, expected);
        expect(normOf(difference) / normOf(expected), `place ${place}, column ${index}`).toBeLessThan(1e-9);
      }
    }
  });

  it('transposed times covectors is its transpose', () => {
    for (const [place, units] of UNITS.entries()) {
      const covectors = normals(units * columns, 'covectors');
      const back = pullBack(linear, place, covectors, count);
      for (let index = 0; index < columns; index++) {
        const [u, image] = [column(covectors, columns, index), column(found[place]!, columns, index)];
        const [v, pulled] = [column(vectors, columns, index), column(back, columns, index)];
        const scale = normOf(u) * normOf(image) + normOf(v) * normOf(pulled);
        expect(Math.abs(dot(u, image) - dot(pulled, v)) / scale).toBeLessThan(1e-14);
      }
    }
  });
});

describe('gradients at pre-activations', () => {
  it('are derivatives with respect to biases, of every dense layer on the way', () => {
    const covectors = normals(UNITS[LAST]! * POINTS, 'covectors');
    const found = new Map<number, Float64Array>();
    pullBack(linear, LAST, covectors, 1, (layer, gradient) => found.set(layer, gradient.slice()));
    expect([...found.keys()]).toEqual([5, 4, 3, 2, 1]);
    const point = column(inputs, POINTS, 1);
    for (const [layer, gradient] of found) {
      const shifted = (unit: number, step: number): Initializer => ({
        ...dense,
        sample: (target, stream) => {
          dense.sample(target, stream);
          if (stream.path.endsWith(`layer/${layer}`)) target.bias[unit]! += step;
        },
      });
      column(gradient, POINTS, 1).forEach((delta, unit) => {
        const change = differentiate((step) => signals(everything(shifted(unit, step)), point, LAST));
        expect(Math.abs(delta - dot(column(covectors, POINTS, 1), change))).toBeLessThan(
          1e-8 * normOf(gradient),
        );
      });
    }
  });
});

describe('layer normalisation of a signal that is 0', () => {
  const norm: Network = [{ dense: aci.create({ k: 0 }), width: 3 }, { layerNorm: {} }, { observe: true }];
  const at = (input: Float64Array, layers: Network): Float64Array => {
    const small = planOf(layers, 3, 2);
    let found = new Float64Array(0);
    const jacobian = linearise(formNetwork(small, root), input, 1);
    pushForward(jacobian, Float64Array.of(1, 0, 0, 1), 2, (_, tangents) => (found = tangents.slice()));
    return found;
  };

  it('has the derivative 0 where dead units keep it there, and none at an input of 0', () => {
    const dead: Network = [{ activation: { ...relu.create(), phi: () => 0, derivative: () => 0 } }, ...norm];
    expect(at(Float64Array.of(1, 2), dead)).toEqual(new Float64Array(6));
    expect(() => at(Float64Array.of(0, 0), norm)).toThrow(/an input of 0/);
    expect(at(Float64Array.of(0, 1), norm).every(Number.isFinite)).toBe(true);
  });
});
