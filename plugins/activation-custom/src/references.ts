/** What a custom activation rests on. */

import { cite, poole2016, type Reference, type Source } from '@meanfield/core';

import type { CustomFunctions } from './functions.js';

const trefethen2013: Source = {
  key: 'trefethen2013',
  bibtex: `@book{trefethen2013,
  author = {Trefethen, Lloyd N.},
  title = {Approximation theory and approximation practice},
  publisher = {Society for Industrial and Applied Mathematics},
  year = {2013}
}`,
};

/** Mean-field theory for any φ, and the method of φ' where that is not given. */
export function sourcesOf({ derivative }: Partial<CustomFunctions>): readonly Reference[] {
  const theory = cite(poole2016);
  return derivative === undefined ? [theory, cite(trefethen2013, 'ch. 3, 8')] : [theory];
}
