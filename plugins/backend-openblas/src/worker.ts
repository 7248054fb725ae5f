/** The program of a thread that multiplies by OpenBLAS: its settings are the library's file. */

import { serve } from '@meanfield/dense-engine';

import { openLibrary } from './library.js';
import { rowsBy } from './rows.js';

serve((file) => rowsBy(openLibrary(file)));
