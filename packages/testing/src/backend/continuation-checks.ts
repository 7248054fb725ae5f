/** Training that is interrupted or given in larger pieces: the same bits as without. */

import type {
  Activation,
  Backend,
  Ensemble,
  EnsembleSpec,
  Examples,
  Loss,
  NetworkParameters,
  RandomStream,
  StepPlan,
} from '@meanfield/core';
import { expect } from 'vitest';

import type { Check } from '../check.js';
import { OPTIMIZER_CASES, withEnsemble } from './agreement-checks.js';
import { errorCodeOf } from './error-code.js';
import { drawExamples, drawParameters, ensembleSpec, numbersOf, ROWS, takeRows } from './problem.js';

const NETWORKS = 3;
const STEPS = 3;
const BATCH_SIZE = 8;

interface Setting {
  readonly backend: Backend;
  readonly activation: Activation;
  readonly loss: Loss;
  readonly stream: RandomStream;
}

const parametersOf = (stream: RandomStream, name: string): readonly NetworkParameters[] =>
  Array.from({ length: NETWORKS }, (_, network) => drawParameters(stream.child(name).child(network)));

/** Batches of `STEPS` steps: [step][network] */
const batchesOf = ({ loss, stream }: Setting, name: string): readonly (readonly Examples[])[] =>
  Array.from({ length: STEPS }, (_, step) =>
    Array.from({ length: NETWORKS }, (__, network) =>
      drawExamples(loss, stream.child(`${name}/${step}`).child(network)),
    ),
  );

async function train(
  ensemble: Ensemble,
  batches: readonly (readonly Examples[])[],
): Promise<readonly Float64Array[]> {
  const losses: Float64Array[] = [];
  for (const row of batches) losses.push(await ensemble.step(row));
  return losses;
}

const everyNetwork = async <T>(of: (network: number) => Promise<T>): Promise<readonly T[]> => {
  const all: T[] = [];
  for (let network = 0; network < NETWORKS; network++) all.push(await of(network));
  return all;
};

/** Said in a word: to print thousands of bytes that differ takes seconds. */
function expectSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length, 'bytes of a snapshot').toBe(expected.length);
  expect(
    actual.findIndex((byte, index) => byte !== expected[index]),
    'first byte of a snapshot that differs',
  ).toBe(-1);
}

/** Networks in another order than they were, from other initial numbers, of which nothing may be left. */
function resumeCheck(setting: Setting, [name, optimizer]: (typeof OPTIMIZER_CASES)[number]): Check {
  const { backend, activation, loss, stream } = setting;
  return {
    name: `goes on from snapshots to the same bits: ${name}`,
    async run() {
      const spec = ensembleSpec(activation, loss, optimizer, parametersOf(stream, 'network'));
      const later = batchesOf(setting, 'later');
      await withEnsemble(backend, spec, async (whole) => {
        await train(whole, batchesOf(setting, 'earlier'));
        const snapshots = await everyNetwork((network) => whole.snapshot(network));
        for (let network = 0; network < NETWORKS; network++) {
          expectSameBytes(await whole.snapshot(network), snapshots[network]!);
        }
        const expected = await train(whole, later);
        const resumed = {
          ...spec,
          initial: parametersOf(stream, 'other'),
          resume: snapshots.toReversed(),
        };
        await withEnsemble(backend, resumed, async (ensemble) => {
          const found = await train(
            ensemble,
            later.map((row) => row.toReversed()),
          );
          expect(found.map((row) => row.toReversed())).toEqual(expected);
          for (let network = 0; network < NETWORKS; network++) {
            const mirrored = NETWORKS - 1 - network;
            expectSameBytes(await ensemble.snapshot(mirrored), await whole.snapshot(network));
            expect(await ensemble.parameters(mirrored)).toEqual(await whole.parameters(network));
          }
        });
      });
    },
  };
}

