export * from './array-ops.js';
export { failingChecks, registerChecks, type Check } from './check.js';
export { definitionChecks } from './definition-checks.js';
export * from './describe-activation.js';
export {
  closedFormError,
  expectationError,
  type ExpectationError,
  type ReferenceRow,
  type ReferenceTable,
} from './activation/closed-form-error.js';
export type { GoldenExpectation } from './activation/expectation-checks.js';
export * from './describe-analysis.js';
export * from './describe-initializer.js';
export { estimateMean, expectMean, STANDARD_ERRORS, type MeanEstimate } from './confidence.js';
export * from './describe-image-files.js';
export * from './describe-task.js';
export * from './describe-backend.js';
export * from './describe-mean-field-map.js';
