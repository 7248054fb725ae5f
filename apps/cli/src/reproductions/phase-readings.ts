/** Reading claims about phases: from diagrams, from theory at points, and from deep networks there. */

import type { Claim, Outcomes } from '@meanfield/core';
import type { z } from 'zod';

import { phaseDiagramResult, propagationResult, resultOf, theoryResult } from '../report/results.js';
import { INCOMPLETE, nothing, resultIn } from './readings.js';

export type PhaseDiagram = z.output<typeof phaseDiagramResult>;
type Curve = 'length' | 'correlation';

export const diagramOf = (outcomes: Outcomes, step: string): PhaseDiagram | undefined =>
  resultIn(phaseDiagramResult, outcomes, step);

/** σ_w² of a traced boundary, at the place where it is furthest from what is claimed of all of it. */
export const furthestFrom =
  (step: string, which: Curve, claimed: number): Claim['obtain'] =>
  (outcomes) => {
    const curve = diagramOf(outcomes, step)?.boundaries[which];
    if (curve === undefined) return INCOMPLETE;
    let found = nothing('there is no such boundary in this window');
    curve.weightVariance.forEach((at, point) => {
      if (at === null || Math.abs(at - claimed) < Math.abs((found.value ?? claimed) - claimed)) return;
      found = {
        value: at,
        stderr: 0,
        remark: `the furthest, at ${curve.vertical[point] ?? NaN} on the other axis`,
      };
    });
    return found;
  };

/** Share of a diagram's points that are chaotic although lengths are bounded. */
export const chaoticBoundedShare =
  (step: string): Claim['obtain'] =>
  (outcomes) => {
    const diagram = diagramOf(outcomes, step);
    if (diagram === undefined) return INCOMPLETE;
    const { phase, bounded } = diagram;
    const points = phase.flatMap((row, y) =>
      row.map((name, x) => name === 'chaotic' && bounded[y]?.[x] === true),
    );
    const share = points.filter(Boolean).length / points.length;
    return { value: share, stderr: 0, remark: `of ${points.length} points` };
  };

/** The largest or smallest 1 − c* over the points of a step of theory. */
export const fixedPointGap =
  (step: string, which: 'largest' | 'smallest'): Claim['obtain'] =>
  (outcomes) => {
    const gaps = outcomes(step).flatMap(({ record }) => {
      const gap = resultOf(theoryResult, record)?.['gapStar'];
      return typeof gap === 'number' ? [gap] : [];
    });
    if (gaps.length === 0) return INCOMPLETE;
    const remark = `the ${which} of ${gaps.length} points`;
    return { value: which === 'largest' ? Math.max(...gaps) : Math.min(...gaps), stderr: 0, remark };
  };

/** What a layer of deep networks is read by: mean square of pre-activations, or 1 − c of two inputs there. */
export type Signal = 'q' | 'gap';

/** Of the deepest layer of simulated networks. */
export const deepestSignal =
  (step: string, label: string, signal: Signal): Claim['obtain'] =>
  (outcomes) => {
    const layer = resultIn(propagationResult, outcomes, step, label)?.layers.at(-1);
    const found = layer?.[signal] ?? null;
    return found === null || layer === undefined
      ? INCOMPLETE
      : { value: found, stderr: signal === 'q' ? layer.qStderr : layer.gapStderr };
  };

/** The same at infinite width. @param precision what finite width may change; a share of the value for q */
export const predictedSignal =
  (step: string, label: string, signal: Signal, precision: number): Claim['expected'] =>
  (outcomes) => {
    const found = resultIn(propagationResult, outcomes, step, label)?.theory?.layers.at(-1)?.[signal] ?? null;
    if (found === null) return null;
    return { kind: 'value', value: found, precision: signal === 'q' ? precision * found : precision };
  };
