/** What holds for the ensembles of every backend beside their numbers: independence, memory, ends. */

import type { Activation, Backend, Ensemble, RandomStream } from '@meanfield/core';
import { expect } from 'vitest';

import type { Check } from '../check.js';
import { OPTIMIZER_CASES, withEnsemble } from './agreement-checks.js';
import { errorCodeOf } from './error-code.js';
import { drawExamples, drawParameters, ensembleSpec, numbersOf, ROWS } from './problem.js';

const NETWORKS = 3;
const STEPS = 6;
const MEMORY_STEPS = 200;
const SMALL_ROWS = 4;

/** Checks on one activation; R networks, each with its own batches. */
export function ensembleChecks(
  backend: Backend,
  activation: Activation,
  stream: RandomStream,
): readonly Check[] {
  const loss = backend.capabilities.losses[0]!;
  const adam = OPTIMIZER_CASES.find(
    ([, { name }]) => backend.capabilities.optimizers.includes(name) && name === 'adam',
  );
  const optimizer = (adam ?? OPTIMIZER_CASES[0]!)[1];
  const initial = Array.from({ length: NETWORKS }, (_, network) =>
    drawParameters(stream.child('network').child(network)),
  );
  const batches = Array.from({ length: STEPS }, (_, step) =>
    initial.map((_parameters, network) => drawExamples(loss, stream.child(`batch/${step}`).child(network))),
  );
  const spec = ensembleSpec(activation, loss, optimizer, initial);
  const train = async (ensemble: Ensemble, from: number, count: number): Promise<Float64Array[]> => {
    const losses: Float64Array[] = [];
    for (const row of batches) losses.push(await ensemble.step(row.slice(from, from + count)));
    return losses;
  };

  return [
    {
      name: `trains ${NETWORKS} networks side by side as it trains each alone`,
      async run() {
        await withEnsemble(backend, spec, async (together) => {
          expect(together.networks).toBe(NETWORKS);
          const losses = await train(together, 0, NETWORKS);
          for (let network = 0; network < NETWORKS; network++) {
            const alone = ensembleSpec(activation, loss, optimizer, [initial[network]!]);
            await withEnsemble(backend, alone, async (single) => {
              const own = await train(single, network, 1);
              expect(losses.map((row) => row[network])).toEqual(own.map((row) => row[0]));
              expect(await together.parameters(network)).toEqual(await single.parameters(0));
            });
          }
        });
      },
    },
    {
      name: 'keeps two open ensembles apart',
      async run() {
        await withEnsemble(backend, spec, async (first) => {
          await withEnsemble(backend, spec, async (second) => {
            const interleaved: Float64Array[] = [];
            const other: Float64Array[] = [];
            for (const row of batches) {
              const [a, b] = await Promise.all([first.step(row), second.step(row)]);
              interleaved.push(a);
              other.push(b);
            }
            expect(other).toEqual(interleaved);
          });
        });
      },
    },
    {
      name: 'copies initial parameters in and current ones out',
      async run() {
        await withEnsemble(backend, spec, async (ensemble) => {
          const before = await ensemble.parameters(1);
          expect(numbersOf(before)).toEqual(numbersOf(initial[1]!));
          before[0]!.weights.fill(7);
          await train(ensemble, 0, NETWORKS);
          const after = await ensemble.parameters(1);
          expect(after[0]!.weights).not.toEqual(before[0]!.weights);
          expect(numbersOf(after)).not.toEqual(numbersOf(initial[1]!));
          expect(initial[1]).toEqual(drawParameters(stream.child('network').child(1)));
        });
      },
    },
    {
      name: `holds as many buffers after ${MEMORY_STEPS} steps as after the first`,
      async run() {
        await withEnsemble(backend, spec, async (ensemble) => {
          const small = drawExamples(loss, stream.child('small batch'), SMALL_ROWS);
          const row = initial.map(() => small);
          const use = async (): Promise<void> => {
            await ensemble.step(row);
            await ensemble.evaluate(small);
            await ensemble.forward(0, small.inputs, SMALL_ROWS);
            await ensemble.gradients(0, small);
            await ensemble.snapshot(0);
          };
          await use();
          const early = ensemble.liveBuffers();
          for (let step = 1; step < MEMORY_STEPS; step++) await ensemble.step(row);
          await use();
          expect(ensemble.liveBuffers()).toBe(early);
        });
      },
    },
    {
      name: 'refuses batches and networks that are not there, and everything once closed',
      async run() {
        const ensemble = await backend.open(spec);
        const row = batches[0]!;
        const inputs = row[0]!.inputs;
        expect(await errorCodeOf(() => ensemble.step(row.slice(1)))).toBe('INVALID_ARGUMENT');
        expect(await errorCodeOf(() => ensemble.parameters(NETWORKS))).toBe('INVALID_ARGUMENT');
        expect(await errorCodeOf(() => ensemble.forward(0, inputs, ROWS + 1))).toBe('INVALID_ARGUMENT');
        await ensemble.close();
        const calls = [
          () => ensemble.step(row),
          () => ensemble.evaluate(row[0]!),
          () => ensemble.forward(0, inputs, ROWS),
          () => ensemble.gradients(0, row[0]!),
          () => ensemble.parameters(0),
          () => ensemble.snapshot(0),
        ];
        for (const call of calls) expect(await errorCodeOf(call)).toBe('INVALID_ARGUMENT');
      },
    },
    {
      name: 'refuses a loss and an optimizer that it does not have, and parameters of other shapes',
      async run() {
        const open = (change: object) => errorCodeOf(() => backend.open({ ...spec, ...change }));
        expect(await open({ loss: 'hinge' })).toBe('UNSUPPORTED');
        expect(await open({ optimizer: { name: 'lbfgs' } })).toBe('UNSUPPORTED');
        expect(await open({ initial: [] })).toBe('INVALID_ARGUMENT');
        expect(await open({ initial: [initial[0]!.slice(1)] })).toBe('INVALID_ARGUMENT');
      },
    },
  ];
}
