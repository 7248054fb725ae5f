export { dualOperations, times, type Dual } from './dual.js';
export { currentEngine, runOn, type Dialect, type Engine, type TensorFlow } from './engine.js';
export { TfjsEnsemble } from './ensemble.js';
export { log1pByLog, tanhByElu } from './operations.js';
export { openParallel, type Workers } from './parallel/parallel-ensemble.js';
export { type Reply, type Request } from './parallel/messages.js';
export { type Channel, type OpenChannel } from './parallel/port.js';
export { createServer } from './parallel/serve.js';
