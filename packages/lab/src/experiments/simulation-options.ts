/** Which finite networks an experiment draws, and what it feeds them. */

import type { PluginContext } from '@meanfield/core';
import type { SimulationRequest } from '@meanfield/simulation';
import { z } from 'zod';

import {
  ARCHITECTURE_DOCS,
  architectureOptions,
  networkOf,
  type ArchitectureChoice,
} from './architecture.js';
import { CHOICE_DOCS, networkOptions, type Choice } from './choice.js';
import { INPUTS_DOC, inputsOption, inputSpec, type Inputs } from './inputs.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { normalisedNetwork } from './normalised-network.js';
import { orReason, theoryOf } from './prediction.js';

const DEEPEST = 1_000_000;

export interface SimulationOptions extends ArchitectureChoice {
  readonly meanField?: Choice | undefined;
  readonly width: number;
  readonly inputSize?: number | undefined;
  readonly inputs: Inputs;
  readonly networks: number;
}

type SimulationShape = typeof networkOptions &
  typeof architectureOptions & {
    readonly width: z.ZodDefault<z.ZodInt>;
    readonly depth: z.ZodDefault<z.ZodInt>;
    readonly inputSize: z.ZodOptional<z.ZodInt>;
    readonly inputs: z.ZodType<Inputs>;
    readonly networks: z.ZodDefault<z.ZodInt>;
  };

/** What all experiments on finite networks are asked. */
export const simulationOptions: SimulationShape = {
  ...networkOptions,
  ...architectureOptions,
  width: z.int().positive().default(512),
  depth: z.int().positive().max(DEEPEST).default(20),
  inputSize: z.int().positive().optional(),
  inputs: inputsOption,
  networks: z.int().min(2).default(20),
};

export const SIMULATION_DOCS: Readonly<Record<keyof SimulationOptions, string>> = {
  ...CHOICE_DOCS,
  ...ARCHITECTURE_DOCS,
  width: 'neurons of each layer, default 512',
  depth: 'layers with a nonlinearity (of a resnet: blocks), default 20',
  inputSize: 'entries of each input, default the width',
  inputs: INPUTS_DOC,
  networks: 'independent networks, at least 2, default 20',
};

/** Refuses options that have no effect in an architecture. */
export function checkArchitecture(
  { architecture, branch, meanField }: Pick<SimulationOptions, 'architecture' | 'branch' | 'meanField'>,
  context: z.core.$RefinementCtx,
): void {
  const refuse = (message: string, path: string): void =>
    context.addIssue({ code: 'custom', message, path: [path] });
  if (architecture !== 'resnet' && branch !== undefined) refuse('only a resnet has a branch', 'branch');
  if (architecture !== 'mlp' && meanField !== undefined)
    refuse('only architecture mlp leaves a choice of mean-field models', 'meanField');
}

/** Throws UNKNOWN_PLUGIN, INVALID_OPTION. */
export function requestOf(
  options: SimulationOptions,
  context: PluginContext,
): Omit<SimulationRequest, 'stream'> {
  const { width, inputSize, inputs, networks } = options;
  return {
    network: networkOf(options, context),
    width,
    ...(inputSize === undefined ? {} : { inputSize }),
    inputs: inputSpec(inputs),
    networks,
  };
}

/** The theory of the networks, or why there is none. */
export function theoryFor(options: SimulationOptions, context: PluginContext): InfiniteNetwork | string {
  if (options.architecture === 'mlp') return theoryOf(options, context);
  // A lab need not have the models of normalised networks to simulate them.
  return orReason(() => normalisedNetwork(options, context), ['UNSUPPORTED', 'UNKNOWN_PLUGIN']);
}
