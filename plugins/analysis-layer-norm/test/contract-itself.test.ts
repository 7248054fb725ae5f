/** That the contract of an analysis finds what is wrong. */

import relu from '@meanfield/activation-relu';
import { definePlugin, type Analysis, type DeepArchitecture, type PluginDefinition } from '@meanfield/core';
import { analysisChecks, failingChecks } from '@meanfield/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';

import layerNorm from '../src/index.js';

const PERCEPTRON: DeepArchitecture = {
  kind: 'mlp',
  layers: [1, 2, 3].map(() => ({ activation: relu.create(), weightVariance: 2, biasVariance: 0 })),
};

/** The layer-norm analysis, with something wrong */
const wrong = (change: (right: Analysis) => Partial<Analysis>): PluginDefinition<'analysis'> =>
  definePlugin({
    kind: 'analysis',
    name: 'layer-norm',
    package: '@meanfield/analysis-layer-norm',
    version: '0.1.0',
    summary: 'wrong in one place',
    options: z.strictObject({}),
    optionDocs: {},
    references: layerNorm.references,
    create() {
      const right = layerNorm.create();
      return { ...right, ...change(right) };
    },
  });

const failing = (definition: PluginDefinition<'analysis'>): Promise<readonly string[]> =>
  failingChecks(
    analysisChecks(definition, {
      packageFile: new URL('../package.json', import.meta.url),
      accepts: { perceptron: PERCEPTRON },
      refuses: { network: { kind: 'resnet', blocks: [{ activation: relu.create(), branchVariance: 1 }] } },
    }),
  );

it('finds a right analysis right', async () => {
  expect(await failing(wrong(() => ({})))).toEqual([]);
});

it('finds a bound that infinite width breaks', async () => {
  const definition = wrong((right) => ({
    analyse: (architecture, question) => ({
      ...right.analyse(architecture, question),
      squaredJacobianLowerBound: 1.5,
      jacobianLowerBound: Math.sqrt(1.5),
    }),
  }));
  expect(await failing(definition)).toEqual(['adds up, and is within its bounds: perceptron']);
});

it('finds what is accepted and should not be', async () => {
  const definition = wrong(() => ({ accepts: () => ({ accepted: true }) }));
  expect(await failing(definition)).toEqual(['refuses network with a reason']);
});

it('finds advice that says nothing', async () => {
  const definition = wrong((right) => ({
    advise: (architecture, question) => ({ ...right.advise(architecture, question), sentences: [] }),
  }));
  expect(await failing(definition)).toEqual(['advises in sentences: perceptron']);
});
