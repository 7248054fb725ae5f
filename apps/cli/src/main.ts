/** Entry of the command `meanfield`. */

import { runCommandLine } from './command-line.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that closed the pipe, such as head, has what it wanted.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2));
