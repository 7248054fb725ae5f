import { MeanfieldError } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import type { Benchmark } from '../src/benchmark.js';
import { runCommand } from '../src/command.js';
import { median } from '../src/measure.js';
import { sampleByCholesky } from '../src/naive/cholesky-sampler.js';

/** Measures 3, 2, 1 after two runs of warming up; its baseline 10, 20. */
function scripted(): Benchmark {
  const own = [100, 100, 3, 2, 1];
  const other = [10, 20];
  return {
    name: 'scripted',
    summary: 'values known beforehand',
    unit: 'ms',
    better: 'lower',
    runs: 3,
    prepare: () => ({
      subject: () => own.shift() ?? NaN,
      baselines: [{ name: 'slow', runs: 2, measure: () => Promise.resolve(other.shift() ?? NaN) }],
    }),
  };
}

async function output(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runCommand(args, [scripted()], { print: (line) => lines.push(line), note: () => undefined });
  return lines;
}

describe('the command', () => {
  it('lists benchmarks', async () => {
    expect(await output('--list')).toEqual(['scripted\tms, lower is better\tvalues known beforehand']);
  });

  it('prints one JSON document with median, extremes and baselines', async () => {
    const lines = await output('scripted', '--json');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      name: 'scripted',
      unit: 'ms',
      better: 'lower',
      median: 2,
      min: 1,
      max: 3,
      runs: 3,
      against: { slow: 15 },
      machine: { node: process.version },
    });
  });

  it('prints one line', async () => {
    const [line] = await output('scripted');
    expect(line).toBe('scripted: 2.000 ms (1.000 to 3.000, 3 runs, lower is better); against slow 15.00');
  });

  it.each([[[]], [['nothing']], [['scripted', 'scripted']], [['--fast']]])('refuses %j', async (args) => {
    await expect(output(...args)).rejects.toThrow(MeanfieldError);
  });
});

it('median is the middle, or the mean of the two in the middle', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

it('the naive baseline samples the same law', () => {
  const fanIn = 8;
  const fanOut = 20_000;
  const layer = { fanIn, fanOut, weights: new Float64Array(fanIn * fanOut), bias: new Float64Array(fanOut) };
  sampleByCholesky(layer, { weightVariance: 2, kappa: 0.75 }, createStream(5));
  const sums = new Float64Array(fanOut);
  layer.weights.forEach((weight, index) => (sums[index % fanOut]! += weight));
  const meanSquare = sums.reduce((total, sum) => total + sum * sum, 0) / fanOut;
  // A row's sum is Gaussian, of variance σ_w²(1 − κ) = 0.5.
  const standardError = 0.5 * Math.sqrt(2 / fanOut);
  expect(Math.abs(meanSquare - 0.5)).toBeLessThan(3.5 * standardError);
});
