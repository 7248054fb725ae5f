import type { Reproduction } from '@meanfield/core';

import antiCorrelated from './anti-correlated.js';
import gapDepth from './gap-depth.js';
import phaseLines from './phase-lines.js';
import trainingScan from './training-scan.js';

export const ofMeanfield: readonly Reproduction[] = [phaseLines, gapDepth, antiCorrelated, trainingScan];
