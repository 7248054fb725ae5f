/** Sizes of figures 2.2, 3.2, 3.6 and 3.7: the thesis has N = 2048, 40 networks and 32 layers, and M = 1024 inputs. */

import type { JsonObject, Size } from '@meanfield/core';

/**
 * M is 32 at full size: the standard errors are those over networks, to which the inputs of one network add little, since
 * they share its weights.
 */
export const SCAN: Readonly<Record<Size, JsonObject>> = {
  quick: { width: 256, networks: 20, depth: 32, inputs: { count: 8 } },
  full: { width: 2048, networks: 40, depth: 32, inputs: { count: 32 }, networksPerPart: 4 },
};

/** One pair of inputs so close that their difference stays small through 32 layers. */
export const CLOSE_PAIR: Readonly<Record<Size, JsonObject>> = {
  quick: { width: 1024, networks: 40, depth: 32, inputs: { pairGaps: [1e-8] }, signals: false },
  full: { width: 2048, networks: 40, depth: 32, inputs: { pairGaps: [1e-8] }, signals: false },
};
