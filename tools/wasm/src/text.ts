/** Lines of sources that are written out */

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

export const indent = (lines: readonly string[], depth: number): string[] =>
  lines.map((line) => ' '.repeat(2 * depth) + line);

/** An address, and how many bytes after it where that is not 0: the arguments of a load */
export const at = (base: string, bytes: number): string => (bytes === 0 ? base : `${base}, ${bytes}`);
