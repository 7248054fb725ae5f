/** Models saved with initializers of this laboratory, loaded again. */

import {
  createLab,
  MeanfieldError,
  show,
  type Initializer,
  type Lab,
  type PluginDefinition,
} from '@meanfield/core';
import { serialization } from '@tensorflow/tfjs-core';
import { z } from 'zod';

import { MeanfieldInitializer, type Origin } from './meanfield-initializer.js';

/** What `MeanfieldInitializer.getConfig` gives. tfjs-layers adds keys of its own when it loads a model. */
const savedConfig = z.object({
  plugin: z.string(),
  options: z.object({ name: z.string() }).nullable(),
  seed: z.number(),
  layer: z.union([z.number(), z.object({ name: z.string() })]),
  fanIn: z.number().nullable(),
});

function parseConfig(config: unknown): z.infer<typeof savedConfig> {
  const outcome = savedConfig.safeParse(config);
  if (outcome.success) return outcome.data;
  throw unreadable(show(config), outcome.error);
}

function parseOptions(text: string): Origin['options'] {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(`options ${show(text)}`, cause);
  }
}

function unreadable(found: string, cause: unknown): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `the saved config of a ${MeanfieldInitializer.className}`,
    found,
    remedy: 'save the model again with this version',
    cause,
  });
}

/** Stands for an instance whose options are not known: fine where the weights come from the file. */
function withoutOptions(plugin: string): Initializer {
  return {
    name: plugin,
    statistics: () => ({ law: 'empirical', reason: `the saved model does not say the options of ${plugin}` }),
    sample() {
      throw new MeanfieldError({
        code: 'UNSUPPORTED',
        expected: `a saved model that says the options of initializer ${plugin}`,
        found: 'one that was made with an instance, which does not tell them',
        remedy: `load the model with its weights, or make it with the plugin ${plugin} itself and its options`,
      });
    },
  };
}

function restore(lab: Lab, config: unknown): MeanfieldInitializer {
  const { plugin, options: saved, seed, layer, fanIn } = parseConfig(config);
  const options = saved === null ? null : parseOptions(saved.name);
  const initializer = options === null ? withoutOptions(plugin) : lab.get('initializer', plugin, options);
  const place = { seed, layer: typeof layer === 'number' ? layer : layer.name };
  return new MeanfieldInitializer(
    initializer,
    { plugin, options },
    fanIn === null ? place : { ...place, fanIn },
  );
}

/**
 * Lets tfjs-layers load models that were saved with these initializers (`loadLayersModel`, `models.modelFromJSON`, clones
 * in wrappers). Nothing is registered on import; a second call replaces the first.
 *
 * @param plugins a lab, or the plugins that saved models may name; others in the list do no harm
 * @throws MeanfieldError INVALID_PLUGIN, DUPLICATE_PLUGIN; loading a model throws UNKNOWN_PLUGIN for an initializer not among
 * them, INVALID_OPTION, INVALID_FILE
 */
export function registerTfjsInitializers(plugins: Lab | readonly PluginDefinition[]): void {
  const lab = 'get' in plugins ? plugins : createLab(plugins);
  class LoadableInitializer extends MeanfieldInitializer {
    static fromConfig(_class: unknown, config: unknown): MeanfieldInitializer {
      return restore(lab, config);
    }
  }
  serialization.registerClass(LoadableInitializer, 'meanfield');
}
