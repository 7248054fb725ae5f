/** `npm run bench -- --list`, `npm run bench -- NAME [--json] [--figure FILE.svg]`. */

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { MeanfieldError, show } from '@meanfield/core';

import type { Benchmark } from './benchmark.js';
import { runBenchmark, type BenchmarkResult } from './measure.js';

export interface Output {
  /** Standard output: the result and nothing else */
  readonly print: (line: string) => void;
  /** Standard error */
  readonly note: (line: string) => void;
}

const USAGE = 'use npm run bench -- --list, or npm run bench -- NAME [--json] [--figure FILE.svg]';

interface Arguments {
  readonly list: boolean;
  readonly json: boolean;
  readonly figure?: string | undefined;
  readonly names: readonly string[];
}

function parse(args: readonly string[]): Arguments {
  try {
    const options = {
      list: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      figure: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { ...values, names: positionals };
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'the name of a benchmark, --list, --json or --figure',
      found: show(args.join(' ')),
      remedy: USAGE,
      cause,
    });
  }
}

const number = (value: number): string => value.toPrecision(4);

function line({ name, unit, better, median, min, max, runs, against }: BenchmarkResult): string {
  const baselines = Object.entries(against).map(([other, value]) => `${other} ${number(value)}`);
  const rest = baselines.length === 0 ? '' : `; against ${baselines.join(', ')}`;
  return `${name}: ${number(median)} ${unit} (${number(min)} to ${number(max)}, ${runs} runs, ${better} is better)${rest}`;
}

/** @throws MeanfieldError INVALID_ARGUMENT on arguments that it does not know */
export async function runCommand(
  args: readonly string[],
  benchmarks: readonly Benchmark[],
  { print, note }: Output,
): Promise<void> {
  const { list, json, figure: file, names } = parse(args);
  if (list) {
    for (const { name, unit, better, summary } of benchmarks)
      print(`${name}\t${unit}, ${better} is better\t${summary}`);
    return;
  }
  const known = benchmarks.map(({ name }) => name).join(', ');
  const benchmark = benchmarks.find(({ name }) => name === names[0]);
  if (benchmark === undefined || names.length !== 1) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `one benchmark of ${known}`,
      found: names.length === 0 ? 'none' : show(names.join(' ')),
      remedy: USAGE,
    });
  }
  const { result, figure } = await runBenchmark(benchmark, (progress) =>
    note(`${benchmark.name}: ${progress}`),
  );
  if (file !== undefined && figure !== undefined) writeFileSync(file, figure);
  if (file !== undefined && figure === undefined) note(`${benchmark.name} draws no figure`);
  print(json ? JSON.stringify(result) : line(result));
}
