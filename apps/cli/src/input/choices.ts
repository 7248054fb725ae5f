/** Flags that take one of a few words. */

import { MeanfieldError, show } from '@meanfield/core';

/** Throws INVALID_ARGUMENT. */
export function parseChoice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)} for ${flag}`,
    found: show(text),
    remedy: 'choose one of them',
  });
}
