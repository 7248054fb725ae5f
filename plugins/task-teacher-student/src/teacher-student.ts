/**
 * Learning a random teacher: inputs x ~ N(0, I), targets f(x) of a teacher f, mean squared error.
 * `singh2021` §2.3. Teacher and examples come from the seed's streams whenever they are wanted; nothing is stored.
 */

import {
  sharedFloats,
  silent,
  type Examples,
  type ProgressReporter,
  type RandomStream,
  type Task,
  type TaskData,
} from '@meanfield/core';

import { drawTeacher, teach, type Teacher } from './teacher.js';
import type { TeacherDesign } from './teacher-design.js';

/** Rows at once: their activations stay in a core's cache, and progress is reported several times a second. */
const ROWS = 500;

/** `singh2021` §2.3; 100 steps an epoch of its 10⁵ examples. */
const BATCH_SIZE = 1000;

export interface TeacherStudentRequest {
  readonly inputSize: number;
  readonly outputSize: number;
  /** Of the student */
  readonly hiddenWidths: readonly number[];
  readonly examples: number;
  readonly validationExamples: number;
  /** 0 for no such split */
  readonly testExamples: number;
  /** Whether φ is applied to the output layers of student and teacher too */
  readonly activateOutput: boolean;
  readonly teacher: TeacherDesign;
}

export function teacherStudentTask(request: TeacherStudentRequest): Task {
  const { inputSize, outputSize, hiddenWidths, activateOutput } = request;
  const { description, activation, initializer, hiddenWidths: teacherWidths } = request.teacher;
  const sizes = [inputSize, ...teacherWidths, outputSize];
  return {
    name: 'teacher-student',
    inputSize,
    outputSize,
    loss: 'mse',
    metric: 'none',
    defaults: { batchSize: BATCH_SIZE, hiddenWidths, activateOutput },
    remarks: [
      description,
      activateOutput
        ? 'φ is applied to the output layers of teacher and student'
        : 'the output layers of teacher and student are linear',
      'inputs are N(0, I), targets are the teacher’s outputs as they are',
    ],
    async load({ stream, report }): Promise<TaskData> {
      const teacher = drawTeacher(
        { sizes, activation, initializer, activateOutput },
        stream.child('teacher'),
      );
      const draw = (split: string, count: number): Promise<Examples> =>
        drawExamples(teacher, count, stream.child('inputs').child(split), { split, report });
      return {
        train: await draw('train', request.examples),
        validation: await draw('validation', request.validationExamples),
        ...(request.testExamples === 0 ? {} : { test: await draw('test', request.testExamples) }),
      };
    },
  };
}

interface Progress {
  readonly split: string;
  readonly report?: ProgressReporter;
  readonly rows?: number;
}

/** Inputs from the stream with the teacher's targets. The first n are the same whatever the count. */
export async function drawExamples(
  teacher: Teacher,
  count: number,
  stream: RandomStream,
  { split, report = silent, rows = ROWS }: Progress,
): Promise<Examples> {
  const { fanIn: inputSize } = teacher.layers[0]!;
  const inputs = sharedFloats(count * inputSize);
  stream.fillNormal(inputs, 1);
  const values = sharedFloats(count * teacher.layers.at(-1)!.fanOut);
  for (let start = 0; start < count; start += rows) {
    const end = Math.min(start + rows, count);
    teach(teacher, inputs, values, start, end);
    report({ label: `teacher's answers for ${split}`, completed: end, total: count });
    // Lets whoever shows progress, or stops the run, have a turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { count, inputs, targets: { kind: 'values', values } };
}
