/** Baselines in Python, where it and the module are installed. */

import { spawnSync } from 'node:child_process';

import { MeanfieldError } from '@meanfield/core';

import type { Baseline } from './benchmark.js';

const python = (code: string) => spawnSync('python3', ['-c', code], { encoding: 'utf8' });

export interface PythonWork {
  readonly name: string;
  readonly module: string;
  /** Run once before the clock starts; the module is imported already */
  readonly setup: string;
  /** One statement: what is timed: the quickest of three, or the first alone if it takes long */
  readonly statement: string;
  /** Python expression of the measured value from `seconds` */
  readonly value: string;
  readonly runs: number;
}

/**
 * The numbers that a script prints.
 *
 * @throws MeanfieldError UNSUPPORTED where Python or the module is missing, INTERNAL when it does not print `count` numbers
 */
export function pythonNumbers(module: string, code: string, count: number): readonly number[] {
  if (python(`import ${module}`).status !== 0) {
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: `python3 with ${module}, which this benchmark compares with`,
      found: 'none',
      remedy: `install it, as in apt-get install python3-${module}`,
    });
  }
  const { stdout, stderr } = python(code);
  const numbers = stdout.trim().split(/\s+/).map(Number);
  if (numbers.length === count && numbers.every(Number.isFinite)) return numbers;
  throw new MeanfieldError({
    code: 'INTERNAL',
    expected: `a script of ${module} to print ${count} numbers`,
    found: stderr.trim().split('\n').at(-1) ?? 'nothing',
    remedy: 'repair the script',
  });
}

/** The baseline, or none where the module cannot be imported. Start-up and import are not timed. */
export function pythonBaselines(works: readonly PythonWork[]): readonly Baseline[] {
  return works
    .filter(({ module }) => python(`import ${module}`).status === 0)
    .map(({ name, module, setup, statement, value, runs }) => ({
      name,
      runs,
      measure() {
        const code = [
          'import time',
          `import ${module}`,
          setup,
          'seconds = float("inf")',
          'for _ in range(3):',
          '    if 1 < seconds < float("inf"):',
          '        break',
          '    start = time.perf_counter()',
          `    ${statement}`,
          '    seconds = min(seconds, time.perf_counter() - start)',
          `print(${value})`,
        ].join('\n');
        const { status, stdout, stderr } = python(code);
        const measured = Number(stdout);
        if (status === 0 && stdout.trim() !== '' && Number.isFinite(measured)) return measured;
        throw new MeanfieldError({
          code: 'INTERNAL',
          expected: `the baseline ${name} to print a number`,
          found: stderr.trim().split('\n').at(-1) ?? 'nothing',
          remedy: 'run the benchmark without it, or repair it',
        });
      },
    }));
}
