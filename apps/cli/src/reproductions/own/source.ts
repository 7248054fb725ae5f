import type { Source } from '@meanfield/core';

/** Results of this project that none of the sources has. */
export const meanfield: Source = {
  key: 'meanfield',
  bibtex: `@software{meanfield,
  title = {meanfield: a laboratory of mean-field theory, simulation and training of deep networks},
  year = {2026}
}`,
};
