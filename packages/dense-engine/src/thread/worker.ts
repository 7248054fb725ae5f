/** The program of a thread that computes with the engine's own products. */

import type { BuildName } from '../build.js';
import { panelsFor } from './panels.js';
import { serve } from './serve.js';

// Its settings are the name of the build.
serve((build) => panelsFor(build as BuildName));
