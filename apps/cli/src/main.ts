/** Entry of the command `meanfield`. */

import { Console } from 'node:console';
import { writeSync } from 'node:fs';

import { runCommandLine } from './command-line.js';

const STDERR = 2;
let finished = false;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  finished = true;
  // A reader that closed the pipe, such as head, has what it wanted.
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`meanfield: Expected to be able to write the result, found ${error.message}.\n`);
  process.exit(1);
});

// What a library prints is no part of the result.
globalThis.console = new Console(process.stderr);

process.on('exit', () => {
  if (finished) return;
  writeSync(
    STDERR,
    'meanfield: Expected the command to finish, found that a plugin ended the process or waits forever; correct the plugin.\n',
  );
  process.exitCode = 1;
});

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  finished = true;
});
