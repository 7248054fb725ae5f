/**
 * Dense networks on TensorFlow.js, with its wasm engine or its pure JavaScript one. `smilkov2019`.
 *
 * Importing this loads nothing of TensorFlow.js: `availability()` and `open()` do.
 */

import {
  cite,
  definePlugin,
  isMeanfieldError,
  kingma2015,
  smilkov2019,
  type Availability,
  type Backend,
  type PluginDefinition,
} from '@meanfield/core';
import { checkSpec, LOSSES, OPTIMIZERS } from '@meanfield/networks';
import { TfjsEnsemble } from '@meanfield/tfjs-networks';
import { z } from 'zod';

import { startEngine, type EngineName } from './engine.js';

const options = z.strictObject({ engine: z.enum(['wasm', 'cpu']).default('wasm') });

export interface TfjsOptions {
  /** 'wasm' (default): WebAssembly with SIMD; 'cpu': JavaScript, about 20 times slower, starts anywhere */
  readonly engine?: EngineName;
}

async function availability(engine: EngineName): Promise<Availability> {
  try {
    const { versions } = await startEngine(engine);
    return { available: true, versions };
  } catch (error) {
    return { available: false, reason: isMeanfieldError(error) ? error.message : String(error) };
  }
}

const tfjsBackend = (engine: EngineName): Backend => ({
  name: 'tfjs',
  capabilities: {
    activations: 'any',
    losses: LOSSES,
    optimizers: OPTIMIZERS,
    dtype: 'float32',
    threads: 1,
    device: engine === 'wasm' ? 'cpu, WebAssembly' : 'cpu, JavaScript',
    tolerance: 1e-5,
  },
  availability: () => availability(engine),
  async open(spec) {
    checkSpec(spec);
    return new TfjsEnsemble(await startEngine(engine), spec);
  },
});

const tfjs: PluginDefinition<'backend', TfjsOptions> = definePlugin({
  kind: 'backend',
  name: 'tfjs',
  package: '@meanfield/backend-tfjs',
  version: '0.1.0',
  summary: 'dense networks on TensorFlow.js: WebAssembly, or plain JavaScript',
  options,
  optionDocs: { engine: '"wasm", or "cpu" (JavaScript, about 20 times slower), default "wasm"' },
  references: [cite(smilkov2019), cite(kingma2015, '§2')],
  variants: [{ engine: 'wasm' }, { engine: 'cpu' }],
  create: ({ engine }) => tfjsBackend(engine),
});

export default tfjs;
