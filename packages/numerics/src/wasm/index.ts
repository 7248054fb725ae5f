export { compileWasm, startWasm, wasmKernel, type WasmKernel, type WasmModule } from './wasm-kernel.js';
