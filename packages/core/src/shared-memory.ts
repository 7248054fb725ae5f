/** Memory for examples that several threads train on. */

/**
 * Zeros, in memory that worker threads read without a copy of their own; in ordinary memory where the runtime has none that
 * is shared, as a page that is not isolated from other origins.
 *
 * @param length a whole number, at least 0
 */
export function sharedFloats(length: number): Float32Array {
  return typeof SharedArrayBuffer === 'undefined'
    ? new Float32Array(length)
    : new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}
