#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  // Not awaited: newer Nodes warn about an await that a hanging plugin leaves unsettled.
  import(main.href);
} else {
  process.stderr.write('meanfield is not built yet: run `npm run build` at the root of the repository.\n');
  process.exitCode = 1;
}
