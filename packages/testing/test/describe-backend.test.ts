/** The contract of backends, run on a float64 backend that is right, and on ones with a known defect. */

import {
  cite,
  definePlugin,
  kingma2015,
  type Activation,
  type Backend,
  type EnsembleSpec,
  type Evaluation,
  type Examples,
  type Loss,
  type OptimizerSpec,
  type PluginDefinition,
  type StepPlan,
} from '@meanfield/core';
import { checkPlan, ReferenceEnsemble } from '@meanfield/networks';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { takeRows } from '../src/backend/problem.js';
import { backendChecks, failingChecks, registerChecks } from '../src/index.js';

const relu: Activation = {
  name: 'relu',
  phi: (x) => Math.max(x, 0),
  derivative: (x) => (x > 0 ? 1 : 0),
  kinks: [0],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x, ops) => ops.relu(x),
};

/** What may be wrong with the backend. */
interface Defects {
  readonly changeOptimizer?: (spec: OptimizerSpec) => OptimizerSpec;
  readonly lossFactor?: number;
  readonly shareFirstBatch?: boolean;
  readonly leak?: boolean;
  readonly staysOpen?: boolean;
  readonly ignoresResume?: boolean;
  readonly dropsShortBatch?: boolean;
  readonly stepsTwiceLate?: boolean;
}

/** The float64 ensemble, wrong where it is asked to be; it has `steps` too. */
class DefectiveEnsemble extends ReferenceEnsemble {
  readonly #spec: EnsembleSpec;
  readonly #defects: Defects;
  #leaked = 0;
  #done = 0;

  constructor({ resume, ...spec }: EnsembleSpec, defects: Defects) {
    const optimizer = defects.changeOptimizer?.(spec.optimizer) ?? spec.optimizer;
    const resumed = resume === undefined || defects.ignoresResume === true ? {} : { resume };
    super('reference', { ...spec, optimizer, ...resumed });
    this.#spec = spec;
    this.#defects = defects;
  }

  override async step(batches: readonly Examples[]): Promise<Float64Array> {
    if (this.#defects.leak === true) this.#leaked++;
    if (this.#defects.stepsTwiceLate === true && ++this.#done > 300) await super.step(batches);
    return super.step(this.#defects.shareFirstBatch === true ? batches.map(() => batches[0]!) : batches);
  }

  async steps(plan: StepPlan): Promise<readonly Float64Array[]> {
    const { examples, batchSize, rows } = plan;
    checkPlan(plan, this.networks, this.#spec);
    const losses: number[][] = rows.map(() => []);
    for (let first = 0; first < rows[0]!.length; first += batchSize) {
      const parts = rows.map((own) => own.slice(first, first + batchSize));
      if (this.#defects.dropsShortBatch === true && parts[0]!.length < batchSize) break;
      const found = await this.step(parts.map((part) => takeRows(examples, part)));
      found.forEach((loss, network) => losses[network]!.push(loss));
    }
    return losses.map((own) => Float64Array.from(own));
  }

  override async evaluate(examples: Examples): Promise<readonly Evaluation[]> {
    const evaluations = await super.evaluate(examples);
    return evaluations.map((each) => ({ ...each, loss: each.loss * (this.#defects.lossFactor ?? 1) }));
  }

  override liveBuffers(): number {
    return super.liveBuffers() + this.#leaked;
  }

  override async close(): Promise<void> {
    if (this.#defects.staysOpen !== true) await super.close();
  }
}

const definitionOf = (
  defects: Defects,
  losses: readonly Loss[],
): PluginDefinition<'backend', Record<string, never>> =>
  definePlugin({
    kind: 'backend',
    name: 'reference',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'float64 in plain TypeScript',
    options: z.strictObject({}),
    optionDocs: {},
    references: [cite(kingma2015)],
    create: (): Backend => ({
      name: 'reference',
      capabilities: {
        activations: 'any',
        losses,
        optimizers: ['sgd', 'adam'],
        dtype: 'float64',
        threads: 1,
        device: 'cpu',
        tolerance: 1e-6,
      },
      availability: async () => ({ available: true, versions: { node: process.version } }),
      open: async (spec) => new DefectiveEnsemble(spec, defects),
    }),
  });

const checksOf = (defects: Defects, losses: readonly Loss[]) =>
  backendChecks(definitionOf(defects, losses), {
    packageFile: new URL('../package.json', import.meta.url),
    activations: [relu],
  });

registerChecks('a right backend', checksOf({}, ['mse', 'softmax-cross-entropy']));

describe('the contract of backends', () => {
  const broken: readonly (readonly [string, Defects, RegExp])[] = [
    [
      'Adam whose ε is scaled by the bias correction',
      {
        changeOptimizer: (spec) =>
          spec.name === 'adam' ? { ...spec, epsilon: spec.epsilon * Math.sqrt(1 - spec.beta2) } : spec,
      },
      /Adam with a large epsilon/,
    ],
    [
      'no momentum',
      { changeOptimizer: (spec) => (spec.name === 'sgd' ? { ...spec, momentum: 0 } : spec) },
      /SGD with momentum/,
    ],
    ['a loss that is a little off', { lossFactor: 1.0001 }, /forward, loss, gradients/],
    ['one batch for all networks', { shareFirstBatch: true }, /side by side|snapshots/],
    ['a leak', { leak: true }, /buffers/],
    ['a close that does not close', { staysOpen: true }, /once closed/],
    ['steps that go wrong late', { stepsTwiceLate: true }, /keeps to the curve/],
    ['snapshots that are not used', { ignoresResume: true }, /snapshots/],
    ['a short last batch left out', { dropsShortBatch: true }, /many steps in one call/],
  ];
  it.each(broken)('fails for %s', async (_name, defects, expected) => {
    // The curve takes a thousand steps, and shows what the others do not for what goes wrong late alone.
    const checks = checksOf(defects, ['mse']).filter(
      ({ name }) => !name.includes('curve') || expected.test(name),
    );
    const failed = await failingChecks(checks);
    expect(failed.length).toBeGreaterThan(0);
    for (const name of failed) expect(name).toMatch(expected);
  });
});
