export { sampleGaussianPreActivations, type GaussianLaw } from './gaussian-rows.js';
export { sampleReplacedEntryPreActivations } from './replaced-entry-rows.js';
