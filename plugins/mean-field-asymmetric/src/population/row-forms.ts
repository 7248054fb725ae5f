/**
 * Second moments of pre-activations over rows with one replaced entry (`singh2021` §3.3), from moments of the
 * activations that feed them.
 *
 * A row has N + 1 entries, N(0, (σ_w²/N)(I − κJ/(N+1))), of which one, k, becomes u ~ Beta(a, b). Its inputs are N
 * activations, independent draws x from one law, and a constant c_x (1 for a signal, 0 for a difference of two):
 *
 *   Q = N E xy + c_x c_y,   S = (N E x + c_x)(N E y + c_y) + N (E xy − E x E y)
 *   Gaussian part, averaged over k:   E g_x g_y = (σ_w²/N) [N Q/(N+1) − κ ((N−1) S + Q)/(N+1)²]
 *   replaced part:                    E u² Q/(N+1)
 *
 * which are exact at every N, and σ_w² (E xy − κ E x E y) and E u² E xy for N → ∞.
 */

/** Moments over neurons of two quantities x and y of a layer's activations */
interface ProductMoments {
  /** E xy */
  readonly product: number;
  /** E x */
  readonly first: number;
  /** E y */
  readonly second: number;
  /** c_x and c_y, as multiples of the constant input */
  readonly constants: readonly [number, number];
}

export interface RowForms {
  /** The constant input, 1; 0 where it is left out, for signals so long that it does not show, and without a width */
  readonly constant: number;
  /** E g_x g_y */
  gaussian(moments: ProductMoments): number;
  /** What the replaced entry adds to it */
  replaced(moments: ProductMoments): number;
}

export interface RowFormsRequest {
  /** σ_w² */
  readonly weightVariance: number;
  readonly kappa: number;
  /** E u² */
  readonly secondMoment: number;
  /** N; infinite when left out */
  readonly width?: number;
  /** The constant input; default 1 with a width, else 0 */
  readonly constant?: number;
}

export function rowForms(request: RowFormsRequest): RowForms {
  const { weightVariance, kappa, secondMoment, width } = request;
  if (width === undefined) {
    return {
      constant: 0,
      gaussian: ({ product, first, second }) => weightVariance * (product - kappa * first * second),
      replaced: ({ product }) => secondMoment * product,
    };
  }
  const entries = width + 1;
  const constant = request.constant ?? 1;
  const total = ({ product, constants: [x, y] }: ProductMoments): number =>
    width * product + constant * constant * x * y;
  return {
    constant,
    gaussian(moments) {
      const { product, first, second, constants } = moments;
      const sum = total(moments);
      const sums =
        (width * first + constant * constants[0]) * (width * second + constant * constants[1]) +
        width * (product - first * second);
      const shared = kappa * (((width - 1) * sums + sum) / entries ** 2);
      return (weightVariance / width) * ((width * sum) / entries - shared);
    },
    replaced: (moments) => (secondMoment * total(moments)) / entries,
  };
}
