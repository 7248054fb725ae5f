/** Every benchmark; one file each. */

import type { Benchmark } from '../benchmark.js';
import { boundDeep } from './bound-deep.js';
import { boundaryRaai } from './boundary-raai.js';
import { nngpRelu } from './nngp-relu.js';
import { correlationGridErf, correlationGridRelu, correlationGridTanh } from './correlation-grid.js';
import { normals } from './normals.js';
import { phaseDiagramTanh } from './phase-diagram-tanh.js';
import { sampleAci, sampleRaai, sampleRai } from './sample-initializers.js';
import { simulateEqualError } from './simulate-equal-error.js';
import { simulateReluHe } from './simulate-relu-he.js';
import { simulateMillion, simulateMillionMemory, simulateSlope, simulateWideBatch } from './simulate-wide.js';
import { trainMemory } from './train-memory.js';
import { trainOpenBlasAdam, trainOpenBlasMnistShape, trainOpenBlasSgd } from './train-openblas.js';
import { trainSimdAdam, trainSimdDigits, trainSimdMnistShape, trainSimdSgd } from './train-simd.js';
import { trainTfjsAdam, trainTfjsNodeAdam } from './train-tfjs-adam.js';

export const benchmarks: readonly Benchmark[] = [
  boundDeep,
  boundaryRaai,
  correlationGridRelu,
  correlationGridErf,
  correlationGridTanh,
  nngpRelu,
  normals,
  phaseDiagramTanh,
  sampleAci,
  sampleRai,
  sampleRaai,
  simulateEqualError,
  simulateMillion,
  simulateMillionMemory,
  simulateReluHe,
  simulateSlope,
  simulateWideBatch,
  trainMemory,
  trainSimdSgd,
  trainSimdAdam,
  trainSimdMnistShape,
  trainSimdDigits,
  trainOpenBlasSgd,
  trainOpenBlasAdam,
  trainOpenBlasMnistShape,
  trainTfjsAdam,
  trainTfjsNodeAdam,
];
