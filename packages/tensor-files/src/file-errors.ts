/** The two ways in which a file can be refused. */

import { MeanfieldError } from '@meanfield/core';

/** The bytes are not an intact file of the format. */
export function damaged(expected: string, found: string, cause?: unknown): MeanfieldError {
  const remedy = 'write or copy the file again';
  return new MeanfieldError({ code: 'INVALID_FILE', expected, found, remedy, cause });
}

/** The file may be intact, but uses what is not read here. */
export function notRead(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'UNSUPPORTED', expected, found, remedy });
}
