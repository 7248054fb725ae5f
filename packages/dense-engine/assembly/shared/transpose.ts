/** A 4 × 4 block from rows at `from` to columns at `to`: distances between rows in bytes. */

// @ts-ignore: decorator
@inline
export function transposeBlock(from: usize, fromRow: usize, to: usize, toRow: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromRow);
  const c = v128.load(from + 2 * fromRow);
  const d = v128.load(from + 3 * fromRow);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + toRow, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * toRow, v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5));
  v128.store(to + 3 * toRow, v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7));
}
