/**
 * Plugin definitions: what a plugin package default-exports.
 *
 * A definition is a factory with a name. Importing it does nothing: no registration by side effect.
 */

import type { StandardSchemaV1 } from '@standard-schema/spec';

import type { Activation } from './contracts/activation.js';
import type { Analysis } from './contracts/analysis.js';
import type { Backend } from './contracts/backend.js';
import type { Experiment, JsonObject } from './contracts/experiment.js';
import type { Initializer, WeightStatistics } from './contracts/initializer.js';
import type { MeanFieldModel } from './contracts/mean-field.js';
import type { ReproducedSource } from './contracts/reproduction.js';
import type { Task } from './contracts/task.js';
import { MeanfieldError, show } from './errors.js';
import { parseOptions, type OptionDocs } from './options.js';
import type { Reference } from './references.js';

/** Kinds of plugin and what each makes. */
export interface PluginKinds {
  activation: Activation;
  initializer: Initializer;
  'mean-field': MeanFieldModel;
  analysis: Analysis;
  task: Task;
  backend: Backend;
  experiment: Experiment;
  reproduction: ReproducedSource;
}
export type PluginKind = keyof PluginKinds;

export const PLUGIN_KINDS: readonly PluginKind[] = [
  'activation',
  'initializer',
  'mean-field',
  'analysis',
  'task',
  'backend',
  'experiment',
  'reproduction',
];

/** Raised when a change of the contracts breaks plugins; a definition of another version is refused. */
export const API_VERSION = 1;

/** What a factory may ask of the lab that it is created in. */
export interface PluginContext {
  /** Another plugin at given options. Throws UNKNOWN_PLUGIN, INVALID_OPTION. */
  get<K extends PluginKind>(kind: K, name: string, options?: unknown): PluginKinds[K];
  /** The model named, or the first registered that accepts. Throws UNSUPPORTED when none does. */
  meanFieldModel(
    statistics: WeightStatistics,
    activation: Activation,
    options?: { readonly model?: string; readonly modelOptions?: unknown },
  ): MeanFieldModel;
}

export interface PluginSpec<K extends PluginKind, Options> {
  readonly kind: K;
  /** Lower-case words joined by '-', unique within the kind */
  readonly name: string;
  /** npm name and version of the package that exports it */
  readonly package: string;
  readonly version: string;
  /** One line for lists */
  readonly summary: string;
  /** Validates and completes options; unknown keys must be refused. Its input may be `{}`. */
  readonly options: StandardSchemaV1<unknown, Options>;
  readonly optionDocs: OptionDocs;
  readonly references: readonly Reference[];
  /** Options of each way to run it that is worth trying by itself, such as a backend's engines */
  readonly variants?: readonly JsonObject[];
  create(options: Options, context: PluginContext): PluginKinds[K];
}

export interface PluginDefinition<K extends PluginKind = PluginKind, Input = unknown> {
  readonly apiVersion: number;
  readonly kind: K;
  readonly name: string;
  readonly package: string;
  readonly version: string;
  readonly summary: string;
  readonly options: StandardSchemaV1;
  readonly optionDocs: OptionDocs;
  readonly references: readonly Reference[];
  readonly variants?: readonly JsonObject[];
  /**
   * Parses the options and makes an instance. Without a context (use outside a lab) a plugin that needs
   * others throws UNKNOWN_PLUGIN.
   *
   * @throws MeanfieldError INVALID_OPTION
   */
  create(options?: Input, context?: PluginContext): PluginKinds[K];
}

function needsLab(what: string): never {
  throw new MeanfieldError({
    code: 'UNKNOWN_PLUGIN',
    expected: `a lab that has ${what}`,
    found: 'a plugin created outside a lab',
    remedy: 'create it through createLab([...])',
  });
}

const NO_LAB: PluginContext = {
  get: (kind, name) => needsLab(`${kind} ${name}`),
  meanFieldModel: () => needsLab('a mean-field model'),
};

/** Makes a definition: the one way to write a plugin. `Input` types the options that callers may pass. */
export function definePlugin<K extends PluginKind, Options, Input = Partial<Options>>(
  spec: PluginSpec<K, Options>,
): PluginDefinition<K, Input> {
  return {
    ...spec,
    apiVersion: API_VERSION,
    create(input, context = NO_LAB) {
      const options = parseOptions(`${spec.kind} ${spec.name}`, spec.options, input ?? {}, spec.optionDocs);
      return spec.create(options, context);
    },
  };
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether it has what a Standard Schema is used by. */
function isSchema(value: unknown): boolean {
  const standard = (value as Partial<StandardSchemaV1> | null | undefined)?.['~standard'];
  return typeof standard?.validate === 'function';
}

function problemWith(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return show(value);
  const definition = value as Partial<Record<keyof PluginDefinition, unknown>>;
  if (!PLUGIN_KINDS.includes(definition.kind as PluginKind)) return `kind ${show(definition.kind)}`;
  if (typeof definition.name !== 'string' || !NAME.test(definition.name))
    return `name ${show(definition.name)}`;
  if (definition.apiVersion !== API_VERSION) {
    return `API version ${show(definition.apiVersion)} in ${String(definition.kind)} ${definition.name}`;
  }
  const missing = (['package', 'version', 'summary'] as const).find(
    (key) => typeof definition[key] !== 'string',
  );
  if (missing !== undefined) return `no ${missing} in ${String(definition.kind)} ${definition.name}`;
  if (typeof definition.create !== 'function') return `no create function in ${definition.name}`;
  if (!isSchema(definition.options)) return `no options schema in ${definition.name}`;
  if (!Array.isArray(definition.references)) return `no list of references in ${definition.name}`;
  return undefined;
}

/**
 * A value from outside, such as the default export of a package that a user named, as a definition.
 *
 * @param origin where it comes from, for the sentence
 * @throws MeanfieldError INVALID_PLUGIN
 */
export function parsePluginDefinition(value: unknown, origin: string): PluginDefinition {
  const problem = problemWith(value);
  if (problem === undefined) return value as PluginDefinition;
  throw new MeanfieldError({
    code: 'INVALID_PLUGIN',
    expected: `a plugin definition of API version ${API_VERSION} from ${origin}`,
    found: problem,
    remedy: 'export what definePlugin({...}) of @meanfield/core returns as the default',
  });
}
