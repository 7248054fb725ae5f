/**
 * Which activation of the kernel an `Activation` is, told by its tensor form: what φ is, rather than what it is called.
 *
 * The tensor form runs over text in place of tensors, so that x σ(βx) is `multiply(x,sigmoid(scale(x,#)))` with β beside it.
 */

import { MeanfieldError, type Activation, type TensorOps } from '@meanfield/core';

/** An activation of assembly/shared/activation.ts. */
export interface ActivationKernel {
  readonly code: number;
  /** Slope below 0, or β */
  readonly parameter: number;
}

/** Of assembly/shared/activation.ts */
export const CODES = { bent: 0, folded: 1, tanh: 2, erf: 3, gelu: 4, tanhGelu: 5, silu: 6 } as const;

/** Names of activations that the kernel has, as far as their plugins are first-party. */
export const ACTIVATIONS: readonly string[] = ['relu', 'leaky-relu', 'linear', 'tanh', 'erf', 'gelu', 'silu'];

interface Trace {
  readonly form: string;
  readonly numbers: readonly number[];
}

const call =
  (name: string) =>
  (...parts: readonly (Trace | number)[]): Trace => ({
    form: `${name}(${parts.map((part) => (typeof part === 'number' ? '#' : part.form)).join()})`,
    numbers: parts.flatMap((part) => (typeof part === 'number' ? [part] : part.numbers)),
  });

const tracing: TensorOps<Trace> = {
  add: call('add'),
  multiply: call('multiply'),
  scale: call('scale'),
  shift: call('shift'),
  relu: call('relu'),
  tanh: call('tanh'),
  sigmoid: call('sigmoid'),
  exp: call('exp'),
  log1p: call('log1p'),
  abs: call('abs'),
  sin: call('sin'),
  erf: call('erf'),
  clip: call('clip'),
};

/** x above 0 and `slope` x below: the larger of x and `slope` x for slopes from 0 to 1, when the sign of φ tells that of x too. */
const bent = (slope: number): ActivationKernel => ({
  code: slope >= 0 && slope <= 1 ? CODES.bent : CODES.folded,
  parameter: slope,
});

const close = (numbers: readonly number[], expected: readonly number[]): boolean =>
  numbers.every((number, index) => Math.abs(number - expected[index]!) <= 1e-12);

const GELU = [Math.SQRT1_2, 0.5, 0.5];
const STEEPNESS = Math.sqrt(8 / Math.PI);

/** By form: the kernel, or null where its numbers are others than the kernel has. */
const KERNELS: Readonly<Record<string, (numbers: readonly number[]) => ActivationKernel | null>> = {
  x: () => bent(1),
  'relu(x)': () => bent(0),
  'add(scale(x,#),scale(relu(x),#))': ([below, rest]) =>
    Math.abs(below! + rest! - 1) <= 1e-12 * (1 + Math.abs(below!)) ? bent(below!) : null,
  'tanh(x)': () => ({ code: CODES.tanh, parameter: 0 }),
  'erf(x)': () => ({ code: CODES.erf, parameter: 0 }),
  'multiply(x,shift(scale(erf(scale(x,#)),#),#))': (numbers) =>
    close(numbers, GELU) ? { code: CODES.gelu, parameter: 0 } : null,
  'multiply(x,sigmoid(add(scale(x,#),scale(multiply(x,multiply(x,x)),#))))': (numbers) =>
    close(numbers, [STEEPNESS, STEEPNESS * 0.044715]) ? { code: CODES.tanhGelu, parameter: 0 } : null,
  'multiply(x,sigmoid(scale(x,#)))': ([beta]) => ({ code: CODES.silu, parameter: beta! }),
};

/** @throws MeanfieldError UNSUPPORTED where the kernel does not have it */
export function activationKernel(activation: Activation): ActivationKernel {
  const { form, numbers } = activation.tensorForm<Trace>({ form: 'x', numbers: [] }, tracing);
  const kernel = KERNELS[form]?.(numbers) ?? null;
  if (kernel !== null && Number.isFinite(Math.fround(kernel.parameter))) return kernel;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `an activation of ${ACTIVATIONS.join(', ')}`,
    found: activation.name,
    remedy: 'choose one of these, or the backend tfjs, which runs any',
  });
}
