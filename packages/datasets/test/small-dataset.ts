/** A data set of a few 3 × 2 images, in files as MNIST has them, and a server of such files. */

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';

import type { AddressInfo } from 'node:net';

import { isMeanfieldError, type MeanfieldError } from '@meanfield/core';

import type { DataFile, ImageDataset } from '../src/index.js';

export const HEIGHT = 3;
export const WIDTH = 2;
export const CLASSES = 4;

/** An IDX file of unsigned bytes. */
export function idx(dimensions: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dimensions.length));
  header.setUint8(2, 8);
  header.setUint8(3, dimensions.length);
  dimensions.forEach((size, axis) => header.setUint32(4 + 4 * axis, size));
  return Uint8Array.of(...new Uint8Array(header.buffer), ...Array.from(values));
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const images = (count: number, first: number): Uint8Array =>
  idx(
    [count, HEIGHT, WIDTH],
    Array.from({ length: count * HEIGHT * WIDTH }, (_, at) => (first + at * 7) % 256),
  );
const labels = (count: number): Uint8Array =>
  idx(
    [count],
    Array.from({ length: count }, (_, at) => at % CLASSES),
  );

export const TRAIN = 20;
export const TEST = 6;
/** Uncompressed contents by name. */
export const contents: Readonly<Record<string, Uint8Array>> = {
  'train-images': images(TRAIN, 0),
  'train-labels': labels(TRAIN),
  'test-images': images(TEST, 100),
  'test-labels': labels(TEST),
};
export const contentOf = (name: string): Uint8Array => {
  const content = contents[name];
  if (content === undefined) throw new Error(name);
  return content;
};
const hashed = (name: string): { name: string; sha256: string } => ({
  name,
  sha256: sha256(contentOf(name)),
});

export const smallDataset = (mirrors: readonly string[] = []): ImageDataset => ({
  name: 'small',
  height: HEIGHT,
  width: WIDTH,
  classes: CLASSES,
  train: { count: TRAIN, images: hashed('train-images'), labels: hashed('train-labels') },
  test: { count: TEST, images: hashed('test-images'), labels: hashed('test-labels') },
  mirrors,
});

export const fileOf = (name: string): DataFile => ({ ...hashed(name), bytes: contentOf(name).length });

export interface TestServer {
  readonly url: string;
  readonly requests: string[];
  close(): Promise<void>;
}

/** On 127.0.0.1 at a free port. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? '');
    listener(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Serves `<name>.gz` of the small data set. */
export const serveFiles: RequestListener = (request, response) => {
  const content = contents[/([^/]+)\.gz$/.exec(request.url ?? '')?.[1] ?? ''];
  if (content === undefined) response.writeHead(404).end();
  else response.end(gzipSync(content));
};

/** The MeanfieldError that `run` ends with; any other outcome fails the test. */
export async function refusalOf(run: () => unknown): Promise<MeanfieldError> {
  try {
    await run();
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
