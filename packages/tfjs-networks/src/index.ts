export { dualOperations, type Dual, type Slope } from './dual.js';
export { currentEngine, runOn, type Dialect, type Engine, type TensorFlow } from './engine.js';
export { TfjsEnsemble } from './ensemble.js';
export { log1pByLog, tanhByElu } from './operations.js';
