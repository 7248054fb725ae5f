import { cite, definePlugin, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import { TEACHERS, teacherStudentTask, type TeacherName } from './teacher-student.js';

export type { TeacherName } from './teacher-student.js';

/** Float32 values of one split: 2 GiB. */
const MAXIMUM_VALUES = 2 ** 29;
const MAXIMUM_UNITS = 16_384;

const units = (initial: number): z.ZodDefault<z.ZodInt> => z.int().min(1).max(MAXIMUM_UNITS).default(initial);
const count = (initial: number): z.ZodDefault<z.ZodInt> => z.int().min(1).default(initial);

const options = z
  .strictObject({
    teacher: z.enum(['standard', 'simple', 'complex']).default('standard'),
    examples: count(100_000),
    validationExamples: count(10_000),
    inputSize: units(100),
    outputSize: units(100),
    width: units(100),
    depth: z.int().min(1).max(1000).default(10),
    activateOutput: z.boolean().default(false),
  })
  .superRefine(({ examples, validationExamples, inputSize, outputSize }, context) => {
    for (const [path, rows] of Object.entries({ examples, validationExamples })) {
      if (rows * Math.max(inputSize, outputSize) > MAXIMUM_VALUES) {
        context.addIssue({
          code: 'custom',
          path: [path],
          message: `more than ${MAXIMUM_VALUES} values in all`,
        });
      }
    }
  });

export interface TeacherStudentOptions {
  /** Default 'standard' */
  readonly teacher?: TeacherName;
  /** Training inputs, default 100,000 */
  readonly examples?: number;
  /** Validation inputs, default 10,000 */
  readonly validationExamples?: number;
  /** Units of the input, default 100 */
  readonly inputSize?: number;
  /** Units of the output, default 100 */
  readonly outputSize?: number;
  /** Units of each hidden layer of the student, and of the standard and complex teachers; default 100 */
  readonly width?: number;
  /** Hidden layers of the student, and of the standard and complex teachers; default 10 */
  readonly depth?: number;
  /** Whether φ is applied to the output layers too, default false */
  readonly activateOutput?: boolean;
}

const teacherStudent: PluginDefinition<'task', TeacherStudentOptions> = definePlugin({
  kind: 'task',
  name: 'teacher-student',
  package: '@meanfield/task-teacher-student',
  version: '0.1.0',
  summary: 'learn the outputs of a random network, the teacher, from Gaussian inputs',
  options,
  optionDocs: {
    teacher:
      "'standard' (the student's size, ReLU), 'simple' (one hidden layer of 10) or 'complex' (tanh, chaotic)",
    examples: 'training inputs, at least 1, default 100000',
    validationExamples: 'validation inputs, at least 1, default 10000',
    inputSize: `units of the input, 1 to ${MAXIMUM_UNITS}, default 100`,
    outputSize: `units of the output, 1 to ${MAXIMUM_UNITS}, default 100`,
    width: `units of each hidden layer of the student and of a teacher of its size, 1 to ${MAXIMUM_UNITS}, default 100`,
    depth: 'hidden layers of the student and of a teacher of its size, 1 to 1000, default 10',
    activateOutput: 'whether the activation is applied to the output layers too, default false',
  },
  references: [cite(singh2021, '§2.3, table 2.1')],
  create({ teacher, width, depth, ...rest }, context) {
    const { activation, weightVariance, biasVariance } = TEACHERS[teacher];
    return teacherStudentTask({
      ...rest,
      teacher,
      hiddenWidths: Array.from({ length: depth }, () => width),
      activation: context.get('activation', activation),
      initializer: context.get('initializer', 'he', { weightVariance, biasVariance }),
    });
  },
});

export default teacherStudent;
