import type { PluginDefinition } from '@meanfield/core';

import boundary from './boundary.js';
import gradients from './gradients.js';
import growth from './growth.js';
import jacobian from './jacobian.js';
import nodeActivity from './node-activity.js';
import phaseDiagram from './phase-diagram.js';
import propagationScan from './propagation-scan.js';
import propagation from './propagation.js';
import theory from './theory.js';
import training from './training.js';

/** The experiments of this package, for `createLab([...experiments, ...])`. */
export const experiments: readonly PluginDefinition<'experiment'>[] = [
  theory,
  boundary,
  phaseDiagram,
  propagation,
  propagationScan,
  growth,
  nodeActivity,
  jacobian,
  gradients,
  training,
];
