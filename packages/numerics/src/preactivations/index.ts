export { sampleGaussianPreActivations, type GaussianLaw } from './gaussian-rows.js';
export { sampleOrthogonalPreActivations, type OrthogonalLaw } from './orthogonal-weights.js';
export { sampleReplacedEntryPreActivations } from './replaced-entry-rows.js';
