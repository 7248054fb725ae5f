/**
 * The 21-point Kronrod rule on [−1, 1] with the 10-point Gauss rule that it contains (Kronrod 1965), the pair
 * behind `integrate`. Exact for polynomials of degree 31 (Kronrod) and 19 (Gauss). Computed in 60 digits by
 * `test/fixtures/coefficients.py`.
 */

/** Positive nodes from the centre out; odd positions belong to the Gauss rule too. The node 0 stands first. */
export const KRONROD_NODES: Float64Array = new Float64Array([
  0.0, 0.14887433898163122, 0.2943928627014602, 0.4333953941292472, 0.5627571346686047, 0.6794095682990244,
  0.7808177265864169, 0.8650633666889845, 0.9301574913557082, 0.9739065285171717, 0.9956571630258081,
]);
export const KRONROD_WEIGHTS: Float64Array = new Float64Array([
  0.1494455540029169, 0.14773910490133849, 0.14277593857706009, 0.13470921731147334, 0.12349197626206584,
  0.10938715880229764, 0.0931254545836976, 0.07503967481091996, 0.054755896574351995, 0.032558162307964725,
  0.011694638867371874,
]);
/** Weights of the Gauss rule at KRONROD_NODES[1], [3], [5], [7], [9] */
export const GAUSS_WEIGHTS: Float64Array = new Float64Array([
  0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814,
]);
