/** TensorFlow.js with its native binding, loaded when it is first needed, from wherever the user has installed it. */

import { MeanfieldError } from '@meanfield/core';
import { runOn, type Dialect, type Engine, type TensorFlow } from '@meanfield/tfjs-networks';
import type { KernelConfig, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';

import { supplyRemovedFunctions } from './removed-functions.js';

/** Name under which tfjs-node registers itself with TensorFlow.js */
const ENGINE = 'tensorflow';
const require = createRequire(import.meta.url);

/** All of tfjs-core, with the versions of what it consists of */
type TfjsNode = TensorFlow & { readonly version: Readonly<Record<string, string>> };

/**
 * Measured on two busy cores, layers of 100, batch 1000: 1, 4 and 8 networks at a time take 31, 17 and 15 ms a network and
 * step. For 100,000 numbers the engine's own step function takes 1.5 ms, the sign 0.1 ms.
 */
const dialectOf = (tf: TensorFlow): Dialect => ({
  networksTogether: 8,
  transposesInProducts: true,
  replaced: {},
  step: (x) => tf.sign(x),
  gate: (y, x) => tf.engine().runKernel<Tensor>(GATE, { y, x }),
});

/** What is used of tfjs-node's own backend object */
interface NativeBackend {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number };
  executeSingleOutput(name: string, attributes: readonly unknown[], inputs: readonly unknown[]): TensorInfo;
}

/** The derivative of a ReLU in one operation, which TensorFlow has and TensorFlow.js does not: 4 % of a step. */
const GATE = 'MeanfieldReluGrad';

function registerGate(tf: TensorFlow): void {
  const known = tf.getKernel(GATE, ENGINE) as KernelConfig | undefined;
  if (known !== undefined) return;
  tf.registerKernel({
    kernelName: GATE,
    backendName: ENGINE,
    kernelFunc({ inputs: { y, x }, backend }) {
      const native = backend as unknown as NativeBackend;
      const { TF_ATTR_TYPE, TF_FLOAT } = native.binding;
      const type = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT };
      return native.executeSingleOutput('ReluGrad', [type], [y, x]);
    },
  });
}

/** TensorFlow's C++ library logs its build flags to standard error when it starts; warnings and errors still show. */
function quietly<T>(work: () => T): T {
  const name = 'TF_CPP_MIN_LOG_LEVEL';
  const before = process.env[name];
  process.env[name] = before ?? '1';
  try {
    return work();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, name);
  }
}

/** The engine that another user of TensorFlow.js has set, if any: it is global, and loading tfjs-node sets its own. */
const engineInUse = (): string | undefined =>
  (globalThis as { readonly _tfengine?: { readonly backendName?: string } })._tfengine?.backendName;

function load(module: string): Engine {
  supplyRemovedFunctions(require('node:util') as Record<string, unknown>);
  const previous = engineInUse();
  const tf = quietly(() => require(module) as TfjsNode);
  if (previous !== undefined) void tf.setBackend(previous);
  registerGate(tf);
  return {
    name: 'tfjs-node',
    tf,
    versions: {
      '@tensorflow/tfjs-node': tf.version['tfjs-node'] ?? 'unknown',
      '@tensorflow/tfjs-core': tf.version_core,
    },
    dialect: dialectOf(tf),
    run: (work) => runOn(tf, ENGINE, work),
  };
}

const isMissing = (module: string, cause: unknown): boolean =>
  cause instanceof Error &&
  (cause as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' &&
  cause.message.startsWith(`Cannot find module '${module}'`);

const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.trim().replace(/\.$/, '');

/**
 * The engine; Node loads a module once a process, and tries again what failed.
 *
 * @param module what tfjs-node is required as: its name, or the path of its folder
 * @throws MeanfieldError BACKEND_UNAVAILABLE
 */
export function startEngine(module: string): Engine {
  try {
    return load(module);
  } catch (cause) {
    const missing = isMissing(module, cause);
    const command = missing
      ? 'npm install @tensorflow/tfjs-node@4.22.0'
      : 'npm rebuild @tensorflow/tfjs-node --build-addon-from-source';
    throw new MeanfieldError({
      code: 'BACKEND_UNAVAILABLE',
      expected: `${module} with its native binding`,
      found: missing ? 'no such package' : firstLine(cause),
      remedy: `run ${command}, or choose the backend tfjs, which needs no binding`,
      cause,
    });
  }
}
