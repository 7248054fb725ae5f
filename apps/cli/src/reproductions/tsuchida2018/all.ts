import type { Reproduction } from '@meanfield/core';

import fig2 from './fig-2.js';
import fig4 from './fig-4.js';
import fig5 from './fig-5.js';
import fig6 from './fig-6.js';

export const ofTsuchida2018: readonly Reproduction[] = [fig2, fig4, fig5, fig6];
