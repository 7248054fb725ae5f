export {
  denseCorrelationMap,
  residualCorrelationMap,
  type CorrelationMap,
  type NormalisedRows,
} from './correlation-maps.js';
export { unitCovariance, type UnitCovariance } from './unit-covariance.js';
