/** Which network teaches: one of the three of `singh2021` table 2.1, or one that differs from it as options say. */

import {
  show,
  type Activation,
  type Initializer,
  type JsonObject,
  type PluginContext,
} from '@meanfield/core';

export type TeacherName = 'standard' | 'simple' | 'complex';

/** A plugin by its name, with its options. */
export interface Choice {
  readonly name: string;
  readonly options: JsonObject;
}

/** Hidden layers, all of one width. */
export interface HiddenShape {
  readonly width: number;
  readonly depth: number;
}

/** What of the named teacher is replaced. */
export interface TeacherChanges {
  /** Units of each hidden layer */
  readonly width?: number | undefined;
  /** Hidden layers; 0 for a linear teacher without any */
  readonly depth?: number | undefined;
  readonly activation?: Choice | undefined;
  /** Whose own defaults hold, and the variances below where they are given */
  readonly initializer?: Choice | undefined;
  /** σ_w² */
  readonly weightVariance?: number | undefined;
  /** σ_b² */
  readonly biasVariance?: number | undefined;
}

export interface TeacherDesign {
  /** A line that says what it is */
  readonly description: string;
  readonly hiddenWidths: readonly number[];
  readonly activation: Activation;
  readonly initializer: Initializer;
}

/** A row of table 2.1. */
interface TeacherLaw {
  readonly activation: string;
  /** σ_w² */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
  /** Undefined for that of the student */
  readonly shape?: HiddenShape;
}

const TEACHERS: Readonly<Record<TeacherName, TeacherLaw>> = {
  standard: { activation: 'relu', weightVariance: 2, biasVariance: 0 },
  simple: { activation: 'relu', weightVariance: 2, biasVariance: 0, shape: { width: 10, depth: 1 } },
  complex: { activation: 'tanh', weightVariance: 1.5, biasVariance: 0 },
};

/** Hidden layers of a named teacher, changed: those of the student but for what is said otherwise. */
export function teacherShape(
  name: TeacherName,
  student: HiddenShape,
  { width, depth }: TeacherChanges,
): HiddenShape {
  const own = TEACHERS[name].shape ?? student;
  return { width: width ?? own.width, depth: depth ?? own.depth };
}

function layersOf({ width, depth }: HiddenShape, { name }: Choice): string {
  if (depth === 0) return 'no hidden layer';
  return `${depth} hidden ${depth === 1 ? 'layer' : 'layers'} of ${width} ${name} units`;
}

const optionsOf = ({ options }: Choice): string => {
  const said = Object.entries(options).map(([key, value]) => `${key} ${show(value)}`);
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
};

/** @throws MeanfieldError UNKNOWN_PLUGIN, INVALID_OPTION for a choice that the lab cannot make */
export function designTeacher(
  name: TeacherName,
  changes: TeacherChanges,
  shape: HiddenShape,
  context: PluginContext,
): TeacherDesign {
  const law = TEACHERS[name];
  const activation = changes.activation ?? { name: law.activation, options: {} };
  const own = changes.initializer ?? {
    name: 'he',
    options: { weightVariance: law.weightVariance, biasVariance: law.biasVariance },
  };
  const variances = {
    ...(changes.weightVariance === undefined ? {} : { weightVariance: changes.weightVariance }),
    ...(changes.biasVariance === undefined ? {} : { biasVariance: changes.biasVariance }),
  };
  const initializer = { name: own.name, options: { ...own.options, ...variances } };
  const changed = Object.values(changes).some((change) => change !== undefined);
  const layers = `${layersOf(shape, activation)}${optionsOf(activation)}`;
  return {
    description: `the ${name} teacher${changed ? ', changed' : ''}: ${layers}, weights from ${initializer.name}${optionsOf(initializer)}`,
    hiddenWidths: new Array<number>(shape.depth).fill(shape.width),
    activation: context.get('activation', activation.name, activation.options),
    initializer: context.get('initializer', initializer.name, initializer.options),
  };
}
