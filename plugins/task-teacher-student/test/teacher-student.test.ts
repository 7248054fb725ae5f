import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import {
  createLab,
  isMeanfieldError,
  silent,
  type Examples,
  type Initializer,
  type TaskData,
} from '@meanfield/core';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import teacherStudent, { type TeacherName, type TeacherStudentOptions } from '../src/index.js';
import { drawExamples } from '../src/teacher-student.js';
import { drawTeacher } from '../src/teacher.js';

const lab = createLab([teacherStudent, relu, leakyRelu, tanh, he, raai]);
const load = (options: TeacherStudentOptions, seed = 1): Promise<TaskData> =>
  lab.get('task', 'teacher-student', options).load({ stream: createStream(seed, 'task'), report: silent });
const valuesOf = ({ targets }: Examples): Float32Array => {
  if (targets.kind !== 'values') throw new Error('values expected');
  return targets.values;
};
const small = { examples: 5, validationExamples: 2, inputSize: 4, outputSize: 3, width: 6, depth: 2 };

interface ExpectedTeacher {
  readonly initializer: Initializer;
  readonly phi: (h: number) => number;
  readonly activateOutput?: boolean;
}

/** One row through the network, sum by sum. */
function answerOf(
  input: ArrayLike<number>,
  sizes: readonly number[],
  { initializer, phi, activateOutput = false }: ExpectedTeacher,
): number[] {
  let signal = Array.from(input);
  for (let layer = 1; layer < sizes.length; layer++) {
    const [fanIn, fanOut] = [sizes[layer - 1]!, sizes[layer]!];
    const weights = new Float64Array(fanIn * fanOut);
    const stream = createStream(1, `task/teacher/layer/${layer}`);
    const bias = new Float64Array(fanOut);
    initializer.sample({ fanIn, fanOut, weights, bias }, stream);
    const linear = layer === sizes.length - 1 && !activateOutput;
    signal = Array.from({ length: fanOut }, (_, unit) => {
      const h = signal.reduce((sum, s, from) => sum + s * weights[from * fanOut + unit]!, bias[unit]!);
      return linear ? h : phi(h);
    });
  }
  return signal;
}

function expectAnswers(
  { train, validation, test }: TaskData,
  sizes: number[],
  teacher: ExpectedTeacher,
): void {
  for (const examples of [train, validation, ...(test === undefined ? [] : [test])]) {
    for (let row = 0; row < examples.count; row++) {
      const expected = answerOf(examples.inputs.subarray(row * 4, row * 4 + 4), sizes, teacher);
      const found = [...valuesOf(examples).subarray(row * 3, row * 3 + 3)];
      // float32 keeps 2⁻²⁴ of a value; the sums differ only in order.
      found.forEach((value, unit) =>
        expect(Math.abs(value - expected[unit]!)).toBeLessThan(1e-7 * (1 + Math.abs(value))),
      );
    }
  }
}

describe('targets', () => {
  const rectify = (h: number): number => Math.max(h, 0);
  it.each<[TeacherName, boolean, number[], number, (h: number) => number]>([
    ['standard', false, [4, 6, 6, 3], 2, rectify],
    ['standard', true, [4, 6, 6, 3], 2, rectify],
    ['simple', false, [4, 10, 3], 2, rectify],
    ['complex', false, [4, 6, 6, 3], 1.5, Math.tanh],
    ['complex', true, [4, 6, 6, 3], 1.5, Math.tanh],
  ])(
    'of the %s teacher (activated output: %s) are those of table 2.1',
    async (teacher, activateOutput, sizes, weightVariance, phi) => {
      const expected = { initializer: he.create({ weightVariance }), phi, activateOutput };
      expectAnswers(await load({ ...small, teacher, activateOutput }), sizes, expected);
    },
  );

  it.each<[TeacherStudentOptions, number[], ExpectedTeacher]>([
    [{ teacherDepth: 0 }, [4, 3], { initializer: he.create(), phi: rectify }],
    [{ teacherDepth: 3, teacherWidth: 5 }, [4, 5, 5, 5, 3], { initializer: he.create(), phi: rectify }],
    [{ teacher: 'simple', teacherWidth: 2 }, [4, 2, 3], { initializer: he.create(), phi: rectify }],
    [{ teacher: 'simple', teacherDepth: 2 }, [4, 10, 10, 3], { initializer: he.create(), phi: rectify }],
    [{ teacherActivation: 'tanh' }, [4, 6, 6, 3], { initializer: he.create(), phi: Math.tanh }],
    [
      { teacherActivation: { name: 'leaky-relu', options: { negativeSlope: 0.5 } } },
      [4, 6, 6, 3],
      { initializer: he.create(), phi: (h) => Math.max(h, h / 2) },
    ],
    [
      { teacher: 'complex', teacherWeightVariance: 2.5, teacherBiasVariance: 0.3 },
      [4, 6, 6, 3],
      { initializer: he.create({ weightVariance: 2.5, biasVariance: 0.3 }), phi: Math.tanh },
    ],
    [{ teacherInitializer: 'raai' }, [4, 6, 6, 3], { initializer: raai.create(), phi: rectify }],
    [
      { teacherInitializer: { name: 'he', options: { weightVariance: 1 } }, teacherBiasVariance: 0.2 },
      [4, 6, 6, 3],
      { initializer: he.create({ weightVariance: 1, biasVariance: 0.2 }), phi: rectify },
    ],
  ])('of a teacher changed by %j are those of that network', async (changes, sizes, expected) => {
    expectAnswers(await load({ ...small, ...changes }), sizes, expected);
    const task = lab.get('task', 'teacher-student', { ...small, ...changes });
    expect(task.defaults.hiddenWidths).toEqual([6, 6]);
    expect(task.remarks[0]).toMatch(/^the (standard|simple|complex) teacher, changed: /);
  });

  it('do not depend on how many rows are worked out at once', async () => {
    const teacher = drawTeacher(
      { sizes: [7, 9, 5], activation: tanh.create(), initializer: he.create(), activateOutput: false },
      createStream(3, 'teacher'),
    );
    const draw = (rows: number): Promise<Examples> =>
      drawExamples(teacher, 100, createStream(3, 'inputs'), { split: 'train', rows });
    const whole = await draw(100);
    for (const rows of [1, 3, 8, 64]) expect(await draw(rows)).toEqual(whole);
  });

  it('have mean square 2 over He teachers: E h² = 2 E relu(h)² = E h² from layer to layer, at any width', async () => {
    const means: number[] = [];
    for (let seed = 0; seed < 300; seed++) {
      const { train } = await load({ ...small, examples: 20, inputSize: 8, width: 12, depth: 3 }, seed);
      const values = valuesOf(train);
      means.push(values.reduce((sum, y) => sum + y * y, 0) / values.length);
    }
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
    const variance = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1);
    expect(Math.abs(mean - 2)).toBeLessThan(3.5 * Math.sqrt(variance / means.length));
  });
});

