import type { Reproduction } from '@meanfield/core';

import gapDepth from './gap-depth.js';
import phaseLines from './phase-lines.js';

export const ofMeanfield: readonly Reproduction[] = [phaseLines, gapDepth];
