import type { PluginDefinition } from '@meanfield/core';

import boundary from './boundary.js';
import connectingPaths from './connecting-paths.js';
import coordinateConcentration from './coordinate-concentration.js';
import depthBounds from './depth-bounds.js';
import gradients from './gradients.js';
import growth from './growth.js';
import jacobian from './jacobian.js';
import kernelSamples from './kernel-samples.js';
import nodeActivity from './node-activity.js';
import normRatios from './norm-ratios.js';
import phaseDiagram from './phase-diagram.js';
import propagationScan from './propagation-scan.js';
import propagation from './propagation.js';
import signalMaps from './signal-maps.js';
import skimmedTraining from './skimmed-training.js';
import smallestCorrelation from './smallest-correlation.js';
import spuriousMinima from './spurious-minima.js';
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
  depthBounds,
  smallestCorrelation,
  skimmedTraining,
  nodeActivity,
  kernelSamples,
  normRatios,
  coordinateConcentration,
  spuriousMinima,
  signalMaps,
  jacobian,
  gradients,
  training,
  connectingPaths,
];
