/** Errors between threads: structured clones lose their class and their code. */

import { isMeanfieldError, MeanfieldError } from '@meanfield/core';

import type { SentError } from './messages.js';

export function sendableError(error: unknown): SentError {
  if (isMeanfieldError(error)) {
    const { code, expected, found, remedy } = error;
    return { code, expected, found, remedy };
  }
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

/** The error as it was thrown, without its stack and cause. */
export function receivedError(sent: SentError): Error {
  if ('code' in sent) return new MeanfieldError(sent);
  return Object.assign(new Error(sent.message), { name: sent.name });
}
