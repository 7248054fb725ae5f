import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { expandStep, parsePipeline, planPipeline, readPipeline, type PipelineStep } from '../src/index.js';
import { createWorkerLab } from './fixtures/cheap-lab.mjs';
import { failureOf, temporaryFolder } from './temporary-folder.js';

const WHOLE = `name: compare
seed: 3
steps:
  - id: draws
    experiment: draws
    options:
      count: 2
    over:
      scheme: [a, b]
`;

const stepOf = (change: Partial<PipelineStep>): PipelineStep => ({
  id: 'step',
  title: 'Step',
  description: '',
  experiment: 'draws',
  options: {},
  over: {},
  labels: {},
  seeds: [],
  optional: false,
  figure: {},
  ...change,
});

describe('parsePipeline', () => {
  it('fills in defaults, from YAML and from JSON', () => {
    const pipeline = parsePipeline(WHOLE, 'it');
    expect(pipeline).toEqual({
      name: 'compare',
      title: 'compare',
      description: '',
      seed: 3,
      plugins: [],
      steps: [stepOf({ id: 'draws', title: 'draws', options: { count: 2 }, over: { scheme: ['a', 'b'] } })],
    });
    expect(parsePipeline(JSON.stringify(pipeline), 'it')).toEqual(pipeline);
  });

  it('lets one list serve several steps by an alias', () => {
    const second = '  - { id: more, experiment: draws, over: { scheme: *s } }\n';
    const { steps } = parsePipeline(WHOLE.replace('[a, b]', '&s [a, b]') + second, 'it');
    expect(steps[1]?.over).toEqual({ scheme: ['a', 'b'] });
  });

  it.each([
    ['an unknown key', WHOLE.replace('seed:', 'sed:'), 'known key at sed in it (line 2), found "sed"'],
    ['an unknown key of a step', WHOLE.replace('over:', 'ovr:'), 'at steps.0.ovr in it (line 8)'],
    ['a wrong type', WHOLE.replace('seed: 3', 'seed: three'), 'at seed in it (line 2), found "three"'],
    ['an infinite number', WHOLE.replace('count: 2', 'count: .inf'), 'steps.0.options.count in it (line 7)'],
    ['a missing key', WHOLE.replace('    experiment: draws\n', ''), 'steps.0.experiment in it (line 4)'],
    ['a key given twice', WHOLE.replace('seed: 3', 'seed: 3\nseed: 4'), '(line 3)'],
    ['a sweep over nothing', WHOLE.replace('[a, b]', '[]'), 'steps.0.over.scheme in it (line 9)'],
    [
      'labels of another length',
      `${WHOLE}    labels: { scheme: [A] }\n`,
      'each of the 2 values of over.scheme',
    ],
    ['labels of no sweep', `${WHOLE}    labels: { skeme: [A] }\n`, 'each of the 0 values of over.skeme'],
    ['an id twice', `${WHOLE}  - { id: draws, experiment: draws }\n`, 'at steps.1.id in it (line 10)'],
    ['no steps', 'name: x\nsteps: []\n', 'at steps in it (line 2)'],
    ['text', 'just text', 'at the top'],
    ['nothing', '', 'at the top'],
    ['broken YAML', 'name: [', 'YAML or JSON'],
    ['broken JSON', '{"name": ', 'YAML or JSON'],
    ['endless nesting', '['.repeat(30_000), 'YAML or JSON'],
  ])('refuses %s in one sentence', (_, text, expected) => {
    const error = failureOf(() => parsePipeline(text, 'it'));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toContain(expected);
    expect(error.message).not.toContain('\n');
  });

  it('refuses aliases that multiply', () => {
    const lines = Array.from(
      { length: 20 },
      (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`,
    );
    const error = failureOf(() => parsePipeline(`a0: &a0 [x]\n${lines.join('\n')}\n`, 'it'));
    expect(error.message).toContain('aliases');
  });

  it('does not touch the prototype of objects', () => {
    const pipeline = parsePipeline(WHOLE.replace('count: 2', '__proto__: { polluted: 1 }'), 'it');
    pipeline.steps.forEach((step) => expandStep({ ...step, over: { '__proto__.polluted': [1] } }, 0));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('readPipeline', () => {
  it('reads a file, and says what is wrong with a path', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'p.yaml'), WHOLE);
    expect(readPipeline(join(folder, 'p.yaml')).name).toBe('compare');
    expect(failureOf(() => readPipeline(join(folder, 'q.yaml'))).message).toContain('ENOENT');
    expect(failureOf(() => readPipeline(folder)).code).toBe('INVALID_FILE');
    writeFileSync(join(folder, 'big.yaml'), `${WHOLE}#${' '.repeat(1 << 20)}`);
    expect(failureOf(() => readPipeline(join(folder, 'big.yaml'))).message).toContain(
      'more than 1048576 bytes',
    );
  });
});

describe('expandStep', () => {
  it('goes through every combination, the last path fastest and the seeds slowest', () => {
    const step = stepOf({
      options: { count: 1, rest: 0 },
      over: { scheme: ['a', 'b'], count: [1, 2] },
      seeds: [5, 6],
    });
    const combinations = expandStep(step, 9);
    expect(combinations.map(({ seed, labels }) => [seed, ...Object.values(labels)].join(' '))).toEqual([
      '5 seed=5 a count=1',
      '5 seed=5 a count=2',
      '5 seed=5 b count=1',
      '5 seed=5 b count=2',
      '6 seed=6 a count=1',
      '6 seed=6 a count=2',
      '6 seed=6 b count=1',
      '6 seed=6 b count=2',
    ]);
    expect(combinations[3]?.options).toEqual({ count: 2, rest: 0, scheme: 'b' });
  });

  it('sets options inside a plugin that was chosen by its name', () => {
    const step = stepOf({ options: { initializer: 'aci' }, over: { 'initializer.options.k': [0, 100] } });
    expect(expandStep(step, 9)).toEqual([
      {
        seed: 9,
        labels: { 'initializer.options.k': 'k=0' },
        options: { initializer: { name: 'aci', options: { k: 0 } } },
      },
      {
        seed: 9,
        labels: { 'initializer.options.k': 'k=100' },
        options: { initializer: { name: 'aci', options: { k: 100 } } },
      },
    ]);
  });

  it('names values by their plugin and its options unless they have labels', () => {
    const initializer = ['he', { name: 'aci' }, { name: 'aci', options: { k: -0.5 } }];
    const labelsOf = (labels: Record<string, string[]>): unknown[] =>
      expandStep(stepOf({ over: { initializer }, labels }), 0).map((each) => each.labels['initializer']);
    expect(labelsOf({})).toEqual(['he', 'aci', 'aci k=-0.5']);
    expect(labelsOf({ initializer: ['He', 'ACI', 'k = −1/2'] })).toEqual(['He', 'ACI', 'k = −1/2']);
  });

  it('refuses a number of combinations that no run would end', () => {
    const values = Array.from({ length: 100 }, (_, i) => i);
    const over = { a: values, b: values, c: values, d: values, e: values, f: values };
    expect(failureOf(() => expandStep(stepOf({ over }), 0)).message).toContain('1000000000000');
  });
});

describe('planPipeline', () => {
  it('resolves every cell, and equal cells of two steps once', () => {
    const again = '  - { id: again, experiment: draws, options: { scheme: b, count: 2, pause: 0 } }\n';
    const manifest = planPipeline(parsePipeline(WHOLE + again, 'it'), createWorkerLab());
    expect(manifest.cells).toHaveLength(2);
    expect(manifest.steps[1]?.cells).toEqual([{ cell: manifest.cells[1]?.id, labels: {} }]);
    expect(manifest.cells[0]?.options).toEqual({ scheme: 'a', count: 2, pause: 0 });
  });

  it.each([
    ['experiment', 'experiment: draws', 'experiment: nothing', 'UNKNOWN_PLUGIN'],
    ['option', 'count: 2', 'count: -2', 'INVALID_OPTION'],
    ['name of an option', 'scheme: [a, b]', 'skeme: [a, b]', 'INVALID_OPTION'],
  ])('says in which step an %s is wrong', (_, right, wrong, code) => {
    const pipeline = parsePipeline(WHOLE.replace(right, wrong), 'it');
    const error = failureOf(() => planPipeline(pipeline, createWorkerLab()));
    expect(error.code).toBe(code);
    expect(error.message).toContain('in step draws of the pipeline');
  });
});
