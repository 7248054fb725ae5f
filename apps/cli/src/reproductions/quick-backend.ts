/**
 * At the quick size the backend is named: which one is the fastest is found by a probe, which need not find the same twice, and
 * then numbers would differ in their last digits from run to run.
 */
export const QUICK_BACKEND = 'simd';