function refusalCheck(setting: Setting): Check {
  const { backend, activation, loss, stream } = setting;
  const [first, second] = OPTIMIZER_CASES.filter(([, { name }]) =>
    backend.capabilities.optimizers.includes(name),
  );
  return {
    name: 'refuses snapshots that do not fit',
    async run() {
      const initial = [drawParameters(stream.child('network'))];
      const spec = ensembleSpec(activation, loss, first![1], initial);
      let good = new Uint8Array();
      await withEnsemble(backend, spec, async (ensemble) => {
        good = Uint8Array.from(await ensemble.snapshot(0));
      });
      const shallow = { ...spec.network, sizes: [...spec.network.sizes.slice(0, 2), 5] };
      const last = { fanIn: 33, fanOut: 5, weights: new Float32Array(165), bias: new Float32Array(5) };
      const refused: readonly (readonly [string, Partial<EnsembleSpec>])[] = [
        ['nothing', { resume: [new Uint8Array()] }],
        ['other bytes', { resume: [Uint8Array.from({ length: 300 }, (_, index) => (index * 37) % 256)] }],
        ['one cut short', { resume: [good.slice(0, -1)] }],
        ['one with bytes at its end', { resume: [Uint8Array.of(...good, 0)] }],
        ['of too few networks', { resume: [good], initial: [...initial, ...initial] }],
        ['of other sizes', { resume: [good], network: shallow, initial: [[initial[0]![0]!, last]] }],
        ['of another optimizer', { resume: [good], optimizer: second![1] }],
      ];
      for (const [what, change] of refused) {
        const code = await errorCodeOf(async () => (await backend.open({ ...spec, ...change })).close());
        expect(code, what).toBe('INVALID_ARGUMENT');
      }
      await withEnsemble(backend, { ...spec, resume: [good] }, async (ensemble) => {
        expect(numbersOf(await ensemble.parameters(0))).toEqual(numbersOf(initial[0]!));
        expect(await errorCodeOf(() => ensemble.snapshot(1))).toBe('INVALID_ARGUMENT');
      });
    },
  };
}

/** Two full batches and one of what is left, of rows in an order of each network's own, some twice. */
function planOf({ loss, stream }: Setting): StepPlan {
  const rows = Array.from({ length: NETWORKS }, (_, network) => {
    const named = stream.child('rows').child(network);
    return Uint32Array.from({ length: 2 * BATCH_SIZE + 3 }, () => named.integer(ROWS));
  });
  return { examples: drawExamples(loss, stream.child('training set')), batchSize: BATCH_SIZE, rows };
}

function stepsCheck(setting: Setting, [name, optimizer]: (typeof OPTIMIZER_CASES)[number]): Check {
  const { backend, activation, loss, stream } = setting;
  return {
    name: `does many steps in one call, where it can, as in as many calls: ${name}`,
    async run() {
      const spec = ensembleSpec(activation, loss, optimizer, parametersOf(stream, 'network'));
      const plan = planOf(setting);
      await withEnsemble(backend, spec, async (together) => {
        if (together.steps === undefined) return;
        const losses = await together.steps(plan);
        await withEnsemble(backend, spec, async (single) => {
          for (let step = 0; step * BATCH_SIZE < plan.rows[0]!.length; step++) {
            const part = plan.rows.map((rows) => rows.slice(step * BATCH_SIZE, (step + 1) * BATCH_SIZE));
            const expected = await single.step(part.map((rows) => takeRows(plan.examples, rows)));
            expect(Float64Array.from(losses, (row) => row[step]!)).toEqual(expected);
          }
          for (let network = 0; network < NETWORKS; network++) {
            expectSameBytes(await together.snapshot(network), await single.snapshot(network));
          }
        });
        const outside = plan.rows.with(1, Uint32Array.of(ROWS));
        const uneven = plan.rows.with(1, plan.rows[1]!.slice(1));
        const refused: readonly Partial<StepPlan>[] = [
          { rows: outside },
          { rows: uneven },
          { rows: plan.rows.slice(1) },
          { batchSize: 0 },
        ];
        for (const change of refused) {
          const code = await errorCodeOf(() => together.steps?.({ ...plan, ...change }));
          expect(code, Object.keys(change).join()).toBe('INVALID_ARGUMENT');
        }
      });
    },
  };
}

/** Checks on one activation and loss, for every optimiser that the backend says it has. */
export function continuationChecks(
  backend: Backend,
  activation: Activation,
  stream: RandomStream,
): readonly Check[] {
  const setting = { backend, activation, loss: backend.capabilities.losses[0]!, stream };
  const cases = OPTIMIZER_CASES.filter(([, { name }]) => backend.capabilities.optimizers.includes(name));
  return [
    ...cases.map((optimizer) => resumeCheck(setting, optimizer)),
    ...cases.map((optimizer) => stepsCheck(setting, optimizer)),
    refusalCheck(setting),
  ];
}
