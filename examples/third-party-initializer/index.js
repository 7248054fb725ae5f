/** Triangular weights: independent, (u − v)√(6/N) of two uniforms, variance 1/N, N = fan-in; zero biases. */

import { cite, definePlugin } from '@meanfield/core';
import { z } from 'zod';

const lecun1998 = {
  key: 'lecun1998',
  bibtex: `@incollection{lecun1998,
  author = {LeCun, Yann and Bottou, L{\\'e}on and Orr, Genevieve B. and M{\\"u}ller, Klaus-Robert},
  title = {Efficient {BackProp}},
  booktitle = {Neural Networks: Tricks of the Trade},
  publisher = {Springer},
  year = {1998}
}`,
};

const triangular = () => ({
  name: 'triangular',
  statistics: () => ({ law: 'gaussian-rows', weightVariance: 1, biasVariance: 0, correlationStrength: 0 }),
  sample({ fanIn, weights, bias }, stream) {
    const draws = stream.child('weights');
    const scale = Math.sqrt(6 / fanIn);
    for (let i = 0; i < weights.length; i++) weights[i] = scale * (draws.uniform() - draws.uniform());
    bias.fill(0);
  },
});

export default definePlugin({
  kind: 'initializer',
  name: 'triangular',
  package: 'meanfield-initializer-triangular',
  version: '0.1.0',
  summary: 'independent weights of a triangular law, of variance 1/fan-in',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(lecun1998, '§4.6')],
  create: triangular,
});
