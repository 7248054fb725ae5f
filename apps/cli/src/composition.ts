/** What the command line is made of: every first-party plugin, and those that the user names. */

import custom from '@meanfield/activation-custom';
import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import hardTanh from '@meanfield/activation-hard-tanh';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import sin from '@meanfield/activation-sin';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import analysisLayerNorm from '@meanfield/analysis-layer-norm';
import analysisResnet from '@meanfield/analysis-resnet';
import openBlas from '@meanfield/backend-openblas';
import reference from '@meanfield/backend-reference';
import simd from '@meanfield/backend-simd';
import tfjs from '@meanfield/backend-tfjs';
import tfjsNode from '@meanfield/backend-tfjs-node';
import { createLab, type Lab, type PluginDefinition } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import depthScaled from '@meanfield/initializer-depth-scaled';
import glorot from '@meanfield/initializer-glorot';
import he from '@meanfield/initializer-he';
import identity from '@meanfield/initializer-identity';
import lecun from '@meanfield/initializer-lecun';
import normPreserving from '@meanfield/initializer-norm-preserving';
import orthogonal from '@meanfield/initializer-orthogonal';
import raai from '@meanfield/initializer-raai';
import rai from '@meanfield/initializer-rai';
import { experiments } from '@meanfield/lab';
import meanFieldAsymmetric from '@meanfield/mean-field-asymmetric';
import meanFieldGaussian from '@meanfield/mean-field-gaussian';
import meanFieldLayerNorm from '@meanfield/mean-field-layer-norm';
import meanFieldPerturbed from '@meanfield/mean-field-perturbed';
import meanFieldResnet from '@meanfield/mean-field-resnet';
import array from '@meanfield/task-array';
import fashionMnist from '@meanfield/task-fashion-mnist';
import mnist from '@meanfield/task-mnist';
import teacherStudent from '@meanfield/task-teacher-student';

const FIRST_PARTY: readonly PluginDefinition[] = [
  relu,
  leakyRelu,
  tanh,
  erf,
  gelu,
  silu,
  elu,
  selu,
  softplus,
  sigmoid,
  hardTanh,
  sin,
  linear,
  custom,
  he,
  aci,
  rai,
  raai,
  glorot,
  lecun,
  orthogonal,
  normPreserving,
  depthScaled,
  identity,
  meanFieldGaussian,
  meanFieldAsymmetric,
  // After the Gaussian model, which answers unless one of these is named
  meanFieldPerturbed,
  meanFieldLayerNorm,
  meanFieldResnet,
  analysisLayerNorm,
  analysisResnet,
  teacherStudent,
  fashionMnist,
  mnist,
  array,
  simd,
  openBlas,
  tfjs,
  tfjsNode,
  reference,
  ...experiments,
];

/** A lab of the first-party plugins and `extra`. Throws INVALID_PLUGIN, DUPLICATE_PLUGIN. */
export function composeLab(extra: readonly PluginDefinition[]): Lab {
  return createLab([...FIRST_PARTY, ...extra]);
}
