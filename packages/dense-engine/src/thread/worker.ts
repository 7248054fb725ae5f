/** The program of a thread that computes with the engine's own products. */

import type { BuildName } from '../build.js';
import { ownArithmetic } from './own-arithmetic.js';
import { serve } from './serve.js';

// Its settings are the name of the build.
serve((build) => ownArithmetic(build as BuildName));
