/** An activation as data, so that another thread or process can compute it: the operations of its tensor form in their order. */

import type { Activation, TensorOps } from '@meanfield/core';

interface Operation {
  readonly name: keyof TensorOps<unknown>;
  /** Indices of values: 0 is x, then the result of each operation in turn */
  readonly values: readonly number[];
  readonly numbers: readonly number[];
}

export interface ActivationProgram {
  readonly operations: readonly Operation[];
  /** Index of the value that is φ(x) */
  readonly result: number;
}

const NAMES = [
  ...(['add', 'multiply', 'scale', 'shift', 'relu', 'tanh', 'sigmoid', 'exp'] as const),
  ...(['log1p', 'abs', 'sin', 'erf', 'clip'] as const),
] satisfies readonly (keyof TensorOps<unknown>)[];

interface Value {
  readonly index: number;
}

/** Runs the tensor form over indices in place of tensors. */
export function programOf(activation: Activation): ActivationProgram {
  const operations: Operation[] = [];
  const record =
    (name: Operation['name']) =>
    (...parts: readonly (Value | number)[]): Value => {
      const values = parts.flatMap((part) => (typeof part === 'number' ? [] : [part.index]));
      const numbers = parts.filter((part) => typeof part === 'number');
      return { index: operations.push({ name, values, numbers }) };
    };
  const recording = Object.fromEntries(NAMES.map((name) => [name, record(name)]));
  const result = activation.tensorForm<Value>({ index: 0 }, recording as unknown as TensorOps<Value>);
  return { operations, result: result.index };
}

type AnyOperations<T> = Readonly<Record<Operation['name'], (...parts: readonly (T | number)[]) => T>>;

/** The tensor form of which it is the program: the same operations in the same order. */
export const tensorFormOf =
  ({ operations, result }: ActivationProgram): Activation['tensorForm'] =>
  <T>(x: T, ops: TensorOps<T>): T => {
    const engine = ops as unknown as AnyOperations<T>;
    const found = [x];
    for (const { name, values, numbers } of operations) {
      found.push(engine[name](...values.map((index) => found[index]!), ...numbers));
    }
    return found[result]!;
  };
