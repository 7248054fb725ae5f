export { failingChecks, registerChecks, type Check } from './check.js';
export { definitionChecks } from './definition-checks.js';
