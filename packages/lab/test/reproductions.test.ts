import relu from '@meanfield/activation-relu';
import { cite, createLab, singh2021, type PluginDefinition, type Reproduction } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import gaussian from '@meanfield/mean-field-gaussian';
import { describe, expect, it } from 'vitest';

import {
  createInProcessExecutor,
  experiments,
  judge,
  judgeClaims,
  openRun,
  outcomesOf,
  reproductionPipeline,
  runPipeline,
} from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const lab = createLab([...experiments, ...[relu, he, gaussian].map((each) => each as PluginDefinition)]);

describe('judge', () => {
  const value = { kind: 'value', value: 2, precision: 0.05 } as const;

  it.each([
    // |x − v| ≤ p + 3s and 3s ≤ max(p, 0.05 |v|) = 0.1
    [2.05, 0, 'agrees'],
    [2.12, 0.03, 'agrees'],
    [2.15, 0.03, 'disagrees'],
    [2.051, 0, 'disagrees'],
    [2, 0.034, 'not decidable at this size'],
    [2.5, 0.1, 'disagrees'],
    [null, null, 'not decidable at this size'],
    [2, null, 'not decidable at this size'],
  ] as const)('a value of 2 ± 0.05 against %s ± %s: %s', (obtained, stderr, verdict) => {
    expect(judge(value, { value: obtained, stderr })).toBe(verdict);
  });

  it.each([
    ['below', 0.7, 0.1, 'agrees'],
    ['below', 0.71, 0.1, 'not decidable at this size'],
    ['below', 1.4, 0.1, 'disagrees'],
    ['above', 1.31, 0.1, 'agrees'],
    ['above', 1, 0, 'disagrees'],
    ['below', 1, 0, 'agrees'],
    ['above', 1.2, 0.1, 'not decidable at this size'],
    ['above', 0.6, 0.1, 'disagrees'],
  ] as const)('%s 1 against %s ± %s: %s', (kind, obtained, stderr, verdict) => {
    expect(judge({ kind, bound: 1 }, { value: obtained, stderr })).toBe(verdict);
  });
});

describe('a reproduction', () => {
  const chi1 = (outcomes: Parameters<Reproduction['figures']>[0], label: string) => {
    const cell = outcomes('theory').find(({ labels }) => Object.values(labels).includes(label));
    return { value: cell === undefined ? null : Number(cell.record.result['chi1']), stderr: 0 };
  };
  const reproduction: Reproduction = {
    id: 'test/fig-1',
    title: 'slopes',
    source: cite(singh2021, 'fig. 1'),
    cost: { quick: 'a moment', full: 'a moment' },
    steps: () => [
      {
        id: 'theory',
        title: 'Theory',
        experiment: 'theory',
        options: { initializer: 'he' },
        over: { 'initializer.options.weightVariance': [1, 2] },
        labels: { 'initializer.options.weightVariance': ['one', 'two'] },
      },
    ],
    claims: ['one', 'two', 'three'].map((label) => ({
      id: label,
      by: 'source',
      statement: 'χ₁ is a half',
      where: 'fig. 1',
      expected: () => ({ kind: 'value', value: 0.5, precision: 0 }),
      obtain: (outcomes) => chi1(outcomes, label),
    })),
    figures: () => [],
  };

  it('runs as a pipeline, and every claim is judged by what the records say', async () => {
    const folder = temporaryFolder();
    const pipeline = reproductionPipeline(reproduction, 'quick', 5);
    expect(pipeline).toMatchObject({ name: 'test-fig-1-quick', seed: 5 });
    const summary = await runPipeline({ pipeline, lab, folder, executor: createInProcessExecutor({ lab }) });
    expect(summary).toMatchObject({ cells: 2, complete: 2 });
    const verdicts = judgeClaims(reproduction, outcomesOf(openRun(folder))).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['agrees', 'disagrees', 'not decidable at this size']);
  });
});
