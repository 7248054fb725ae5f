import { cite, definePlugin, singh2021, type PluginDefinition } from '@meanfield/core';
import { z } from 'zod';

import {
  designTeacher,
  teacherShape,
  type Choice,
  type HiddenShape,
  type TeacherName,
} from './teacher-design.js';
import { teacherStudentTask } from './teacher-student.js';

export type { Choice, TeacherName } from './teacher-design.js';

/** Float32 values of one split: 2 GiB. */
const MAXIMUM_VALUES = 2 ** 29;
/** Float64 weights of the teacher: 1 GiB. */
const MAXIMUM_WEIGHTS = 2 ** 27;
const MAXIMUM_UNITS = 16_384;
const MAXIMUM_DEPTH = 1000;

const units = z.int().min(1).max(MAXIMUM_UNITS);
const count = z.int().min(1);
const variance = z.number().min(0);

/** A plugin's name, or its name and options. */
const choice = (): z.ZodType<Choice> =>
  z.preprocess(
    (value) => (typeof value === 'string' ? { name: value } : value),
    z.strictObject({
      name: z.string().min(1),
      options: z.record(z.string(), z.json()).default({}),
    }),
  );

const schema = z.strictObject({
  teacher: z.enum(['standard', 'simple', 'complex']).default('standard'),
  teacherWidth: units.optional(),
  teacherDepth: z.int().min(0).max(MAXIMUM_DEPTH).optional(),
  teacherActivation: choice().optional(),
  teacherInitializer: choice().optional(),
  teacherWeightVariance: variance.optional(),
  teacherBiasVariance: variance.optional(),
  examples: count.default(100_000),
  validationExamples: count.default(10_000),
  testExamples: z.int().min(0).default(0),
  inputSize: units.default(100),
  outputSize: units.default(100),
  width: units.default(100),
  depth: z.int().min(1).max(MAXIMUM_DEPTH).default(10),
  activateOutput: z.boolean().default(false),
});
type Parsed = z.output<typeof schema>;

const shapeOf = ({ teacher, teacherWidth, teacherDepth, width, depth }: Parsed): HiddenShape =>
  teacherShape(teacher, { width, depth }, { width: teacherWidth, depth: teacherDepth });

/** Of the teacher. Checks run on options of any size, so it takes no memory. */
function weightsOf(parsed: Parsed): number {
  const { inputSize, outputSize } = parsed;
  const { width, depth } = shapeOf(parsed);
  if (depth === 0) return inputSize * outputSize;
  return inputSize * width + (depth - 1) * width * width + width * outputSize;
}

const options = schema.superRefine((parsed, context) => {
  const { examples, validationExamples, testExamples, inputSize, outputSize, teacherWidth } = parsed;
  const refuse = (path: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [path], message });
  for (const [path, rows] of Object.entries({ examples, validationExamples, testExamples })) {
    if (rows * Math.max(inputSize, outputSize) > MAXIMUM_VALUES)
      refuse(path, `more than ${MAXIMUM_VALUES} values in all`);
  }
  if (weightsOf(parsed) > MAXIMUM_WEIGHTS)
    refuse(
      teacherWidth === undefined ? 'width' : 'teacherWidth',
      `more than ${MAXIMUM_WEIGHTS} weights in the teacher`,
    );
});

export interface TeacherStudentOptions {
  /** A row of `singh2021` table 2.1, default 'standard' */
  readonly teacher?: TeacherName;
  /** Units of each hidden layer of the teacher, default those of the named one */
  readonly teacherWidth?: number;
  /** Hidden layers of the teacher, 0 for none, default those of the named one */
  readonly teacherDepth?: number;
  /** Default that of the named one */
  readonly teacherActivation?: string | (Pick<Choice, 'name'> & Partial<Choice>);
  /** The law of the teacher's weights and biases, default he with the variances of the named one */
  readonly teacherInitializer?: string | (Pick<Choice, 'name'> & Partial<Choice>);
  /** σ_w² of the teacher, default that of the named one, or of `teacherInitializer` */
  readonly teacherWeightVariance?: number;
  /** σ_b² of the teacher, likewise */
  readonly teacherBiasVariance?: number;
  /** Training inputs, default 100,000 */
  readonly examples?: number;
  /** Validation inputs, default 10,000 */
  readonly validationExamples?: number;
  /** Test inputs, default 0, no such split */
  readonly testExamples?: number;
  /** Units of the input, default 100 */
  readonly inputSize?: number;
  /** Units of the output, default 100 */
  readonly outputSize?: number;
  /** Units of each hidden layer of the student, and of a teacher of its size; default 100 */
  readonly width?: number;
  /** Hidden layers of the student, and of a teacher of its size; default 10 */
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
    teacherWidth: `units of each hidden layer of the teacher, 1 to ${MAXIMUM_UNITS}, default that teacher's`,
    teacherDepth: `hidden layers of the teacher, 0 to ${MAXIMUM_DEPTH}, default that teacher's`,
    teacherActivation: "activation of the teacher, a name or { name, options }, default that teacher's",
    teacherInitializer: 'law of its weights, a name or { name, options }, default he with its variances',
    teacherWeightVariance: "σ_w² of its weights, at least 0, default that teacher's or the initializer's",
    teacherBiasVariance: "σ_b² of its biases, at least 0, default that teacher's or the initializer's",
    examples: 'training inputs, at least 1, default 100000',
    validationExamples: 'validation inputs, at least 1, default 10000',
    testExamples: 'test inputs, default 0 (no such split)',
    inputSize: `units of the input, 1 to ${MAXIMUM_UNITS}, default 100`,
    outputSize: `units of the output, 1 to ${MAXIMUM_UNITS}, default 100`,
    width: `units of each hidden layer of the student and of a teacher of its size, 1 to ${MAXIMUM_UNITS}, default 100`,
    depth: `hidden layers of the student and of a teacher of its size, 1 to ${MAXIMUM_DEPTH}, default 10`,
    activateOutput: 'whether the activation is applied to the output layers too, default false',
  },
  references: [cite(singh2021, '§2.3, table 2.1')],
  create(parsed, context) {
    const { teacher, width, depth, ...rest } = parsed;
    const changes = {
      width: rest.teacherWidth,
      depth: rest.teacherDepth,
      activation: rest.teacherActivation,
      initializer: rest.teacherInitializer,
      weightVariance: rest.teacherWeightVariance,
      biasVariance: rest.teacherBiasVariance,
    };
    return teacherStudentTask({
      ...rest,
      hiddenWidths: Array.from({ length: depth }, () => width),
      teacher: designTeacher(teacher, changes, shapeOf(parsed), context),
    });
  },
});

export default teacherStudent;
