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

/** A new instance of a kernel, or null where WebAssembly, or its SIMD, is missing or forbidden: use plain TypeScript there. */
export function wasmKernel(base64: string): WasmKernel | null {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { exports } = new api.Instance(new api.Module(bytes), IMPORTS);
    const memory = exports['memory'] as Memory;
    return {
      memory(length) {
        const missing = length - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
        return memory.buffer;
      },
      function: (name) => exports[name] as (...values: number[]) => number,
    };
  } catch {
    return null;
  }
}
