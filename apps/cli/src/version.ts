/** Name and version of this package, from the file that npm installs beside `dist`. */

import { readFileSync } from 'node:fs';

function versionInManifest(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String((manifest as { readonly version?: unknown }).version);
}

export const PACKAGE = 'meanfield';
export const VERSION: string = versionInManifest();
