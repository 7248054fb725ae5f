/** Reading a small text file that a user named, whatever it turns out to be. */

import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The text of a file of at most `most` bytes. No more than that is read, so that a device that never ends
 * does no harm.
 *
 * @throws Error of the system, or one that says that the file is larger
 */
export function readBoundedText(path: string, most: number): string {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    for (;;) {
      const read = readSync(descriptor, bytes, length, bytes.length - length, null);
      length += read;
      if (length > most) throw new Error(`more than ${most} bytes`);
      if (read === 0) return bytes.toString('utf8', 0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}
