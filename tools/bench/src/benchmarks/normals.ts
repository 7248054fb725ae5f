/** Standard normals a second, in float64: the ziggurat of a named stream against Box and Muller's method. */

import type { RandomStream } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import { milliseconds, type Benchmark, type Measure } from '../benchmark.js';
import { pythonBaselines } from '../python.js';

const COUNT = 2 ** 22;

/** The textbook's way, two normals from two uniforms of the same stream. */
function boxMuller(out: Float64Array, stream: RandomStream): void {
  for (let index = 0; index < out.length; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - stream.uniform()));
    const angle = 2 * Math.PI * stream.uniform();
    out[index] = radius * Math.cos(angle);
    out[index + 1] = radius * Math.sin(angle);
  }
}

const millionsPerSecond =
  (work: () => void): Measure =>
  async () =>
    COUNT / 1e3 / (await milliseconds(work)());

export const normals: Benchmark = {
  name: 'normals',
  summary: `${COUNT} standard normals into a Float64Array`,
  unit: 'million/s',
  better: 'higher',
  runs: 15,
  prepare() {
    const out = new Float64Array(COUNT);
    const stream = createStream(1, 'bench/normals');
    return {
      subject: millionsPerSecond(() => stream.fillNormal(out, 1)),
      baselines: [
        { name: 'Box–Muller over the same stream', measure: millionsPerSecond(() => boxMuller(out, stream)) },
        {
          name: 'normal() of the same stream, one call each',
          measure: millionsPerSecond(() => {
            for (let index = 0; index < COUNT; index++) out[index] = stream.normal();
          }),
        },
        ...pythonBaselines([
          {
            name: 'numpy default_rng().standard_normal',
            module: 'numpy',
            setup: 'rng = numpy.random.default_rng(1)',
            statement: `rng.standard_normal(${COUNT})`,
            value: `${COUNT} / seconds / 1e6`,
            runs: 5,
          },
        ]),
      ],
    };
  },
};
