/** Epochs to an accuracy, from a training and from the records of a run. */

import { createInProcessExecutor, readPipeline, runPipeline } from '@meanfield/lab';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { composeLab } from '../src/composition.js';
import { meanfield, meanfieldJson } from './run.js';

let folder = '';
let data: string[] = [];
/** Points of a circle, and on which side of a line through its middle they lie: learned within a few epochs. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-targets-'));
  const points = Array.from({ length: 60 }, (_, at) => [Math.sin(at), Math.cos(at)]);
  data = ['inputs', 'targets'].map((name) => join(folder, `${name}.csv`));
  writeFileSync(data[0]!, points.map(String).join('\n'));
  writeFileSync(data[1]!, points.map(([x]) => (x! > 0 ? 1 : 0)).join('\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Time {
  readonly target: number;
  readonly reached: number;
  readonly networks: number;
  readonly epochs: { readonly mean: number | null; readonly stderr: number | null };
}

it('train tells the epochs to each accuracy, and how many networks got there', async () => {
  const task = [`inputs=${data[0]!}`, `targets=${data[1]!}`, 'loss=softmax-cross-entropy', 'validation=20'];
  const flags = [
    ...['train', '-t', 'array', '--width', '8', '--depth', '1', '--epochs', '8', '--networks', '3'],
    ...['--optimizer', 'adam', '--learning-rate', '0.05', '--batch-size', '10', '--backend', 'reference'],
    ...task.flatMap((option) => ['--set', `task.${option}`]),
  ];
  const found = await meanfieldJson(...flags, '--targets', '0.9,0,1');
  const curves = found['curves'] as { epoch: number[]; accuracy: { networks: number[][] } };
  const [start, ninety, all] = found['timeToAccuracy'] as Time[];
  expect(start).toEqual({ target: 0, reached: 3, networks: 3, epochs: { mean: 0, stderr: 0 } });
  const reaching = (target: number) =>
    curves.accuracy.networks.filter((own) => own.some((accuracy) => accuracy >= target)).length;
  expect([ninety?.reached, all?.reached]).toEqual([reaching(0.9), reaching(1)]);
  expect(ninety?.reached).toBeGreaterThan(0);
  expect(ninety?.epochs.mean).toBeGreaterThan(0);
  expect(ninety?.epochs.mean).toBeLessThanOrEqual(8);

  const { stdout } = await meanfield(...flags, '--targets', '0.9');
  expect(stdout).toMatch(/Epochs to an accuracy:\naccuracy +epochs\n90 % +\d/);
});

it('report makes a table of records with curves of single networks, and says where there are none', async () => {
  const pipeline = join(folder, 'images.yaml');
  const options = `task: { name: array, options: { inputs: ${data[0]!}, targets: ${data[1]!}, loss: softmax-cross-entropy } }
      hiddenWidths: [8]
      networks: 2
      epochs: 4
      backend: reference`;
  writeFileSync(
    pipeline,
    `name: images
seed: 1
steps:
  - id: adam
    title: Adam
    experiment: training
    options:
      ${options}
      optimizer: { name: adam, options: { learningRate: 0.05 } }
    over:
      initializer: [he, raai]
      networkCurves: [true, false]
`,
  );
  const run = join(folder, 'run');
  const lab = composeLab([]);
  await runPipeline({
    pipeline: readPipeline(pipeline),
    lab,
    folder: run,
    executor: createInProcessExecutor({ lab }),
    report: () => undefined,
  });
  const found = await meanfieldJson('report', run, '--targets', '0.5,1');
  const cells = found['timeToAccuracy'] as { step: string; labels: Record<string, string>; times: Time[] }[];
  expect(cells.map(({ labels }) => labels['initializer'])).toEqual(['he', 'raai']);
  expect(cells[0]!.times.map(({ target }) => target)).toEqual([0.5, 1]);
  const { stdout } = await meanfield('report', run, '--targets', '0.5,1');
  expect(stdout).toContain('epochs to 50 %');
  expect(stdout).toContain('(networkCurves: true), left out: 2.');
  expect(readFileSync(join(run, 'report.html'), 'utf8')).toContain('Adam: epochs to an accuracy');
});

it.each([
  [['train', '--targets', '0.9'], /whose metric is accuracy for --targets, found task teacher-student/],
  [['train', '-t', 'mnist', '--targets', '90'], /from 0 to 1 for --targets, found "90"/],
  [['report', 'nowhere', '--targets', 'most'], /from 0 to 1 for --targets, found "most"/],
])('refuses %j in a sentence', async (flags, sentence) => {
  const { code, stderr } = await meanfield(...flags);
  expect(code).toBe(2);
  expect(stderr).toMatch(sentence);
});
