/** `npm test`: installs, builds and runs every test; arguments go to vitest. */

import { ensureBuilt, runNode } from './ensure.mjs';

ensureBuilt();
runNode('node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2));
