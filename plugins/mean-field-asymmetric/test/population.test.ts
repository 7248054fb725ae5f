import { isMeanfieldError, type Activation, type SignalPair } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { analyse, trajectory } from '@meanfield/theory';
import { describe, expect, it } from 'vitest';

import { populationMap, type PopulationRequest } from '../src/population/population-map.js';
import { withError } from '../src/population/population-error.js';
import {
  gaussianLayer,
  layerOfRows,
  layerOfWeights,
  meanOf,
  observe,
  type Observed,
  type TwoSignals,
} from './population-simulation.js';

import { after, mapOf, pairOf, RELU, request, rows, SQUARE, TANH } from './populations.js';

/** Pre-activations by layer, entry 0 the start, of `networks` networks */
function simulated(
  next: (signals: TwoSignals, stream: ReturnType<typeof createStream>) => TwoSignals,
  { width, depth, networks, q, gap }: Readonly<Record<'width' | 'depth' | 'networks' | 'q' | 'gap', number>>,
): readonly (readonly Observed[])[] {
  return Array.from({ length: networks }, (_, network) => {
    const stream = createStream(5, `network/${network}`);
    let signals = gaussianLayer(width, q, gap, stream.child('start'));
    return Array.from({ length: depth + 1 }, (_unused, layer) => {
      if (layer > 0) signals = next(signals, stream.child(layer));
      return observe(signals);
    });
  });
}

describe('growth and χ₁ of ReLU', () => {
  // By density evolution
  it.each([
    { name: 'RAI', statistics: rows(0.36, 0), growth: 0.763981231, chi1: 0.675360751 },
    { name: 'RAAI', statistics: rows(0.9, 100), growth: 0.874411067, chi1: 1.009587889 },
  ])('of $name are those of the exact law within the stated error', ({ statistics, growth, chi1 }) => {
    const spread: number[] = [];
    for (const samples of [512, 4096]) {
      const at = request(RELU, statistics, samples);
      const { relativeError = 0 } = mapOf(at);
      const ofGrowth = withError(at, (map) => map.asymptotics().lengthGrowth / growth);
      const ofChi1 = withError(at, (map) => map.asymptotics().chi1 / chi1);
      for (const { mean, standardError, deviation } of [ofGrowth, ofChi1]) {
        expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError);
        expect(deviation).toBeLessThan(2 * relativeError);
      }
      spread.push(ofChi1.deviation);
    }
    // 1/√P would be a factor of 2.8.
    expect(spread[1]).toBeLessThan(spread[0]! / 1.5);
  });

  it('of leaky ReLU with negative slope 1 is that of a line, σ_w² + E u²', () => {
    const line: Activation = { ...RELU, name: 'line', phi: (x) => x, derivative: () => 1, closedForms: {} };
    const { lengthGrowth, chi1 } = mapOf(request(line, rows(0.3, 0), 256)).asymptotics();
    expect(lengthGrowth).toBeCloseTo(0.8, 12);
    expect(chi1).toBeCloseTo(0.8, 12);
  });
});

