import { isMeanfieldError } from '@meanfield/core';

/** The code of the MeanfieldError that `work` ends with, or a sentence that says how it ended instead. */
export async function errorCodeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return isMeanfieldError(error) ? error.code : `not one of ours: ${String(error)}`;
  }
  return 'none';
}
