/** Entry of the command `meanfield`. */

import { isMeanfieldError } from '@meanfield/core';
import { CommanderError } from 'commander';

import { createProgram } from './program.js';

/** The exit code for an error, after telling the user about it in one sentence. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isMeanfieldError(error)) {
    process.stderr.write(`meanfield: ${error.message}\n`);
    if (process.env['MEANFIELD_DEBUG'] !== undefined) process.stderr.write(`${error.stack ?? ''}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`meanfield: something went wrong that should not have: ${text}\n`);
  process.stderr.write('Run again with MEANFIELD_DEBUG=1 for the stack, and please report it.\n');
  if (process.env['MEANFIELD_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return 1;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closed the pipe, such as head, has what it wanted.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = explain(error);
}
