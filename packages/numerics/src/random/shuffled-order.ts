import type { RandomStream } from '@meanfield/core';

/** A permutation of 0 to count − 1, uniform over all (Fisher and Yates). Draws count − 1 integers. */
export function shuffledOrder(count: number, stream: RandomStream): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = stream.integer(last + 1);
    const moved = order[last]!;
    order[last] = order[other]!;
    order[other] = moved;
  }
  return order;
}
