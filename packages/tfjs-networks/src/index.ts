export { dualOperations, type Dual, type Slope } from './dual.js';
export { currentEngine, runOn, type Engine, type TensorFlow } from './engine.js';
export { TfjsEnsemble } from './ensemble.js';
