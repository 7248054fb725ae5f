import type { Reproduction } from '@meanfield/core';

import { ofMeanfield } from './own/all.js';
import { ofShrinkage2021 } from './shrinkage2021/all.js';
import exactLaw from './singh2021/exact-law.js';
import fig21 from './singh2021/fig-2-1.js';
import fig22 from './singh2021/fig-2-2.js';
import fig31 from './singh2021/fig-3-1.js';
import fig32 from './singh2021/fig-3-2.js';
import { fig33, fig34, fig35 } from './singh2021/fig-3-3-to-3-5.js';
import fig36 from './singh2021/fig-3-6.js';
import fig37 from './singh2021/fig-3-7.js';
import { fig310, fig311, fig312, fig38, fig39 } from './singh2021/fig-3-8-to-3-12.js';
import figE1 from './singh2021/fig-e-1.js';
import overfitting from './singh2021/overfitting.js';
import table31 from './singh2021/table-3-1.js';
import tableC1 from './singh2021/table-c-1.js';
import { ofTsuchida2018 } from './tsuchida2018/all.js';
import { ofYarotsky } from './yarotsky/all.js';

/** The reproductions that come with the command line, in the order of the sources. */
export const reproductions: readonly Reproduction[] = [
  fig21,
  fig22,
  fig31,
  fig32,
  fig33,
  fig34,
  fig35,
  fig36,
  fig37,
  exactLaw,
  table31,
  fig38,
  fig39,
  fig310,
  fig311,
  fig312,
  overfitting,
  tableC1,
  figE1,
  ...ofShrinkage2021,
  ...ofTsuchida2018,
  ...ofYarotsky,
  ...ofMeanfield,
];