describe('against networks of finite width', () => {
  it('tanh, RAI rows: lengths and gaps by layer', () => {
    const statistics = rows(1.5, 0);
    const start = { q: 2, gap: 0.3 };
    const networks = simulated((signals, stream) => layerOfRows(signals, TANH, statistics, stream), {
      ...start,
      width: 4096,
      depth: 6,
      networks: 8,
    });
    const at = request(TANH, statistics, 8192);
    const populations = Array.from({ length: 6 }, (_, replicate) =>
      trajectory(mapOf({ ...at, replicate }), pairOf(start.q, start.gap), 6),
    );
    for (const layer of [1, 2, 3, 6]) {
      const q = meanOf(networks.map((layers) => layers[layer]!.q));
      const gap = meanOf(networks.map((layers) => layers[layer]!.gap));
      const ofQ = meanOf(populations.map((layers) => layers[layer]!.q1));
      const ofGap = meanOf(populations.map((layers) => layers[layer]!.gap));
      expect(Math.abs(q.mean - ofQ.mean), `q at ${layer}`).toBeLessThan(
        4 * Math.hypot(q.standardError, ofQ.standardError),
      );
      expect(Math.abs(gap.mean - ofGap.mean), `gap at ${layer}`).toBeLessThan(
        4 * Math.hypot(gap.standardError, ofGap.standardError),
      );
      expect(ofQ.standardError / ofQ.mean).toBeLessThan(0.005);
    }
  });

  it('ReLU, RAAI rows at σ_w² = 1.1: two inputs settle at c* < 1', () => {
    const statistics = rows(1.1, 100);
    const networks = simulated((signals, stream) => layerOfRows(signals, RELU, statistics, stream), {
      width: 2048,
      depth: 100,
      networks: 5,
      q: 1,
      gap: 1,
    });
    const late = meanOf(networks.map((layers) => meanOf(layers.slice(50).map((layer) => layer.gap)).mean));
    const settled = withError(
      request(RELU, statistics, 8192),
      (map) => map.observe(after(map, pairOf(1, 1), 80)).gap,
    );
    expect(Math.abs(late.mean - settled.mean)).toBeLessThan(
      3.5 * Math.hypot(late.standardError, settled.standardError),
    );
    const { gapError = 0 } = populationMap(request(RELU, statistics, 8192));
    expect(settled.deviation / settled.mean).toBeLessThan(2 * gapError);
    expect(settled.mean).toBeGreaterThan(0.4);
    expect(settled.mean).toBeLessThan(0.8);
    expect(settled.standardError).toBeLessThan(0.05);
  });

  it.each([
    { name: 'tanh, RAAI', activation: TANH, statistics: rows(0.9, 100) },
    { name: 'ReLU, RAI', activation: RELU, statistics: rows(0.36, 0) },
  ])('$name: the bias of a layer of 48, weights formed', ({ activation, statistics }) => {
    const width = 48;
    const networks = simulated((signals, stream) => layerOfWeights(signals, activation, statistics, stream), {
      width,
      depth: 12,
      networks: 160,
      q: 1,
      gap: 0.5,
    });
    const map = mapOf({ ...request(activation, statistics, 40_000), width });
    let state = map.start(pairOf(1, 0.5));
    for (let layer = 1; layer <= 12; layer++) {
      state = map.step(state);
      const { mean, standardError } = meanOf(networks.map((layers) => layers[layer]!.q));
      const { q1 } = map.observe(state);
      expect(Math.abs(q1 - mean), `q ${q1} at ${layer}`).toBeLessThan(4 * standardError);
    }
  });

  it('the bias holds lengths up at O(1/N), and the gap then grows by χ₁ instead of χ₁/λ', () => {
    const statistics = rows(0.9, 100);
    const settled = [100, 400].map((width) => {
      const map = mapOf({ ...request(RELU, statistics, 16_384), width });
      const early = after(map, pairOf(1, 1e-12), 8);
      const deep = after(map, pairOf(1, 1e-12), 90);
      const factor = (state: unknown): number => map.observe(map.step(state)).gap / map.observe(state).gap;
      return { q: width * map.observe(deep).q1, early: factor(early), late: factor(deep) };
    });
    const [narrow, wide] = settled;
    expect(wide!.q / narrow!.q).toBeGreaterThan(0.8);
    expect(wide!.q / narrow!.q).toBeLessThan(1.25);
    expect(Math.abs(wide!.early - 1.1546)).toBeLessThan(0.03);
    expect(Math.abs(wide!.late - 1.0096)).toBeLessThan(0.03);
  });
});

