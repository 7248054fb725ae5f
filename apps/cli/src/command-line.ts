/** Runs the command line on given arguments. */

import { isMeanfieldError } from '@meanfield/core';
import { CommanderError } from 'commander';

import { Exit } from './output/exit.js';
import { createProgram } from './program.js';

/** The exit code for an error, after telling the user about it in one sentence. */
function explain(error: unknown): number {
  if (error instanceof Exit) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (isMeanfieldError(error)) {
    process.stderr.write(`meanfield: ${error.message}\n`);
    if (process.env['MEANFIELD_DEBUG'] !== undefined) process.stderr.write(`${error.stack ?? ''}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? error.message : String(error);
  const found = text.trim().replaceAll(/\s*\n\s*/g, ' ');
  process.stderr.write(
    `meanfield: Something went wrong that should not have: ${found}; run again with MEANFIELD_DEBUG=1 for the stack, and please report it.\n`,
  );
  if (process.env['MEANFIELD_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  }
  return 1;
}

/** Runs one command; `args` are what follows the name `meanfield`. Returns the exit code, never throws. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error);
  }
}
