/** An activation made of functions that a user gave. */

import { MeanfieldError, type Activation } from '@meanfield/core';

import { checkFunctions } from './checks.js';
import type { CustomFunctions, Scalar } from './functions.js';
import { numericalSlope } from './numerical-derivative.js';

/** f, but that NaN is an error that names the point. */
function total(owner: string, name: string, f: Scalar): Scalar {
  return (x) => {
    const value = f(x);
    if (!Number.isNaN(value) || Number.isNaN(x)) return value;
    throw new MeanfieldError({
      code: 'INVALID_OPTION',
      expected: `a ${name} of ${owner} that is a number everywhere`,
      found: `NaN at ${x}`,
      remedy: 'define it there, for instance by its limit',
    });
  };
}

function noTensorForm(owner: string): never {
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `a tensor form of ${owner} to train networks with`,
    found: 'none',
    remedy: 'give customActivation a tensorForm, or ask for theory and simulation, which need phi alone',
  });
}

/**
 * The activation, checked at sample points. Where φ' is not given it is computed from φ (`numericalSlope`).
 *
 * @throws MeanfieldError INVALID_OPTION naming the point at which φ is not finite, a given derivative is not φ's, or φ is
 * not homogeneous as was said
 */
export function makeActivation(name: string, functions: CustomFunctions): Activation {
  const owner = `activation ${name}`;
  checkFunctions(owner, functions);
  const { derivative, secondDerivative, kinks = [], scale = 1 } = functions;
  const { homogeneous = false, closedForms = {} } = functions;
  const phi = total(owner, 'phi', functions.phi);
  return {
    name,
    phi,
    derivative:
      derivative === undefined
        ? (x) => numericalSlope(phi, kinks, x, scale).value
        : total(owner, 'derivative', derivative),
    ...(secondDerivative && { secondDerivative: total(owner, 'secondDerivative', secondDerivative) }),
    kinks,
    scale,
    homogeneous,
    closedForms,
    tensorForm: functions.tensorForm ?? (() => noTensorForm(owner)),
  };
}
