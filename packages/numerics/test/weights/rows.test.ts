import { createHash } from 'node:crypto';

import { MeanfieldError, type FloatArray, type RandomStream, type ReplacedEntryRows } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createStream } from '../../src/random/index.js';
import { kappaOf, sampleExchangeableRows, sampleReplacedEntryRows } from '../../src/weights/index.js';

const strength = fc.double({ min: -0.999, max: 1e6, noNaN: true });

/** A stream whose normals are those of `values`, one after the other; children continue their parent. */
function scripted(values: readonly number[]): RandomStream {
  let next = 0;
  const stream: RandomStream = {
    ...createStream(0),
    child: () => stream,
    fillNormal(out: FloatArray, deviation: number, start = 0, end: number = out.length) {
      for (let index = start; index < end; index++) out[index] = deviation * values[next++]!;
    },
    integer: () => 0,
    beta: () => 0.75,
  };
  return stream;
}

/** [n, n] identity, row by row: neuron j has the normals e_j. */
const identity = (n: number): number[] =>
  Array.from({ length: n * n }, (_, index) => (index % n === Math.floor(index / n) ? 1 : 0));

/** Largest |M Mᵀ − v(I − κJ/n)| over the entries from `first` on; `map` is M, [n, n] row-major. */
function covarianceError(map: ArrayLike<number>, n: number, v: number, kappa: number, first = 0): number {
  let largest = 0;
  for (let i = first; i < n; i++) {
    for (let j = first; j < n; j++) {
      let covariance = 0;
      for (let neuron = 0; neuron < n; neuron++) covariance += map[i * n + neuron]! * map[j * n + neuron]!;
      largest = Math.max(largest, Math.abs(covariance - v * ((i === j ? 1 : 0) - kappa / n)));
    }
  }
  return largest;
}

describe('kappaOf', () => {
  it('is k/(1+k)', () => {
    expect([kappaOf(0), kappaOf(100), kappaOf(-0.5), kappaOf(1e308)]).toEqual([0, 100 / 101, -1, 1]);
  });

  it.each([-1, -2, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (k) => {
    expect(() => kappaOf(k)).toThrow(MeanfieldError);
  });
});

describe('sampleExchangeableRows', () => {
  it('maps independent normals to covariance v(I − κJ/n), exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        strength,
        fc.double({ min: 1e-3, max: 10, noNaN: true }),
        (n, k, v) => {
          const map = new Float64Array(n * n);
          const layer = { fanIn: n, fanOut: n, weights: map };
          sampleExchangeableRows(layer, { entryVariance: v, correlationStrength: k }, scripted(identity(n)));
          const kappa = kappaOf(k);
          expect(covarianceError(map, n, v, kappa)).toBeLessThanOrEqual(
            1e-14 * v * (1 + Math.abs(kappa)) * n,
          );
        },
      ),
    );
  });

  it.each([1, 3, 5000])('takes the normals of the stream in order, %i neurons wide', (fanOut) => {
    const fanIn = 5;
    const drawn = new Float64Array(fanIn * fanOut);
    createStream(1, 'w').fillNormal(drawn, Math.sqrt(0.5));
    const weights = new Float64Array(fanIn * fanOut);
    const layer = { fanIn, fanOut, weights };
    sampleExchangeableRows(layer, { entryVariance: 0.5, correlationStrength: 0 }, createStream(1, 'w'));
    expect(weights).toEqual(drawn);
    sampleExchangeableRows(layer, { entryVariance: 0.5, correlationStrength: 3 }, createStream(1, 'w'));
    // k = 3 takes half of its mean from a row.
    let largest = 0;
    for (let neuron = 0; neuron < fanOut; neuron++) {
      const rows = Array.from({ length: fanIn }, (_, row) => row * fanOut + neuron);
      const mean = rows.reduce((sum, index) => sum + drawn[index]!, 0) / fanIn;
      for (const index of rows)
        largest = Math.max(largest, Math.abs(weights[index]! - drawn[index]! + mean / 2));
    }
    expect(largest).toBeLessThan(2e-15);
  });

  it.each([
    [{ fanIn: 0, fanOut: 2, weights: new Float64Array(0) }, 1, 1],
    [{ fanIn: 2, fanOut: 1.5, weights: new Float64Array(3) }, 1, 1],
    [{ fanIn: 2, fanOut: 2, weights: new Float64Array(5) }, 1, 1],
    [{ fanIn: 2, fanOut: 2, weights: new Float64Array(4) }, -1, 1],
    [{ fanIn: 2, fanOut: 2, weights: new Float64Array(4) }, Number.NaN, 1],
    [{ fanIn: 2, fanOut: 2, weights: new Float32Array(4) }, 1e80, 1],
    [{ fanIn: 2, fanOut: 2, weights: new Float64Array(4) }, 1, -1],
  ])('refuses %j with variance %d and k = %d', (layer, entryVariance, correlationStrength) => {
    const run = () => sampleExchangeableRows(layer, { entryVariance, correlationStrength }, createStream(1));
    expect(run).toThrow(MeanfieldError);
  });
});

