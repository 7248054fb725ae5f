/** The networks of a scan over σ_w²: one initializer, whose weightVariance takes every value of the scan. */

import type { PluginContext } from '@meanfield/core';
import type { Network } from '@meanfield/simulation';

import { networkOf } from './architecture.js';
import type { Choice } from './choice.js';
import type { InfiniteNetwork, NetworkChoice } from './mean-field-of.js';
import { theoryOf } from './prediction.js';

interface ScannedNetworks extends NetworkChoice {
  readonly weightVariance: readonly number[];
}

const initializersOf = ({ initializer, weightVariance }: ScannedNetworks): readonly Choice[] =>
  weightVariance.map((variance) => ({
    name: initializer.name,
    options: { ...initializer.options, weightVariance: variance },
  }));

/** By σ_w² */
export function perceptronsOf(
  options: ScannedNetworks & { readonly depth: number },
  context: PluginContext,
): readonly Network[] {
  return initializersOf(options).map((initializer) =>
    networkOf({ ...options, initializer, architecture: 'mlp' }, context),
  );
}

/** By σ_w², or why no theory describes the networks */
export function theoriesOf(
  options: ScannedNetworks,
  context: PluginContext,
): readonly InfiniteNetwork[] | string {
  const found: InfiniteNetwork[] = [];
  for (const initializer of initializersOf(options)) {
    const theory = theoryOf({ ...options, initializer }, context);
    if (typeof theory === 'string') return theory;
    found.push(theory);
  }
  return found;
}
