/** Runs a benchmark: subject and baselines in turn, so that a busy moment of the machine meets all of them. */

import type { Baseline, Benchmark } from './benchmark.js';
import { describeMachine, type Machine } from './machine.js';

export interface BenchmarkResult {
  readonly name: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
  /** Median of each baseline, in the same unit */
  readonly against: Readonly<Record<string, number>>;
  readonly machine: Machine;
}

export interface BenchmarkRun {
  readonly result: BenchmarkResult;
  /** SVG, of benchmarks that draw one */
  readonly figure?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Runs not counted, in which code is compiled and memory is touched. */
const WARM_UPS = 2;

/** @param report told what is being run */
export async function runBenchmark(
  benchmark: Benchmark,
  report: (line: string) => void,
): Promise<BenchmarkRun> {
  const { subject, baselines, figure } = await benchmark.prepare();
  const contestants: readonly Required<Baseline>[] = [
    { name: benchmark.name, measure: subject, runs: benchmark.runs },
    ...baselines.map((baseline) => ({ runs: benchmark.runs, ...baseline })),
  ];
  const measured = contestants.map((): number[] => []);
  for (let round = -WARM_UPS; round < benchmark.runs; round++) {
    report(round < 0 ? 'warming up' : `run ${round + 1} of ${benchmark.runs}`);
    for (const [index, { measure, runs }] of contestants.entries()) {
      // A slow baseline gets no warm-up and fewer runs.
      if (round >= runs || (round < 0 && runs < benchmark.runs)) continue;
      const value = await measure();
      if (round >= 0) measured[index]?.push(value);
    }
  }
  const [own = [], ...others] = measured;
  const result = {
    name: benchmark.name,
    unit: benchmark.unit,
    better: benchmark.better,
    median: median(own),
    min: Math.min(...own),
    max: Math.max(...own),
    runs: own.length,
    against: Object.fromEntries(
      others.map((values, index) => [baselines[index]?.name ?? '', median(values)]),
    ),
    machine: describeMachine(),
  };
  return figure === undefined ? { result } : { result, figure: figure() };
}
