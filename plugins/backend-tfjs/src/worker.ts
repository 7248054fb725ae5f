/** The program of a worker thread: networks on an engine of TensorFlow.js of its own. */

import { createServer, type Request } from '@meanfield/tfjs-networks';
import { parentPort } from 'node:worker_threads';

import { startEngine, type EngineName } from './engine.js';

const serve = createServer(
  (engine) => startEngine(engine as EngineName),
  (reply) => parentPort?.postMessage(reply),
);
parentPort?.on('message', (request: Request) => serve(request));
