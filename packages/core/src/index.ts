export * from './bibliography/index.js';
export * from './contracts/activation.js';
export * from './contracts/analysis.js';
export * from './contracts/backend.js';
export * from './contracts/experiment.js';
export * from './contracts/initializer.js';
export * from './contracts/mean-field.js';
export * from './contracts/progress.js';
export * from './contracts/random-stream.js';
export * from './contracts/reproduction.js';
export * from './contracts/signal-pairs.js';
export * from './contracts/task.js';
export { isMeanfieldError, MeanfieldError, show, type ErrorCode, type ErrorParts } from './errors.js';
export { createLab, type Lab } from './lab.js';
export { defineMeanFieldModel, type MeanFieldModelSpec } from './mean-field-model.js';
export { parseOptions, type OptionDocs } from './options.js';
export {
  API_VERSION,
  definePlugin,
  parsePluginDefinition,
  PLUGIN_KINDS,
  type PluginContext,
  type PluginDefinition,
  type PluginKind,
  type PluginKinds,
  type PluginSpec,
} from './plugin.js';
export { bibliographyOf, cite, type Reference, type Source } from './references.js';
export { sharedFloats } from './shared-memory.js';
