export { choleskyPivoted, solveLower, solveUpper, type PivotedCholesky } from './cholesky.js';
export { mirrorUpper, multiply, multiplyTransposed, upperGram } from './multiply.js';
