/**
 * Tables of the ziggurat for the standard normal: 256 layers of equal area V under f(x) = exp(−x²/2).
 *
 * Marsaglia, Tsang, J. Stat. Software 5(8), 2000, with Doornik's correction (2005): the bits that choose the
 * layer are never used for the position in it. Layer i reaches from height f(x_i) to f(x_{i+1}) and is x_i
 * wide; layer 0 is the base strip, of width V/f(R), which stands for the strip up to R and the tail beyond.
 * R and V are the root of the closing condition x_256 = 0, found with 40 digits; in float64 the areas of the
 * layers agree within 5e-14 relative (measured).
 */

export const LAYERS = 256;
/** R: where the tail begins. */
export const TAIL_START = 3.654152885361009;
/** V: the area of each layer, the tail included in the first. */
export const LAYER_AREA = 0.004928673233974655;

const density = (x: number): number => Math.exp(-0.5 * x * x);

function layerEdges(): Float64Array {
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = LAYER_AREA / density(TAIL_START);
  edges[1] = TAIL_START;
  for (let layer = 2; layer < LAYERS; layer++) {
    const below = edges[layer - 1]!;
    edges[layer] = Math.sqrt(-2 * Math.log(LAYER_AREA / below + density(below)));
  }
  return edges; // the last stays 0: the top of the density
}

/** x_0 … x_256, falling to 0. */
export const EDGES: Float64Array = layerEdges();
/** f(x_i). Entry 0 is not used: the base strip has no wedge. */
export const HEIGHTS: Float64Array = EDGES.map(density);
/** x_i·2⁻⁵³: a position is this times an odd integer between −2⁵³ and 2⁵³. */
export const SCALES: Float64Array = EDGES.map((edge) => edge * 2 ** -53);

/** An odd integer between −2⁵³ and 2⁵³: all bits of `high` and bits 11 to 31 of `low`. */
export const oddPosition = (high: number, low: number): number => high * 0x400000 + ((low >>> 10) | 1);
