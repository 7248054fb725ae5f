export { analyse, type Analysis, type Phase } from './analyse.js';
export { boundaries, type Boundaries, type Boundary } from './boundaries.js';
export type { CorrelationOutcome } from './correlation-fixed-point.js';
export { boundaryCurves, type BoundaryCurves, type CurvePoint } from './boundary-curves.js';
export { depthScale } from './depth-scale.js';
export { lengthFixedPoint, type LengthOutcome } from './length-fixed-point.js';
export { phaseGrid } from './phase-grid.js';
export { trajectory } from './trajectory.js';
