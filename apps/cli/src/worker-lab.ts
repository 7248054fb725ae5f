/** The lab of a worker thread: the main thread's, put together again from the same names. */

import type { Json, Lab } from '@meanfield/core';
import { z } from 'zod';

import { composeLab } from './composition.js';
import { importOrigins } from './input/plugins.js';

const schema = z.strictObject({
  origins: z.array(z.strictObject({ folder: z.string(), plugins: z.array(z.string()) })),
});

/** @param settings `{ origins }`, as `Session.origins` holds them */
export async function createWorkerLab(settings: Json): Promise<Lab> {
  const { origins } = schema.parse(settings);
  return composeLab(await importOrigins(origins));
}
