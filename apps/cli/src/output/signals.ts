/** Signals by layer for a reader at a terminal: simulation with standard errors, theory beside it. */

import { table, type Entry } from './table.js';

interface PairResult {
  readonly gap: number | null;
  readonly gapStderr?: number | null;
}

/** One layer of a simulation's JSON */
export interface SimulatedLayer {
  readonly q: number;
  readonly qStderr: number | null;
  readonly c: number | null;
  readonly cStderr: number | null;
  readonly deadFraction: number;
  readonly deadFractionStderr: number | null;
  readonly normRatio: number | null;
  readonly normRatioStderr: number | null;
  readonly pairs?: readonly PairResult[];
}

/** One layer of a prediction's JSON; its numbers may be spelt "Infinity" */
export interface PredictedLayer {
  readonly q: Entry;
  readonly c: Entry;
  readonly deadFraction: Entry;
  readonly pairs?: readonly { readonly gap: Entry }[];
}

/** A quantity under its heading, and theory's under another where there is one */
interface Column {
  readonly head: string;
  readonly simulated: (layer: SimulatedLayer) => Entry;
  readonly predicted?: (layer: PredictedLayer) => Entry;
}

function measured(value: number | null | undefined, stderr: number | null | undefined): Entry {
  return value === null || value === undefined ? null : { value, stderr: stderr ?? 0 };
}

function pairColumns(pairGaps: readonly number[]): readonly Column[] {
  return pairGaps.map((start, pair) => ({
    head: `1 − c from ${start}`,
    simulated: ({ pairs }) => measured(pairs?.[pair]?.gap, pairs?.[pair]?.gapStderr),
    predicted: ({ pairs }) => pairs?.[pair]?.gap,
  }));
}

const CORRELATION: Column = {
  head: 'c',
  simulated: ({ c, cStderr }) => measured(c, cStderr),
  predicted: ({ c }) => c,
};

function columnsFor(pairGaps: readonly number[] | undefined): readonly Column[] {
  return [
    { head: 'q', simulated: ({ q, qStderr }) => measured(q, qStderr), predicted: ({ q }) => q },
    ...(pairGaps === undefined ? [CORRELATION] : pairColumns(pairGaps)),
    {
      head: 'dead fraction',
      simulated: ({ deadFraction, deadFractionStderr }) => measured(deadFraction, deadFractionStderr),
      predicted: ({ deadFraction }) => deadFraction,
    },
    {
      head: 'norm ratio',
      simulated: ({ normRatio, normRatioStderr }) => measured(normRatio, normRatioStderr),
    },
  ];
}

/**
 * @param first number of the first row
 * @param pairGaps 1 − c₀ of chosen pairs, which are then shown instead of c
 */
export function signalsTable(
  simulated: readonly SimulatedLayer[],
  predicted: readonly PredictedLayer[] | undefined,
  { first, pairGaps }: { readonly first: number; readonly pairGaps?: readonly number[] | undefined },
): string {
  const columns = columnsFor(pairGaps).flatMap(({ head, simulated: of, predicted: beside }) => [
    { head, entry: (layer: number): Entry => of(simulated[layer]!) },
    ...(beside === undefined || predicted === undefined
      ? []
      : [{ head: 'theory', entry: (layer: number): Entry => beside(predicted[layer]!) }]),
  ]);
  return table(
    ['layer', ...columns.map(({ head }) => head)],
    simulated.map((_, layer) => [layer + first, ...columns.map(({ entry }) => entry(layer))]),
  );
}
