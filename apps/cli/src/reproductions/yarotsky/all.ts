import type { Reproduction } from '@meanfield/core';

import correlationMap from './correlation-map.js';
import paths from './paths.js';
import signalMagnitude from './signal-magnitude.js';
import spuriousMinima from './spurious-minima.js';

export const ofYarotsky: readonly Reproduction[] = [spuriousMinima, paths, signalMagnitude, correlationMap];
