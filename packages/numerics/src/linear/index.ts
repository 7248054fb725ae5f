export { choleskyPivoted, solveLower, solveUpper, type PivotedCholesky } from './cholesky.js';
export { multiply } from './multiply.js';
