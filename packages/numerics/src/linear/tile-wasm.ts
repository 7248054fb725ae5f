/**
 * Tiles in WebAssembly with 128-bit SIMD (WebAssembly core specification 2.0), assembled here, byte by byte: one function
 * of some 40 instructions, eight registers of sums. Its only import is the memory that panels are packed into.
 */

import type { Tiles } from './tile.js';

/** The part of the WebAssembly API that is used; its types come with browsers' libraries, not with JavaScript's. */
interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> };
}

const PAGE_BYTES = 65_536;
const NUMBER_BYTES = 8;

/** Tiles by WebAssembly, or null where it, or its SIMD, is missing or forbidden. */
export function wasmTiles(): Tiles | null {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return null;
  try {
    const shared = new api.Memory({ initial: 1 });
    const { exports } = new api.Instance(new api.Module(moduleBytes()), { env: { memory: shared } });
    const tile = exports['tile'] as (left: number, right: number, depth: number) => void;
    let view = new Float64Array(shared.buffer);
    return {
      memory(length) {
        const missing = length - view.length;
        if (missing > 0) {
          shared.grow(Math.ceil((missing * NUMBER_BYTES) / PAGE_BYTES));
          view = new Float64Array(shared.buffer);
        }
        return view;
      },
      run: (left, right, depth) => tile(left * NUMBER_BYTES, right * NUMBER_BYTES, depth),
    };
  } catch {
    return null;
  }
}

// Instructions, with the names of the specification.
const END = 0x0b;
const I32 = 0x7f;
const V128 = 0x7b;
const localGet = (index: number): number[] => [0x20, index];
const localSet = (index: number): number[] => [0x21, index];
const localTee = (index: number): number[] => [0x22, index];
const i32Const = (value: number): number[] => [0x41, ...signed(value)];
const I32_ADD = 0x6a;
const vectorLoad = (offset: number): number[] => [0xfd, 0x00, 3, ...unsigned(offset)];
const vectorLoadSplat = (offset: number): number[] => [0xfd, 0x0a, 3, ...unsigned(offset)];
const vectorStore = (offset: number): number[] => [0xfd, 0x0b, 3, ...unsigned(offset)];
const VECTOR_ADD = [0xfd, 0xf0, 0x01];
const VECTOR_MULTIPLY = [0xfd, 0xf2, 0x01];

/** LEB128 */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];

function moduleBytes(): Uint8Array {
  const body = tileBody();
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 0]),
    ...section(2, [1, ...name('env'), ...name('memory'), 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('tile'), 0x00, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ]);
}

const [LEFT, RIGHT, DEPTH] = [0, 1, 2];
/** Locals: two vectors of R's four entries, one of an entry of L twice, the sums [4][2] */
const [FIRST_HALF, SECOND_HALF, ENTRY, SUMS] = [3, 4, 5, 6];
const ROW_BYTES = 4 * NUMBER_BYTES;

/** The function tile(left, right, depth); nothing is done for depth 0, where the sums are left at 0. */
function tileBody(): number[] {
  const stores = Array.from({ length: 8 }, (_, index) => [
    ...i32Const(0),
    ...localGet(SUMS + index),
    ...vectorStore(2 * NUMBER_BYTES * index),
  ]);
  return [
    ...[1, 11, V128],
    ...[0x02, 0x40, ...localGet(DEPTH), 0x45, 0x0d, 0],
    ...[0x03, 0x40, ...term(), ...advance(LEFT), ...advance(RIGHT)],
    ...[...localGet(DEPTH), ...i32Const(-1), I32_ADD, ...localTee(DEPTH), 0x0d, 0, END, END],
    ...stores.flat(),
    END,
  ];
}

/** sums[i][·] += L[i] R[·] */
function term(): number[] {
  const rows = Array.from({ length: 4 }, (_, row) => [
    ...[...localGet(LEFT), ...vectorLoadSplat(NUMBER_BYTES * row), ...localSet(ENTRY)],
    ...accumulate(SUMS + 2 * row, FIRST_HALF),
    ...accumulate(SUMS + 2 * row + 1, SECOND_HALF),
  ]);
  return [
    ...[...localGet(RIGHT), ...vectorLoad(0), ...localSet(FIRST_HALF)],
    ...[...localGet(RIGHT), ...vectorLoad(2 * NUMBER_BYTES), ...localSet(SECOND_HALF)],
    ...rows.flat(),
  ];
}

const accumulate = (sum: number, half: number): number[] => [
  ...[...localGet(sum), ...localGet(ENTRY), ...localGet(half)],
  ...[...VECTOR_MULTIPLY, ...VECTOR_ADD, ...localSet(sum)],
];

const advance = (pointer: number): number[] => [
  ...[...localGet(pointer), ...i32Const(ROW_BYTES), I32_ADD, ...localSet(pointer)],
];
