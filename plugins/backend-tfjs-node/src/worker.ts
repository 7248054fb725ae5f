/** The program of a worker process: networks on a libtensorflow of its own. */

import { createServer, type Request } from '@meanfield/tfjs-networks';

import { startEngine } from './engine.js';

const serve = createServer(
  (module) => startEngine(module as string),
  (reply) => process.send?.(reply),
);
process.on('message', (request) => serve(request as Request));
// The process that asks has ended.
process.on('disconnect', () => process.exit(0));
