/** `npm run bench`: runs the built benchmarks, or says that they are not built. */

import { existsSync } from 'node:fs';

const main = new URL('./dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write(
    'Expected built benchmarks, found no tools/bench/dist/main.js; run npm run build first.\n',
  );
  process.exitCode = 2;
}
