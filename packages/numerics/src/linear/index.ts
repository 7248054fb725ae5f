export { choleskyPivoted, solveLower, solveUpper, type PivotedCholesky } from './cholesky.js';
export { gram, mirrorUpper, multiply, multiplyTransposed } from './multiply.js';
