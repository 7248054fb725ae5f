/** The class that tfjs-layers asks every initializer to be an instance of. */

import { initializers } from '@tensorflow/tfjs-layers';

/** An initializer of tfjs-layers: `apply(shape, dtype)` gives a tensor. */
export type TfjsInitializer = ReturnType<typeof initializers.ones>;

/**
 * tfjs-layers exports functions that make initializers, not their common class; it is one step above the class of any of
 * them. Finding it has no effect on the state of TensorFlow.js.
 */
export const TfjsInitializerBase: abstract new () => TfjsInitializer = Object.getPrototypeOf(
  initializers.ones().constructor,
) as abstract new () => TfjsInitializer;
