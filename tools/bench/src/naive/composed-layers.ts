/**
 * Composed correlation maps of normalised layers as they are written on paper (`shrinkage2021` eq. 2.3): every expectation a sum over
 * a grid, one or two dimensions of it, anew in every layer.
 */

import type { PerceptronLayer } from '@meanfield/core';

const REACH = 5;
/** Even, so that no point is ReLU's kink */
const POINTS = 40;
const STEP = (2 * REACH) / (POINTS - 1);

const density = (z: number): number => (STEP * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);

function mean(f: (z: number) => number): number {
  let sum = 0;
  for (let i = 0; i < POINTS; i++) sum += density(-REACH + i * STEP) * f(-REACH + i * STEP);
  return sum;
}

/** 𝔠[φ|ρ] */
const covariance = (phi: (x: number) => number, rho: number): number =>
  mean((x) => phi(x) * mean((z) => phi(rho * x + Math.sqrt(Math.max(0, 1 - rho * rho)) * z)));

/** ρ̃_L, and the bound of thm. 1 on ‖J‖², with 1 − ρ̃_max for half of 1 − ρ_max */
export function composedNaively(layers: readonly PerceptronLayer[]): { rho: number; bound: number } {
  let rho = 0;
  let largest = 0;
  let sum = 0;
  for (const { activation, weightVariance, biasVariance } of layers) {
    const phi = (x: number): number => activation.phi(x);
    const norm = covariance(phi, 1);
    rho = (biasVariance + weightVariance * covariance(phi, rho)) / (biasVariance + weightVariance * norm);
    largest = Math.max(largest, rho);
    const line = mean((z) => z * phi(z)) ** 2 + mean(phi) ** 2;
    sum += (norm - line) / mean((z) => activation.derivative(z) ** 2);
  }
  return { rho, bound: ((1 - largest) ** 2 * sum) / 2 };
}
