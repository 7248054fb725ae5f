export * from './array-ops.js';
export { failingChecks, registerChecks, type Check } from './check.js';
export { definitionChecks } from './definition-checks.js';
export * from './describe-activation.js';
export type { GoldenExpectation } from './activation/expectation-checks.js';
export * from './describe-initializer.js';
export { estimateMean, expectMean, STANDARD_ERRORS, type MeanEstimate } from './confidence.js';
export * from './describe-task.js';
