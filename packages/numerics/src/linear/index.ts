export { choleskyInOrder, solveRight, solveUpper, solveUpperTransposed } from './cholesky.js';
export { mirrorUpper, multiply, multiplyLeftTransposed, multiplyTransposed, upperGram } from './multiply.js';
