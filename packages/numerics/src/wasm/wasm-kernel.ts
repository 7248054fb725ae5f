/**
 * Kernels in WebAssembly with 128-bit SIMD (WebAssembly core specification 2.0): functions on numbers and on a memory of
 * their own, compiled from AssemblyScript (tools/wasm) into modules that hold their bytes as base64.
 */

export interface WasmKernel {
  /** The kernel's memory, grown to at least `bytes`. Valid until the next call. */
  memory(bytes: number): ArrayBuffer;
  /** A function that the kernel exports; addresses are bytes from the start of the memory. */
  function(name: string): (...values: number[]) => number;
}

/** The part of the WebAssembly API that is used; its types come with browsers' libraries, not with JavaScript's. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Record<string, unknown> };
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const PAGE_BYTES = 65_536;
/** What a kernel may import: a function whose bits must be those of its twin */
const IMPORTS = { math: { exp: Math.exp } };

/** A kernel's code, which may pass between threads */
export type WasmModule = object;

const apiHere = (): WebAssemblyApi | undefined =>
  (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;

/** A kernel compiled, or null where WebAssembly, or its SIMD, is missing or forbidden. */
export function compileWasm(base64: string): WasmModule | null {
  const api = apiHere();
  if (api === undefined) return null;
  try {
    return new api.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** @throws RangeError where there is no room for its memory */
export function startWasm(module: WasmModule): WasmKernel {
  const { exports } = new (apiHere()!.Instance)(module, IMPORTS);
  const memory = exports['memory'] as Memory;
  return {
    memory(length) {
      const missing = length - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return memory.buffer;
    },
    function: (name) => exports[name] as (...values: number[]) => number,
  };
}

/** A new instance of a kernel, or null where WebAssembly, or its SIMD, is missing or forbidden: use plain TypeScript there. */
export function wasmKernel(base64: string): WasmKernel | null {
  const module = compileWasm(base64);
  try {
    return module === null ? null : startWasm(module);
  } catch {
    return null;
  }
}
