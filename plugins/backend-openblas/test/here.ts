/** Whether there is an OpenBLAS to test on: the system's, or the file that MEANFIELD_OPENBLAS names. Says why not, once. */

import { describe, it } from 'vitest';

import openBlas from '../src/index.js';

const answer = await openBlas.create().availability();

/** Tests that need the library; skipped, with the reason, where there is none. */
export function whereThereIsOpenBlas(tests: () => void): void {
  if (answer.available) {
    tests();
    return;
  }
  console.log(`skipped: backend openblas on its library. ${answer.reason}`);
  describe.skip('backend openblas', () => {
    it(answer.reason, () => undefined);
  });
}
