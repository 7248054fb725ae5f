import { describe, expect, it } from 'vitest';

import { stepToCsv, type CellRecord, type Run } from '../src/index.js';
import { failureOf } from './temporary-folder.js';

const complete = (cell: string, result: object): [string, CellRecord] => [
  cell,
  { cell, experiment: 'e', status: 'complete', result: result as never, timing: {} },
];

const run: Run = {
  folder: 'nowhere',
  torn: 0,
  manifest: {
    format: 1,
    name: 'n',
    title: '',
    description: '',
    seed: 0,
    plugins: [],
    cells: [],
    earlier: [],
    bibliography: '',
    steps: ['scalars', 'curves'].map((id) => ({
      id,
      title: id,
      description: '',
      experiment: 'e',
      optional: false,
      figure: {},
      cells: ['1', '2', '3'].map((n) => ({
        cell: `${id}${n}`,
        labels: { initializer: `say "${n}", twice` },
      })),
    })),
  },
  records: new Map([
    complete('scalars1', { chi1: 0.5, qStar: { status: 'unbounded' } }),
    [
      'scalars2',
      {
        cell: 'scalars2',
        experiment: 'e',
        status: 'failed',
        error: { code: 'INTERNAL', message: 'a\nb' },
        timing: {},
      },
    ],
    complete('curves1', {
      steps: 9,
      curve: { x: [0, 1], y: { mean: [2, 3] } },
      layers: [{ q: 4, g: [5, 6] }],
    }),
  ]),
};

describe('stepToCsv', () => {
  it('writes a row for each cell of scalars, quoted where needed, and errors where there is no result', () => {
    expect(stepToCsv(run, 'scalars').split('\r\n')).toEqual([
      'cell,label.initializer,status,chi1,qStar.status,error',
      'scalars1,"say ""1"", twice",complete,0.5,unbounded,',
      'scalars2,"say ""2"", twice",failed,,,"a\nb"',
      '',
    ]);
  });

  it('writes a row for each entry of arrays', () => {
    expect(stepToCsv(run, 'curves').split('\r\n').slice(0, 3)).toEqual([
      'cell,label.initializer,status,row,steps,curve.x,curve.y.mean,layers.q,layers.g.0,layers.g.1',
      'curves1,"say ""1"", twice",complete,0,9,0,2,4,5,6',
      'curves1,"say ""1"", twice",complete,1,9,1,3,,,',
    ]);
  });

  it('lists the steps when there is no such one', () => {
    expect(failureOf(() => stepToCsv(run, 'curve')).message).toContain('scalars, curves');
  });
});
