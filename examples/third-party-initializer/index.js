/** LeCun's initialisation: independent N(0, 1/N) weights, N = fan-in, and zero biases. */

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

const lecun = () => ({
  name: 'lecun',
  statistics: () => ({ law: 'gaussian-rows', weightVariance: 1, biasVariance: 0, correlationStrength: 0 }),
  sample({ fanIn, weights, bias }, stream) {
    stream.child('weights').fillNormal(weights, Math.sqrt(1 / fanIn));
    bias.fill(0);
  },
});

export default definePlugin({
  kind: 'initializer',
  name: 'lecun',
  package: 'meanfield-initializer-lecun',
  version: '0.1.0',
  summary: 'independent Gaussian weights of variance 1/fan-in',
  options: z.strictObject({}),
  optionDocs: {},
  references: [cite(lecun1998, '§4.6')],
  create: lecun,
});