describe('sampleReplacedEntryRows', () => {
  const law = (correlationStrength: number, weightVariance = 1): ReplacedEntryRows => ({
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength,
    replacement: { law: 'beta', a: 2, b: 1 },
  });

  it('maps independent normals to covariance (σ_w²/N)(I − κJ/(N+1)), the bias included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), strength, (fanIn, k) => {
        const entries = fanIn + 1;
        const layer = {
          fanIn,
          fanOut: entries,
          weights: new Float64Array(fanIn * entries),
          bias: new Float64Array(entries),
        };
        sampleReplacedEntryRows(layer, law(k, fanIn), scripted(identity(entries)));
        const map = [...layer.weights, ...layer.bias];
        expect(map.slice(0, entries)).toEqual(Array.from({ length: entries }, () => 0.75)); // replaced
        const kappa = kappaOf(k);
        const bound = 1e-14 * (1 + Math.abs(kappa)) * entries;
        expect(covarianceError(map, entries, 1, kappa, 1)).toBeLessThanOrEqual(bound);
      }),
    );
  });

  it('replaces one entry of each neuron, each as often, by the beta law', () => {
    const fanIn = 4;
    const fanOut = 50_000;
    const layer = {
      fanIn,
      fanOut,
      weights: new Float64Array(fanIn * fanOut),
      bias: new Float64Array(fanOut),
    };
    sampleReplacedEntryRows(layer, law(100, 0), createStream(6));
    const counts = new Float64Array(fanIn + 1);
    const replaced: number[] = [];
    let strays = 0;
    for (let neuron = 0; neuron < fanOut; neuron++) {
      const entries = [0, 1, 2, 3].map((row) => layer.weights[row * fanOut + neuron]!);
      entries.push(layer.bias[neuron]!);
      // With σ_w² = 0 every other entry is exactly 0.
      const at = entries.findIndex((entry) => entry !== 0);
      counts[at]! += 1;
      strays += entries.filter((entry) => entry !== 0).length - 1;
      replaced.push(entries[at]!);
    }
    expect(strays).toBe(0);
    const deviation = Math.sqrt(fanOut * 0.2 * 0.8);
    for (const count of counts) expect(Math.abs(count - fanOut / 5) / deviation).toBeLessThan(3.5);
    const meanSquare = replaced.reduce((sum, u) => sum + u * u, 0) / fanOut;
    // E u² = 1/2, and u² is uniform.
    expect(Math.abs(meanSquare - 0.5) / Math.sqrt(1 / 12 / fanOut)).toBeLessThan(3.5);
  });

  it('gives RAI and RAAI of one stream the same replaced entries', () => {
    const sample = (k: number) => {
      const layer = { fanIn: 30, fanOut: 20, weights: new Float64Array(600), bias: new Float64Array(20) };
      sampleReplacedEntryRows(layer, law(k), createStream(9, 'layer/1'));
      return layer;
    };
    const plain = sample(0);
    const correlated = sample(100);
    const equal = plain.weights.filter((w, index) => w === correlated.weights[index]).length;
    const equalBiases = plain.bias.filter((b, index) => b === correlated.bias[index]).length;
    expect(equal + equalBiases).toBe(20);
  });

  it('refuses a bias of the wrong length', () => {
    const layer = { fanIn: 2, fanOut: 2, weights: new Float64Array(4), bias: new Float64Array(3) };
    expect(() => sampleReplacedEntryRows(layer, law(0), createStream(1))).toThrow(/2 biases/);
  });
});

describe('the bits of a layer', () => {
  const digest = (...arrays: Float64Array[]): string =>
    arrays.reduce((hash, array) => hash.update(array), createHash('sha256')).digest('hex');

  it('never change: digests of rows with k = 100', () => {
    const layer = { fanIn: 101, fanOut: 67, weights: new Float64Array(101 * 67), bias: new Float64Array(67) };
    const stream = createStream(7, 'golden');
    sampleExchangeableRows(layer, { entryVariance: 2 / 101, correlationStrength: 100 }, stream);
    expect(digest(layer.weights)).toBe('d728d924062604ebcb42bd63e559fe8d15dd24a37e985f9f68fb11562c905bfb');
    const law = { law: 'replaced-entry-rows', weightVariance: 0.9, correlationStrength: 100 } as const;
    sampleReplacedEntryRows(layer, { ...law, replacement: { law: 'beta', a: 2, b: 1 } }, stream);
    expect(digest(layer.weights, layer.bias)).toBe(
      '2c07f16cd33af2855d3d7282576d98b26d51140cd14cb799b37f13371162db5f',
    );
  });
});
