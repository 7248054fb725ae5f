export { choleskyInOrder, solveRight, solveUpper, solveUpperTransposed } from './cholesky.js';
export { haarFrame } from './haar-frame.js';
export { mirrorUpper, multiply, multiplyLeftTransposed, multiplyTransposed, upperGram } from './multiply.js';
export {
  largestSingularValues,
  type BoundedValue,
  type LargestOptions,
  type LinearMap,
} from './largest-singular-values.js';
export { singularValues } from './singular-values.js';
