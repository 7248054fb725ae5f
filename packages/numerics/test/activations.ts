/** Activations as plain functions with kinks and no closed forms: what quadrature is tested on. */

import type { Activation } from '@meanfield/core';

import { erf, normalCdf, normalPdf } from '../src/index.js';

export function plain(
  name: string,
  phi: (x: number) => number,
  derivative: (x: number) => number,
  kinks: readonly number[] = [],
  secondDerivative?: (x: number) => number,
): Activation {
  return {
    name,
    phi,
    derivative,
    kinks,
    ...(secondDerivative && { secondDerivative }),
    homogeneous: false,
    closedForms: {},
    tensorForm: (x) => x,
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const sech2 = (x: number): number => {
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / (1 + e) ** 2;
};
const gauss = (x: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);

export const activations = {
  relu: plain(
    'relu',
    (x) => Math.max(x, 0),
    (x) => (x > 0 ? 1 : 0),
    [0],
  ),
  'leaky_relu_0.2': plain(
    'leaky_relu_0.2',
    (x) => (x > 0 ? x : 0.2 * x),
    (x) => (x > 0 ? 1 : 0.2),
    [0],
  ),
  tanh: plain('tanh', Math.tanh, sech2, [], (x) => -2 * Math.tanh(x) * sech2(x)),
  erf: plain('erf', erf, gauss, [], (x) => -2 * x * gauss(x)),
  gelu: plain(
    'gelu',
    (x) => x * normalCdf(x),
    (x) => normalCdf(x) + x * normalPdf(x),
    [],
    (x) => (2 - x * x) * normalPdf(x),
  ),
  elu: plain(
    'elu',
    (x) => (x > 0 ? x : Math.expm1(x)),
    (x) => (x > 0 ? 1 : Math.exp(x)),
    [0],
  ),
  softplus: plain(
    'softplus',
    (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    sigmoid,
    [],
    (x) => sigmoid(x) * sigmoid(-x),
  ),
  hard_tanh: plain(
    'hard_tanh',
    (x) => Math.max(-1, Math.min(1, x)),
    (x) => (Math.abs(x) < 1 ? 1 : 0),
    [-1, 1],
  ),
} as const;
