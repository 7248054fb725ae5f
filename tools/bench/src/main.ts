import { isMeanfieldError } from '@meanfield/core';

import { benchmarks } from './benchmarks/index.js';
import { runCommand } from './command.js';

try {
  await runCommand(process.argv.slice(2), benchmarks, {
    print: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
  });
} catch (error) {
  if (!isMeanfieldError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
