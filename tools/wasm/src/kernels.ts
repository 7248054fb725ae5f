/** Where kernels lie: `<package>/assembly/<path>.ts` is the source of `<package>/src/<path>.wasm.ts`. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Kernel {
  /** Both under the repository, with `/` */
  readonly source: string;
  readonly module: string;
}

/** All kernels of the repository; what lies in a folder `assembly/shared` is imported by kernels and none itself. */
export function kernels(root: string): Kernel[] {
  return ['packages', 'plugins'].flatMap((layer) =>
    readdirSync(join(root, layer)).flatMap((name) => kernelsOf(root, `${layer}/${name}`)),
  );
}

function kernelsOf(root: string, folder: string): Kernel[] {
  const assembly = join(root, folder, 'assembly');
  if (!existsSync(assembly)) return [];
  return readdirSync(assembly, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('shared/'))
    .sort()
    .map((path) => ({
      source: `${folder}/assembly/${path}`,
      module: `${folder}/src/${path.replace(/\.ts$/, '.wasm.ts')}`,
    }));
}
