/**
 * The integral operators of a layer on densities over panels: from the density of x ≥ 0 to that of z + u s x (u ~
 * Beta(a, b), z ~ N(0, 1)), and to how much of it changes sides.
 *
 * s is a power of two, so that a handful of matrices serves every layer; what is left of a ratio is a change of scale of
 * the density by at most √2 (`passage.ts`). Matrices are made when first asked for and kept with the law of u.
 */

import { once } from './once.js';
import { makePanels, type Panels } from './panels.js';
import { productIntegrals } from './product-integrals.js';
import { smoothedBeta, type SmoothedBeta } from './smoothed-beta.js';

/** [nodes, nodes], row-major: on the side that u s x points to, and on the other one */
export interface BothSides {
  readonly same: Float64Array;
  readonly opposite: Float64Array;
}

/** At one s */
export interface Kernels {
  /** Of k: densities */
  readonly density: BothSides;
  /** Of k₂: densities times E[u² δ²] */
  readonly square: BothSides;
  /** Of leak₀, leak₁, leak₂: vectors of integrals */
  readonly leaks: readonly [Float64Array, Float64Array, Float64Array];
  readonly squareLeak: Float64Array;
}

/** Everything that depends on the law of u alone. */
export interface BetaFamily {
  readonly beta: SmoothedBeta;
  panels(count: number): Panels;
  kernels(panels: Panels, octave: number): Kernels;
}

/** Kernels kept; of a search for a boundary some four are in use */
const KEPT = 12;

export function betaFamily(a: number, b: number): BetaFamily {
  const beta = smoothedBeta(a, b);
  const grids = new Map<number, Panels>();
  const kept = new Map<string, Kernels>();
  return {
    beta,
    panels(count) {
      let grid = grids.get(count);
      if (grid === undefined) grids.set(count, (grid = makePanels(count)));
      return grid;
    },
    kernels(panels, octave) {
      const key = `${panels.count} ${octave}`;
      let found = kept.get(key);
      if (found === undefined) {
        if (kept.size >= KEPT) kept.clear();
        kept.set(key, (found = kernelsAt(beta, panels, 2 ** octave)));
      }
      return found;
    },
  };
}

function kernelsAt(beta: SmoothedBeta, panels: Panels, s: number): Kernels {
  const n = panels.nodes.length;
  const integrals = productIntegrals(panels, s);
  const vector = (f: (y: number) => number): Float64Array => {
    const out = new Float64Array(n);
    integrals(0, f, out);
    return out;
  };
  const matrix = (k: SmoothedBeta['density'], side: 1 | -1): Float64Array => {
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      const h = side * panels.nodes[i]!;
      integrals(h, (y) => k(h, y), out.subarray(i * n, (i + 1) * n));
    }
    return out;
  };
  const sides = (k: SmoothedBeta['density']): BothSides => {
    const same = once(() => matrix(k, 1));
    const opposite = once(() => matrix(k, -1));
    return {
      get same() {
        return same();
      },
      get opposite() {
        return opposite();
      },
    };
  };
  return {
    density: sides((h, y) => beta.density(h, y)),
    square: sides((h, y) => beta.squareDensity(h, y)),
    leaks: [0, 1, 2].map((m) => vector((y) => beta.leak(m as 0 | 1 | 2, y))) as unknown as Kernels['leaks'],
    squareLeak: vector((y) => beta.squareLeak(y)),
  };
}