describe('a population', () => {
  const start = { q1: 1.7, q2: 0.6, gap: 0.4 };
  const swapped = { q1: 0.6, q2: 1.7, gap: 0.4 };

  it.each([RELU, TANH])('of $name treats both signals alike at every depth', (activation) => {
    const map = mapOf(request(activation, rows(1.2, 3), 512));
    const [one, other] = [after(map, start, 6), after(map, swapped, 6)];
    const { q1, q2, gap } = map.observe(other);
    expect(map.observe(one)).toEqual({ q1: q2, q2: q1, gap });
    expect(map.activity(one)).not.toEqual(map.activity(other));
  });

  it('is fixed by its seed, and another with another seed or replicate', () => {
    const at = request(TANH, rows(1.2, 3), 512);
    const end = (more: Partial<PopulationRequest>): number => {
      const map = mapOf({ ...at, ...more });
      return map.observe(after(map, start, 4)).q1;
    };
    expect(end({})).toBe(end({}));
    expect(end({ seed: 2 })).not.toBe(end({}));
    expect(end({ replicate: 1 })).not.toBe(end({}));
  });

  it('settles to rounding, so that theory finds its fixed points', () => {
    const { qStar, cStar, phase, xiQ } = analyse(mapOf(request(TANH, rows(1.5, 0), 1024)));
    expect(qStar).toMatchObject({ status: 'fixed' });
    expect(phase).toBe('chaotic');
    expect(typeof cStar).toBe('number');
    expect(xiQ).toBeGreaterThan(1);
    expect(xiQ).toBeLessThan(4);
    expect(analyse(mapOf(request(RELU, rows(0.36, 0), 1024))).qStar).toEqual({ status: 'only-zero' });
    expect(analyse(mapOf(request(RELU, rows(2, 0), 1024))).qStar).toEqual({ status: 'unbounded' });
  });

  it('has the slopes of its own steps at every depth', () => {
    const map = mapOf(request(TANH, rows(1.5, 3), 2048));
    const observed = (pair: SignalPair, layers: number): SignalPair => map.observe(after(map, pair, layers));
    for (const layers of [1, 4, 9]) {
      const { lengthSlope, correlationSlope } = map.linearise(after(map, pairOf(1, 0.5), layers));
      const change = (key: 'q1' | 'gap', depth: number): number => {
        const moved =
          key === 'q1' ? [pairOf(1.001, 0.5), pairOf(0.999, 0.5)] : [pairOf(1, 0.501), pairOf(1, 0.499)];
        return observed(moved[0]!, depth)[key] - observed(moved[1]!, depth)[key];
      };
      expect(lengthSlope / (change('q1', layers + 1) / change('q1', layers))).toBeCloseTo(1, 5);
      expect(correlationSlope / (change('gap', layers + 1) / change('gap', layers))).toBeCloseTo(1, 5);
    }
  });

  it.each([RELU, TANH])('of $name carries small gaps by χ₁ q/q′ at every depth', (activation) => {
    const map = mapOf(request(activation, rows(0.9, 100), 16_384));
    for (const layers of [1, 5]) {
      const state = after(map, pairOf(1, 1e-14), layers);
      const [before, next] = [map.observe(state), map.observe(map.step(state))];
      const { chi1, correlationSlope } = map.linearise(state);
      expect(next.gap / before.gap / correlationSlope).toBeCloseTo(1, 5);
      // χ₁ averages over directions that the samples of a difference only draw from.
      expect(Math.abs(((next.gap / before.gap) * next.q1) / (chi1 * before.q1) - 1)).toBeLessThan(0.03);
    }
  });

  it('follows ReLU from lengths of 1e±200, and through depths at which lengths leave float64', () => {
    const map = mapOf(request(RELU, rows(0.9, 100), 256));
    const plain = map.observe(after(map, pairOf(1, 1e-10), 20));
    for (const q of [1e-200, 1e200]) {
      const { q1, gap } = map.observe(after(map, pairOf(q, 1e-10), 20));
      expect(q1 / q / plain.q1).toBeCloseTo(1, 12);
      expect(gap).toBe(plain.gap);
    }
    const deep = map.observe(after(map, pairOf(1e-300, 0.5), 600));
    expect(deep.q1).toBeLessThan(1e-307);
    expect(deep.gap).toBeGreaterThan(0);
  });

  it('gives numbers at the edges: q = 0, c = ±1, σ_w² = 0, φ that outgrows every line', () => {
    for (const activation of [RELU, TANH, SQUARE]) {
      for (const weightVariance of [0, 1e-6, 3]) {
        const map = mapOf(request(activation, rows(weightVariance, 100), 128));
        for (const pair of [
          pairOf(0, 0),
          pairOf(0, 1),
          pairOf(1, 2),
          { q1: 2, q2: 1, gap: 0 },
          { q1: 2, q2: 0, gap: 1 },
        ]) {
          let state = map.start(pair);
          for (let layer = 0; layer < 12; layer++) {
            const { lengthSlope, chi1, correlationSlope } = map.linearise(state);
            const { q1, q2, gap } = map.observe(state);
            const numbers = [q1, q2, gap, lengthSlope, chi1, correlationSlope];
            expect(numbers.some(Number.isNaN), JSON.stringify({ pair, weightVariance, layer, numbers })).toBe(
              false,
            );
            state = map.step(state);
          }
        }
      }
    }
  });

  it('refuses numbers out of range', () => {
    const codeOf = (more: Partial<PopulationRequest>): string | undefined => {
      try {
        mapOf({ ...request(TANH, rows(1, 0), 256), ...more });
      } catch (error) {
        return isMeanfieldError(error) ? error.code : String(error);
      }
      return undefined;
    };
    for (const more of [{ samples: 10 }, { samples: 1e9 }, { samples: 100.5 }, { seed: -1 }, { width: 0 }]) {
      expect(codeOf(more), JSON.stringify(more)).toBe('INVALID_ARGUMENT');
    }
    expect(codeOf({ statistics: rows(-1, 0) })).toBe('INVALID_ARGUMENT');
  });
});
