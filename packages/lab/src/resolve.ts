/**
 * From what a user asks for to a cell: options parsed, defaults filled in, plugins found and created once, so
 * that everything that is wrong with a request is known before any work starts.
 */

import {
  MeanfieldError,
  parseOptions,
  show,
  type Json,
  type JsonObject,
  type Lab,
  type PluginContext,
  type PluginDefinition,
  type PluginKind,
} from '@meanfield/core';

import { canonicalJson, requireJson } from './canonical-json.js';
import { AUTO } from './experiments/training-parts.js';
import { cellId, type Cell, type PluginUse } from './cell.js';

/** Options of these names choose a plugin, as `{ name, options }`: that is how nested options are resolved. */
const KIND_OF_OPTION: Readonly<Record<string, PluginKind | undefined>> = {
  activation: 'activation',
  initializer: 'initializer',
  branch: 'initializer',
  meanField: 'mean-field',
  task: 'task',
  backend: 'backend',
};

export interface CellRequest {
  readonly experiment: string;
  /** Options as a user gives them; the backend `auto` stays unsettled (`BackendSettler`) */
  readonly options?: unknown;
  readonly seed: number;
}

export interface ResolvedCell {
  readonly cell: Cell;
  /** Definitions of the cell's plugins, for citations */
  readonly definitions: readonly PluginDefinition[];
}

function choiceIn(value: Json | undefined): { name: string; options: Json } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { name, options } = value as { readonly name?: Json; readonly options?: Json };
  return typeof name === 'string' && options !== undefined ? { name, options } : undefined;
}

function resolveOptions(lab: Lab, kind: PluginKind, name: string, input: unknown): JsonObject {
  const definition = lab.definition(kind, name);
  const owner = `${kind} ${name}`;
  const parse = (value: unknown): JsonObject =>
    requireJson(
      parseOptions(owner, definition.options, value, definition.optionDocs),
      `options of ${owner}`,
    ) as JsonObject;
  const parsed = parse(input ?? {});
  if (canonicalJson(parse(parsed)) !== canonicalJson(parsed)) {
    throw new MeanfieldError({
      code: 'INVALID_PLUGIN',
      expected: `the options schema of ${owner} to leave its own output as it is`,
      found: `${show(parsed)} parsed again as ${show(parse(parsed))}`,
      remedy: `let the schema accept what it returns, since records hold parsed options`,
    });
  }
  const entries = Object.entries(parsed).map(([key, value]): [string, Json] => {
    const chosen = choiceIn(value);
    const chosenKind = KIND_OF_OPTION[key];
    if (chosenKind === undefined || chosen === undefined) return [key, value];
    if (chosenKind === 'backend' && chosen.name === AUTO) return [key, value];
    const options = resolveOptions(lab, chosenKind, chosen.name, chosen.options);
    return [key, { name: chosen.name, options }];
  });
  return Object.fromEntries(entries);
}

/** A context that notes the definition of everything that is asked of it. */
function recordingContext(lab: Lab, used: Set<PluginDefinition>): PluginContext {
  const context: PluginContext = {
    get(kind, name, options) {
      const definition = lab.definition(kind, name);
      used.add(definition);
      return definition.create(options, context);
    },
    meanFieldModel(statistics, activation, options) {
      const model = lab.meanFieldModel(statistics, activation, options);
      const definition = lab.list('mean-field').find(({ name }) => name === model.name);
      if (definition !== undefined) used.add(definition);
      return model;
    },
  };
  return context;
}

function useOf({ kind, name, package: from, version }: PluginDefinition): PluginUse {
  return { kind, name, package: from, version };
}

const orderOf = ({ kind, name }: PluginUse): string => `${kind}/${name}`;

/**
 * The cell that a request means in a lab.
 *
 * The experiment is created (not run) once, which makes every plugin that it needs: unknown names, wrong
 * options and laws that no theory describes are found here.
 *
 * @throws MeanfieldError UNKNOWN_PLUGIN, INVALID_OPTION, INVALID_ARGUMENT, UNSUPPORTED, INVALID_PLUGIN
 */
export function resolveCell(lab: Lab, request: CellRequest): ResolvedCell {
  const { experiment, seed } = request;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'a seed that is a whole number from 0 to 2^53 − 1',
      found: show(seed),
      remedy: 'choose such a number',
    });
  }
  const options = resolveOptions(lab, 'experiment', experiment, request.options);
  const used = new Set<PluginDefinition>();
  recordingContext(lab, used).get('experiment', experiment, options);
  const definitions = [...used];
  const plugins = definitions.map(useOf).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const content = { experiment, options, seed, plugins };
  return { cell: { id: cellId(content), ...content }, definitions };
}
