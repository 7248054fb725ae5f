/** The program of a thread that computes with the engine's own products. */

import { panels } from './panels.js';
import { serve } from './serve.js';

serve(() => panels);