describe('examples', () => {
  it('lie in memory that the threads of a backend share', async () => {
    const { train } = await load(small);
    for (const { buffer } of [train.inputs, valuesOf(train)])
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('of a smaller set are the first of a larger one', async () => {
    const [few, many] = [await load({ ...small, examples: 5 }), await load({ ...small, examples: 700 })];
    expect([...many.train.inputs.subarray(0, 20)]).toEqual([...few.train.inputs]);
    expect([...valuesOf(many.train).subarray(0, 15)]).toEqual([...valuesOf(few.train)]);
    expect(many.validation).toEqual(few.validation);
  });

  it('for a test split are further ones, and leave the others as they are', async () => {
    const [without, extended] = [await load(small), await load({ ...small, testExamples: 3 })];
    expect(without.test).toBeUndefined();
    expect(extended.test?.count).toBe(3);
    expect([extended.train, extended.validation]).toEqual([without.train, without.validation]);
    const splits = [extended.train, extended.validation, extended.test!].map(({ inputs }) => [...inputs]);
    expect(new Set(splits.flat()).size).toBe(splits.flat().length);
  });

  it('are the same for every teacher of a seed', async () => {
    const [standard, complex] = [await load({ ...small }), await load({ ...small, teacher: 'complex' })];
    expect(complex.train.inputs).toEqual(standard.train.inputs);
    expect(valuesOf(complex.train)).not.toEqual(valuesOf(standard.train));
  });
});

describe('the task', () => {
  it('has the sizes of singh2021 §2.3 by default', () => {
    const { inputSize, outputSize, defaults, loss } = lab.get('task', 'teacher-student');
    expect({ inputSize, outputSize, loss }).toEqual({ inputSize: 100, outputSize: 100, loss: 'mse' });
    const hiddenWidths = new Array<number>(10).fill(100);
    expect(defaults).toEqual({ batchSize: 1000, hiddenWidths, activateOutput: false });
  });

  it('gives the simple teacher its own size, and the student the size asked for', () => {
    const task = lab.get('task', 'teacher-student', { ...small, teacher: 'simple' });
    expect(task.defaults.hiddenWidths).toEqual([6, 6]);
    expect(task.remarks[0]).toBe(
      'the simple teacher: 1 hidden layer of 10 relu units, weights from he (weightVariance 2, biasVariance 0)',
    );
  });

  it('refuses teachers that memory does not hold, and choices that the lab cannot make', () => {
    const codeOf = (options: TeacherStudentOptions): [string, string] => {
      try {
        lab.get('task', 'teacher-student', options);
      } catch (error) {
        if (isMeanfieldError(error)) return [error.code, error.message];
      }
      return ['', ''];
    };
    const [code, message] = codeOf({ teacherWidth: 16_384, teacherDepth: 2 });
    expect(code).toBe('INVALID_OPTION');
    expect(message).toMatch(/option teacherWidth .* 16384 \(more than 134217728 weights in the teacher\)/);
    expect(codeOf({ teacherActivation: 'cosine' })[0]).toBe('UNKNOWN_PLUGIN');
    expect(codeOf({ teacherInitializer: { name: 'raai', options: { slope: 1 } } })[0]).toBe('INVALID_OPTION');
  });

  it('asks its lab for the teacher’s activation and initializer', () => {
    try {
      teacherStudent.create({ teacher: 'complex' }, createLab([relu, he]));
      throw new Error('it was created');
    } catch (error) {
      if (!isMeanfieldError(error)) throw error;
      expect(error.code).toBe('UNKNOWN_PLUGIN');
      expect(error.message).toContain('"tanh"');
    }
  });
});
