/** TensorFlow.js, loaded when it is first needed, on one of the engines that run anywhere. */

import { MeanfieldError } from '@meanfield/core';
import {
  currentEngine,
  log1pByLog,
  runOn,
  tanhByElu,
  type Dialect,
  type Engine,
  type TensorFlow,
} from '@meanfield/tfjs-networks';

export type EngineName = 'wasm' | 'cpu';

/** Runs `work` without TensorFlow.js writing banners and warnings to the console. */
async function quietly<T>(tf: TensorFlow, work: () => Promise<T>): Promise<T> {
  const before = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return await work();
  } finally {
    tf.env().set('PROD', before);
  }
}

type Listener = (...values: unknown[]) => void;
const CRASH_EVENTS = ['uncaughtException', 'unhandledRejection'];

const crashListeners = (): Listener[][] =>
  CRASH_EVENTS.map((event) => process.rawListeners(event) as Listener[]);

/**
 * Emscripten's start-up code catches crashes of the whole process only to throw them again, which changes
 * the exit code and the printed place of every later error. Its listeners are removed.
 */
async function keepingCrashListeners<T>(work: () => Promise<T>): Promise<T> {
  if (typeof process === 'undefined') return work();
  const before = crashListeners();
  try {
    return await work();
  } finally {
    crashListeners().forEach((listeners, index) => {
      const added = listeners.filter((listener) => before[index]?.includes(listener) === false);
      for (const listener of added) process.removeListener(CRASH_EVENTS[index] ?? '', listener);
    });
  }
}

async function registerEngine(name: EngineName): Promise<Record<string, string>> {
  if (name === 'wasm') {
    const { version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
    return { '@tensorflow/tfjs-backend-wasm': version };
  }
  const { version_cpu: version } = await import('@tensorflow/tfjs-backend-cpu');
  return { '@tensorflow/tfjs-backend-cpu': version };
}

/** One network after another: several as one batched product are slower on these engines. */
const dialectOf = (tf: TensorFlow): Dialect => ({
  networksTogether: 1,
  transposesInProducts: false,
  replaced: { tanh: (x) => tanhByElu(tf, x), log1p: (x) => log1pByLog(tf, x) },
  step: (x) => tf.step(x),
});

async function start(name: EngineName): Promise<Engine> {
  const tf: TensorFlow = await import('@tensorflow/tfjs-core');
  const versions = { '@tensorflow/tfjs-core': tf.version_core, ...(await registerEngine(name)) };
  const previous = currentEngine(tf);
  const started = await quietly(tf, async () => {
    if (!(await keepingCrashListeners(() => tf.setBackend(name)))) return false;
    // The cpu engine prints its banner when the first tensor is made.
    tf.scalar(0).dispose();
    return true;
  });
  if (previous) await tf.setBackend(previous);
  if (!started) throw new Error(`TensorFlow.js could not initialise its ${name} engine`);
  return {
    name: `tfjs ${name}`,
    tf,
    versions,
    dialect: dialectOf(tf),
    run: (work) => runOn(tf, name, work),
  };
}

const engines = new Map<EngineName, Promise<Engine>>();
let lastStart: Promise<unknown> = Promise.resolve();

/** The engine, started once a process. Starts wait for each other, since each changes the global state. */
function loadEngine(name: EngineName): Promise<Engine> {
  const known = engines.get(name);
  if (known !== undefined) return known;
  const starting = lastStart.then(() => start(name));
  lastStart = starting.catch(() => undefined);
  engines.set(name, starting);
  starting.catch(() => engines.delete(name));
  return starting;
}

/** @throws MeanfieldError BACKEND_UNAVAILABLE */
export async function startEngine(name: EngineName): Promise<Engine> {
  try {
    return await loadEngine(name);
  } catch (cause) {
    throw new MeanfieldError({
      code: 'BACKEND_UNAVAILABLE',
      expected: `the ${name} engine of TensorFlow.js to start`,
      found: cause instanceof Error ? cause.message : String(cause),
      remedy:
        name === 'wasm'
          ? 'install the package @meanfield/backend-tfjs again, or choose its slower engine "cpu"'
          : 'install the package @meanfield/backend-tfjs again',
      cause,
    });
  }
}
