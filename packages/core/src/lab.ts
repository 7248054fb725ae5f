/** A lab: a set of plugins, asked for by kind and name, that remembers which it used. */

import { DefinitionContainer } from './container.js';
import type { Activation } from './contracts/activation.js';
import type { WeightStatistics } from './contracts/initializer.js';
import type { MeanFieldModel } from './contracts/mean-field.js';
import { MeanfieldError } from './errors.js';
import {
  parsePluginDefinition,
  type PluginContext,
  type PluginDefinition,
  type PluginKind,
  type PluginKinds,
} from './plugin.js';
import { bibliographyOf } from './references.js';

export interface Lab extends PluginContext {
  /** The definition itself, for its documentation and options. Throws UNKNOWN_PLUGIN. */
  definition<K extends PluginKind>(kind: K, name: string): PluginDefinition<K>;
  list(kind?: PluginKind): readonly PluginDefinition[];
  /** Definitions of which this lab, or a child of it, has made an instance, in order of first use. */
  used(): readonly PluginDefinition[];
  /** BibTeX of the components actually used. */
  cite(): string;
  /** A lab that sees everything in this one; its own definitions hide those of the same kind and name. */
  child(definitions: readonly PluginDefinition[]): Lab;
}

class ContainerLab implements Lab {
  readonly #container: DefinitionContainer;
  readonly #used: Set<PluginDefinition>;

  constructor(container: DefinitionContainer, used: Set<PluginDefinition>) {
    this.#container = container;
    this.#used = used;
  }

  get<K extends PluginKind>(kind: K, name: string, options?: unknown): PluginKinds[K] {
    const definition = this.#container.resolve(kind, name);
    const instance = definition.create(options, this);
    this.#used.add(definition);
    return instance;
  }

  definition<K extends PluginKind>(kind: K, name: string): PluginDefinition<K> {
    return this.#container.resolve(kind, name);
  }

  meanFieldModel(
    statistics: WeightStatistics,
    activation: Activation,
    { model, modelOptions }: { readonly model?: string; readonly modelOptions?: unknown } = {},
  ): MeanFieldModel {
    const candidates = model === undefined ? this.list('mean-field').map(({ name }) => name) : [model];
    const refusals: string[] = [];
    for (const name of candidates) {
      // Tried through the definition, so that only the model that is used is cited.
      const definition = this.#container.resolve('mean-field', name);
      const candidate = definition.create(undefined, this);
      const answer = candidate.accepts(statistics, activation);
      if (answer.accepted) {
        this.#used.add(definition);
        return modelOptions === undefined ? candidate : definition.create(modelOptions, this);
      }
      refusals.push(`${name} does not apply: ${answer.reason}`);
    }
    const why = statistics.law === 'empirical' ? ` (${statistics.reason})` : '';
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: `a mean-field model for ${activation.name} with weights of law ${statistics.law}${why}`,
      found: refusals.join('; ') || 'no model registered',
      remedy: 'simulate instead, or register a plugin of kind mean-field that describes this law',
    });
  }

  list(kind?: PluginKind): readonly PluginDefinition[] {
    return this.#container.list(kind);
  }

  used(): readonly PluginDefinition[] {
    return [...this.#used];
  }

  cite(): string {
    return bibliographyOf(this.used().flatMap(({ references }) => references));
  }

  child(definitions: readonly PluginDefinition[]): Lab {
    return fill(this.#container.child(), definitions, this.#used);
  }
}

function fill(
  container: DefinitionContainer,
  definitions: readonly PluginDefinition[],
  used: Set<PluginDefinition>,
): Lab {
  definitions.forEach((definition, index) =>
    container.register(parsePluginDefinition(definition, `entry ${index} of the list of plugins`)),
  );
  return new ContainerLab(container, used);
}

/**
 * A lab with these plugins.
 *
 * @throws MeanfieldError INVALID_PLUGIN, DUPLICATE_PLUGIN
 */
export function createLab(definitions: readonly PluginDefinition[]): Lab {
  return fill(new DefinitionContainer(), definitions, new Set());
}
