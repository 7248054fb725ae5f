export type { TfjsInitializer } from './base-class.js';
export {
  initializeModel,
  type InitializedLayer,
  type LayerLeftAlone,
  type ModelInitialization,
} from './initialize-model.js';
export type {
  InitializerSource,
  LayerPlace,
  MeanfieldInitializer,
  PluginUse,
} from './meanfield-initializer.js';
export { registerTfjsInitializers } from './register.js';
export {
  tfjsInitializers,
  toTfjsInitializer,
  type LayerInitializers,
  type ModelInitializers,
} from './tfjs-initializers.js';
export {
  fromTfjsInitializer,
  type Measured,
  type MeasuredInitializer,
  type MeasureOptions,
} from './measure/from-tfjs-initializer.js';
export { phaseOf, type Interval, type PhaseAnswer, type PhaseQuestion } from '@meanfield/audit';
