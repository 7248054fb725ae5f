/** What there is of a reproduction in the folder of all. */

import type { Reproduction, Size } from '@meanfield/core';
import { readBoundedText } from '@meanfield/lab';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { CLAIMS_FILE, runFolderOf } from './document.js';

/** 'in part': some experiment failed, was skipped or stopped */
export type RunState = 'done' | 'in part' | 'not run';

const LARGEST_BYTES = 2 ** 24;
const judged = z.looseObject({ unfinished: z.array(z.string()) });

function isWhole(path: string): boolean {
  try {
    const parsed = judged.safeParse(JSON.parse(readBoundedText(path, LARGEST_BYTES)));
    return parsed.success && parsed.data.unfinished.length === 0;
  } catch {
    // A document of another version, or none that can be read: the next run writes it anew.
    return false;
  }
}

export function stateOf(root: string, reproduction: Reproduction, size: Size): RunState {
  const folder = runFolderOf(root, reproduction, size);
  if (!existsSync(join(folder, 'manifest.json'))) return 'not run';
  const claims = join(folder, CLAIMS_FILE);
  return existsSync(claims) && isWhole(claims) ? 'done' : 'in part';
}
