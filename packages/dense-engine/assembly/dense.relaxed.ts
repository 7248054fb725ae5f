/** The same with the fused multiplication and addition of relaxed SIMD (WebAssembly 3.0). */

export * from './dense';
