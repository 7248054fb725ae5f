/** All maps of one activation: what they share is computed once, tables when first asked for. */

import type { Activation, AdvancePairs, MeanFieldMap } from '@meanfield/core';
import { gaussianExpectations } from '@meanfield/numerics';

import { asymptoticSlopes, centredGrowth, squareGrowth, type AsymptoticSlopes } from './asymptotic-slopes.js';
import { generalMoments, meanSlope, type CentredMoments } from './centred-moments.js';
import { gaussianMap, type GaussianMapParts, type GaussianState, type Rows } from './gaussian-map.js';
import { homogeneousAdvance } from './homogeneous/advance.js';
import { homogeneousMoments } from './homogeneous/moments.js';
import { homogeneousPairs } from './homogeneous/pairs.js';
import { unitRatio, type UnitRatio } from './homogeneous/unit-ratio.js';
import { withLongSignals } from './long-signals.js';
import { advanceOnTables } from './tables/advance-on-tables.js';
import {
  equalLengthTables,
  TABLE_ERROR,
  type EqualLengthTables,
  type LengthMoments,
} from './tables/equal-length-tables.js';
import { tabulatedMoments } from './tables/tabulated-moments.js';

export interface MapFamily {
  map(rows: Rows): MeanFieldMap<GaussianState>;
  /** Independent rows, many pairs at once, where something is gained */
  readonly pairs: AdvancePairs | undefined;
}

export function mapFamily(activation: Activation): MapFamily {
  const slopes = asymptoticSlopes(activation);
  const ratio = remembered(() => unitRatio(slopes));
  const parts = rememberedByKappa(
    activation.homogeneous ? homogeneousParts(slopes, ratio) : generalParts(activation, slopes),
  );
  const map = (rows: Rows): MeanFieldMap<GaussianState> => gaussianMap(parts(rows.kappa), rows);
  if (!activation.homogeneous) return { map, pairs: activation.advancePairs?.bind(activation) };
  return { map, pairs: homogeneousPairs(ratio, squareGrowth(slopes), map) };
}

function remembered<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

type PartsOf = (kappa: number) => GaussianMapParts;

/** The latest result is kept: a plane of parameters has few κ, and one after the other. */
function rememberedByKappa(make: PartsOf): PartsOf {
  let latest: { readonly kappa: number; readonly parts: GaussianMapParts } | undefined;
  return (kappa) => {
    if (latest?.kappa !== kappa) latest = { kappa, parts: make(kappa) };
    return latest.parts;
  };
}

function homogeneousParts(slopes: AsymptoticSlopes, ratio: () => UnitRatio): PartsOf {
  return (kappa) => {
    const growth = Math.max(0, centredGrowth(slopes, kappa));
    return {
      slopes,
      moments: homogeneousMoments(slopes, kappa),
      equalLengths: homogeneousAdvance(ratio, growth),
    };
  };
}

function generalParts(activation: Activation, slopes: AsymptoticSlopes): PartsOf {
  const expectations = gaussianExpectations(activation);
  const lengths: LengthMoments = { ...expectations, meanSlope: (q) => meanSlope(activation, q) };
  const moments = (kappa: number): CentredMoments =>
    withLongSignals(generalMoments(activation, expectations, kappa), activation, slopes, kappa);
  let tables: EqualLengthTables | undefined;
  const tabulatedParts = rememberedByKappa((kappa) => {
    const shared = (tables ??= equalLengthTables(activation, lengths));
    const direct = moments(kappa);
    const method = `${direct.method}, tabulated at equal lengths to ${TABLE_ERROR}`;
    return {
      slopes,
      moments: { ...tabulatedMoments(direct, lengths, shared, kappa), method },
      equalLengths: (rows, progress) => advanceOnTables(shared, rows, progress),
    };
  });
  return (kappa) => ({
    slopes,
    moments: moments(kappa),
    tabulated: (rows) => gaussianMap(tabulatedParts(rows.kappa), rows),
  });
}
