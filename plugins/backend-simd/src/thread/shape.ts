/**
 * Parameters of a network in panels, as assembly/shared/panels.ts lays them out, and back in rows.
 *
 * Of a layer: W in panels of 12 columns, then up to two of 8, each row-major; then b. Columns are counted up to a multiple of
 * 4 (at least 8), rows up to one of 3 and of 4. What is added is 0 and stays so: it gets no gradient.
 */

import type { NetworkParameters } from '@meanfield/core';

const WIDE = 12;
const NARROW = 8;

interface LayerShape {
  readonly fanIn: number;
  readonly fanOut: number;
  /** Columns of panels */
  readonly columns: number;
  readonly wideColumns: number;
  readonly panelRows: number;
  /** Floats from the start of a network's parameters */
  readonly weights: number;
  readonly bias: number;
}

export interface NetworkShape {
  readonly layers: readonly LayerShape[];
  /** Floats of all parameters, a multiple of 4 */
  readonly length: number;
}

const upTo = (count: number, multiple: number): number => Math.ceil(count / multiple) * multiple;

/** Rows that tiles of 3 and of 4 rows touch. */
export const rowsOfPanels = (rows: number): number => Math.max(upTo(rows, 3), upTo(rows, 4));

/** Columns of 12 a panel, and all. */
export function columnsOf(units: number): { readonly wide: number; readonly all: number } {
  const quarters = Math.ceil(units / 4);
  const narrow = quarters === 1 ? 1 : (3 - (quarters % 3)) % 3;
  const wide = Math.max(4 * quarters - NARROW * narrow, 0);
  return { wide, all: wide + NARROW * narrow };
}

export function shapeOf(sizes: readonly number[]): NetworkShape {
  const layers: LayerShape[] = [];
  let length = 0;
  for (let index = 0; index + 1 < sizes.length; index++) {
    const fanIn = sizes[index]!;
    const fanOut = sizes[index + 1]!;
    const { wide, all } = columnsOf(fanOut);
    const panelRows = rowsOfPanels(fanIn);
    const bias = length + panelRows * all;
    layers.push({ fanIn, fanOut, columns: all, wideColumns: wide, panelRows, weights: length, bias });
    length = bias + all;
  }
  return { layers, length };
}

/** Where the entries of `column` begin, and how far one row is from the next. */
function placeOf({ wideColumns, panelRows, weights }: LayerShape, column: number): readonly [number, number] {
  const first = column < wideColumns ? 0 : wideColumns;
  const width = column < wideColumns ? WIDE : NARROW;
  const panel = Math.floor((column - first) / width) * width;
  return [weights + (first + panel) * panelRows + (column - first - panel), width];
}

function eachWeight(shape: LayerShape, visit: (inRows: number, inPanels: number) => void): void {
  for (let column = 0; column < shape.fanOut; column++) {
    const [start, step] = placeOf(shape, column);
    for (let row = 0; row < shape.fanIn; row++) visit(row * shape.fanOut + column, start + row * step);
  }
}

/** Overwrites `panels`, of `shape.length` zeros. */
export function toPanels(shape: NetworkShape, parameters: NetworkParameters, panels: Float32Array): void {
  shape.layers.forEach((layer, index) => {
    const { weights, bias } = parameters[index]!;
    eachWeight(layer, (inRows, inPanels) => (panels[inPanels] = weights[inRows]!));
    panels.set(bias, layer.bias);
  });
}

/** Copies. */
export function fromPanels(shape: NetworkShape, panels: Float32Array): NetworkParameters {
  return shape.layers.map((layer) => {
    const { fanIn, fanOut, bias } = layer;
    const weights = new Float32Array(fanIn * fanOut);
    eachWeight(layer, (inRows, inPanels) => (weights[inRows] = panels[inPanels]!));
    return { fanIn, fanOut, weights, bias: panels.slice(bias, bias + fanOut) };
  });
}
