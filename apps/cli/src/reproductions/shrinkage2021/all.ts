import type { Reproduction } from '@meanfield/core';

import fig1 from './fig-1.js';
import fig2 from './fig-2.js';
import fig3 from './fig-3.js';
import fig4 from './fig-4.js';

/** In the order of the paper */
export const ofShrinkage2021: readonly Reproduction[] = [fig1, fig2, fig3, fig4];
