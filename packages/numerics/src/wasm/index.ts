export { wasmKernel, type WasmKernel } from './wasm-kernel.js';
