export { requireSignalPair, requireVariance } from './signals.js';
