/** The plane of parameters that phase diagrams are drawn on. */

/** σ_w² in (0.5, 4) and σ_b² in (0, 1), `size` points a side, off every special value */
export const plane = (size: number): { readonly xs: readonly number[]; readonly ys: readonly number[] } => ({
  xs: Array.from({ length: size }, (_, i) => 0.5 + (3.5 * (i + 0.5)) / size),
  ys: Array.from({ length: size }, (_, i) => (i + 0.5) / size),
});
