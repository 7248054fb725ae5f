import { cite, singh2021, type Claim, type Outcomes, type Reading, type Reproduction } from '@meanfield/core';

import { boundaryResult } from '../../report/results.js';
import { above, below, exact, INCOMPLETE, resultIn, value } from '../readings.js';

const SCHEMES = { rai: 'RAI', raai: 'RAAI' } as const;
type Scheme = keyof typeof SCHEMES;
type Method = 'exact' | 'rms' | 'mean';
type Boundary = 'length' | 'correlation';
const METHODS: readonly Method[] = ['exact', 'rms', 'mean'];
const CALLED: Readonly<Record<Method, string>> = {
  exact: 'exact law',
  rms: 'RMS approximation',
  mean: 'mean approximation',
};
const OF: Readonly<Record<Boundary, string>> = { length: 'lengths', correlation: 'correlations' };

function boundaryOf(outcomes: Outcomes, scheme: Scheme, method: Method, which: Boundary): number | null {
  return resultIn(boundaryResult, outcomes, method, SCHEMES[scheme])?.[which] ?? null;
}

const readingOf = (obtained: number | null): Reading => (obtained === null ? INCOMPLETE : exact(obtained));

/** A number of the table or of the text, with half a unit of its last digit. */
const printed = (scheme: Scheme, method: Method, which: Boundary, claimed: number, where: string): Claim => ({
  id: `${scheme}-${which}-${method}${where === 'table C.1' ? '' : '-text'}`,
  by: 'source',
  statement: `boundary of ${OF[which]} of ${SCHEMES[scheme]}, ${CALLED[method]}`,
  where: `${where}; two decimals`,
  expected: value(claimed, 0.005),
  obtain: (outcomes) => readingOf(boundaryOf(outcomes, scheme, method, which)),
});

const compared = (scheme: Scheme, method: Method, which: Boundary, over: boolean): Claim => ({
  id: `${scheme}-${which}-${method}-${over ? 'over' : 'under'}`,
  by: 'source',
  statement:
    `the ${CALLED[method]} ${over ? 'over' : 'under'}estimates the boundary of ${OF[which]} of ${SCHEMES[scheme]}: ` +
    `its σ_w² less that of the exact law`,
  where: `caption of table C.1; ${over ? 'above' : 'not above'} 0`,
  expected: over ? above(0) : below(0),
  obtain: (outcomes) => {
    const [approximate, exact] = [method, 'exact' as const].map((each) =>
      boundaryOf(outcomes, scheme, each, which),
    );
    const [one = null, other = null] = [approximate, exact];
    return readingOf(one === null || other === null ? null : one - other);
  },
});

const TABLE = 'table C.1';

const tableC1: Reproduction = {
  id: 'singh2021/table-C.1',
  title: 'Boundaries of RAI and RAAI: the RMS and mean approximations against the exact law',
  source: cite(singh2021, TABLE),
  cost: { quick: '2 s of CPU time', full: '2 s of CPU time' },
  steps: () =>
    METHODS.map((method) => ({
      id: method,
      title: CALLED[method],
      experiment: 'boundary',
      options: { meanField: { name: 'asymmetric', options: { method } } },
      over: { initializer: Object.keys(SCHEMES) },
      labels: { initializer: Object.values(SCHEMES) },
    })),
  claims: [
    printed('rai', 'rms', 'length', 0.57, TABLE),
    printed('rai', 'rms', 'length', 0.56, 'app. B.1'),
    printed('rai', 'rms', 'correlation', 1.41, 'app. B.2'),
    printed('raai', 'rms', 'correlation', 1.41, TABLE),
    printed('raai', 'rms', 'length', 1.75, TABLE),
    printed('rai', 'mean', 'length', 0.85, TABLE),
    printed('raai', 'mean', 'correlation', 1.46, TABLE),
    printed('raai', 'mean', 'length', 1.89, TABLE),
    compared('rai', 'rms', 'length', false),
    compared('raai', 'rms', 'correlation', true),
    compared('raai', 'rms', 'length', true),
    compared('rai', 'mean', 'length', true),
    compared('raai', 'mean', 'correlation', true),
    compared('raai', 'mean', 'length', true),
  ],
  figures: () => [],
};

export default tableC1;
