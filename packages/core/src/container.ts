/**
 * The container: the only file that knows tsyringe.
 *
 * It holds definitions (factories) by kind and name. Tokens are global symbols, so that two copies of this
 * package agree. The polyfill must be imported before tsyringe.
 */

import 'reflect-metadata/lite';

import { container as rootContainer, type DependencyContainer } from 'tsyringe';

import { MeanfieldError } from './errors.js';
import { PLUGIN_KINDS, type PluginDefinition, type PluginKind } from './plugin.js';

const token = (kind: PluginKind, name: string): symbol => Symbol.for(`@meanfield/${kind}/${name}`);

export class DefinitionContainer {
  readonly #container: DependencyContainer;
  readonly #own: PluginDefinition[] = [];
  readonly #parent: DefinitionContainer | undefined;

  constructor(parent?: DefinitionContainer) {
    this.#parent = parent;
    this.#container = (parent === undefined ? rootContainer : parent.#container).createChildContainer();
  }

  /** A container that sees everything in this one and may override it by name. */
  child(): DefinitionContainer {
    return new DefinitionContainer(this);
  }

  /** Throws DUPLICATE_PLUGIN when this container itself already has the name; a child may hide its parent's. */
  register(definition: PluginDefinition): void {
    const key = token(definition.kind, definition.name);
    const twin = this.#own.find(({ kind, name }) => kind === definition.kind && name === definition.name);
    if (twin !== undefined) {
      throw new MeanfieldError({
        code: 'DUPLICATE_PLUGIN',
        expected: `one ${definition.kind} named ${definition.name}`,
        found: `it in ${twin.package} and again in ${definition.package}`,
        remedy: `register one of them (registered: ${this.#names(definition.kind)})`,
      });
    }
    this.#container.register(key, { useValue: definition });
    this.#own.push(definition);
  }

  resolve<K extends PluginKind>(kind: K, name: string): PluginDefinition<K> {
    const key = token(kind, name);
    if (!this.#container.isRegistered(key, true)) {
      throw new MeanfieldError({
        code: 'UNKNOWN_PLUGIN',
        expected: `a registered ${kind} (${this.#names(kind) || 'none is registered'})`,
        found: JSON.stringify(name),
        remedy: `use one of these, or register the plugin that has it`,
      });
    }
    return this.#container.resolve<PluginDefinition<K>>(key);
  }

  /** Definitions in order of kind, then of registration, a child's own hiding its parent's of the same name. */
  list(kind?: PluginKind): readonly PluginDefinition[] {
    const inherited = (this.#parent?.list() ?? []).filter(
      (theirs) => !this.#own.some((ours) => ours.kind === theirs.kind && ours.name === theirs.name),
    );
    const all = [...inherited, ...this.#own];
    return PLUGIN_KINDS.filter((each) => kind === undefined || each === kind).flatMap((each) =>
      all.filter((definition) => definition.kind === each),
    );
  }

  #names(kind: PluginKind): string {
    return this.list(kind)
      .map(({ name }) => name)
      .join(', ');
  }
}
