/** `npm start`: installs, builds and runs the main job, the comparison of He, ACI, RAI and RAAI. */

import { ensureBuilt, runNode } from './ensure.mjs';

ensureBuilt();
const given = process.argv.slice(2);
runNode('apps/cli/bin/meanfield.js', 'run', 'apps/cli/pipelines/compare.yaml', ...given);
