export {
  denseCorrelationMap,
  residualCorrelationMap,
  type CorrelationMap,
  type NormalisedRows,
} from './correlation-maps.js';
export { normalisedMeanFieldMap } from './mean-field-map.js';
export { unitCovariance, unitCovariances, type UnitCovariance } from './unit-covariance.js';
