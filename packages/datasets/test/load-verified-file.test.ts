import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { isMeanfieldError, type ProgressEvent } from '@meanfield/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { loadVerifiedFile, type FileRequest } from '../src/index.js';
import { contentOf, fileOf, refusalOf, serve, serveFiles, type TestServer } from './small-dataset.js';

const NAME = 'train-images';
const file = fileOf(NAME);
const content = contentOf(NAME);

let root: string;
let servers: TestServer[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'meanfield-datasets-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  rmSync(root, { recursive: true, force: true });
});

const start = async (...args: Parameters<typeof serve>): Promise<TestServer> => {
  const server = await serve(...args);
  servers.push(server);
  return server;
};
const put = async (path: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), bytes);
};
const load = (request: Partial<FileRequest> = {}): Promise<Uint8Array> =>
  loadVerifiedFile({ dataset: 'small', file, mirrors: [], cacheFolder: join(root, 'cache'), ...request });

describe('the data folder', () => {
  it.each([
    [`small/${NAME}.gz`, gzipSync(content)],
    [`small/${NAME}`, content],
    [`${NAME}.gz`, gzipSync(content)],
    [NAME, content],
    [`small/${NAME}.gz`, content], // decompressed on the way, under the same name
  ])('is looked through for %s', async (path, bytes) => {
    await put(join('data', path), bytes);
    const server = await start(serveFiles);
    expect(await load({ dataFolder: join(root, 'data'), mirrors: [server.url] })).toEqual(content);
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['truncated gzip', gzipSync(content).subarray(0, -9), /damaged gzip/],
    ['a changed byte', content.map((byte, at) => (at === 20 ? byte ^ 1 : byte)), /SHA-256 [0-9a-f]{64}/],
    ['a byte less', content.subarray(1), new RegExp(`${content.length - 1} bytes`)],
    ['nothing', new Uint8Array(0), /found 0 bytes/],
    ['a bomb', gzipSync(new Uint8Array(50_000_000)), new RegExp(`more than ${content.length} bytes`)],
    ['a huge file', new Uint8Array(200_000), /found 200000 bytes/],
  ])('is not worked around when its file holds %s', async (_, bytes, sentence) => {
    await put(`data/small/${NAME}.gz`, bytes);
    const server = await start(serveFiles);
    const error = await refusalOf(() => load({ dataFolder: join(root, 'data'), mirrors: [server.url] }));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(join(root, 'data', 'small', `${NAME}.gz`));
    expect(server.requests).toEqual([]);
  });

  it('is refused where a folder stands for the file', async () => {
    await mkdir(join(root, 'data', 'small', NAME), { recursive: true });
    const error = await refusalOf(() => load({ dataFolder: join(root, 'data') }));
    expect(error.message).toMatch(/not a plain file/);
    expect(error.code).toBe('INVALID_FILE');
  });

  it('accepts no other bytes, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, zipped) => {
        await put(`data/${NAME}.gz`, zipped ? Uint8Array.of(0x1f, 0x8b, ...bytes) : bytes);
        try {
          await load({ dataFolder: join(root, 'data') });
          throw new Error('accepted');
        } catch (error) {
          if (!isMeanfieldError(error) || error.code !== 'INVALID_FILE') throw error;
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('download', () => {
  it('reports progress, keeps the verified file, and is not repeated', async () => {
    const events: ProgressEvent[] = [];
    const zipped = gzipSync(content);
    const server = await start((_, response) => {
      response.writeHead(200, { 'content-length': zipped.length });
      response.write(zipped.subarray(0, 20));
      setTimeout(() => response.end(zipped.subarray(20)), 20);
    });
    const report = (event: ProgressEvent): void => void events.push(event);
    expect(await load({ mirrors: [`${server.url}/folder/`], report })).toEqual(content);
    expect(server.requests).toEqual([`/folder/${NAME}.gz`]);
    expect(events[0]).toEqual({ label: `download small ${NAME}`, completed: 20, total: zipped.length });
    expect(events.at(-1)).toMatchObject({ completed: zipped.length, total: zipped.length });
    expect(readdirSync(join(root, 'cache', 'small'))).toEqual([`${NAME}.gz`]);
    expect(await load({ mirrors: [server.url] })).toEqual(content);
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof serve>[0], RegExp]>([
    ['has nothing', (_, response) => void response.writeHead(404).end(), /HTTP 404/],
    ['has another file', (_, response) => void response.end(gzipSync(contentOf('train-labels'))), /28 bytes/],
    [
      'has other values',
      (_, response) => void response.end(content.map((byte, at) => byte ^ Number(at === 20))),
      /SHA-256 [0-9a-f]{64}/,
    ],
    [
      'breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('some', () => response.destroy());
      },
      /UND_ERR_SOCKET|ECONNRESET|terminated/,
    ],
    ['sends too much', (_, response) => void response.end(new Uint8Array(10 ** 6)), /more than \d+ bytes/],
    [
      'sends too much without saying so',
      (_, response) => {
        response.write(new Uint8Array(50_000), () => response.write(new Uint8Array(50_000)));
      },
      /more than \d+ bytes/,
    ],
    ['does not answer', () => undefined, /no answer within 1.5 s/],
    [
      'stalls',
      (_, response) => {
        response.write('some');
      },
      /no data within 1.6 s/,
    ],
    [
      'turns in circles',
      (_, response) => void response.writeHead(302, { location: '/again' }).end(),
      /more than 5 redirects/,
    ],
    [
      'leads elsewhere',
      (_, response) => void response.writeHead(302, { location: 'file:///x' }).end(),
      /file:/,
    ],
  ])('goes on to the next mirror when one %s', async (_, listener, reason) => {
    const limits = { connectTimeout: 1500, stallTimeout: 1600 };
    const bad = await start(listener);
    const alone = await refusalOf(() => load({ mirrors: [bad.url], limits }));
    expect(alone.code).toBe('DATA_UNAVAILABLE');
    expect(alone.message).toMatch(reason);
    expect(readdirSync(root)).toEqual([]);
    const good = await start(serveFiles);
    expect(await load({ mirrors: [bad.url, good.url], limits })).toEqual(content);
  });

  it('follows redirects and takes content that the server decompresses on the way', async () => {
    const server = await start((request, response) => {
      if (request.url?.startsWith('/there') === true) {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(content));
      } else {
        response.writeHead(301, { location: `/there${request.url ?? ''}` }).end();
      }
    });
    expect(await load({ mirrors: [server.url] })).toEqual(content);
    expect(readFileSync(join(root, 'cache', 'small', NAME))).toEqual(Buffer.from(content));
    expect(await load()).toEqual(content);
  });

  it('names every place and what to do when nothing works', async () => {
    const server = await start((_, response) => void response.writeHead(503).end());
    const closed = await serve(serveFiles);
    await closed.close();
    const error = await refusalOf(() =>
      load({ dataFolder: join(root, 'data'), mirrors: [server.url, closed.url, 'not an address'] }),
    );
    expect(error.code).toBe('DATA_UNAVAILABLE');
    expect(error.exitCode).toBe(1);
    expect(error.message).toContain(join(root, 'data'));
    expect(error.message).toContain(join(root, 'cache', 'small'));
    expect(error.message).toContain(`${server.url}/${NAME}.gz: HTTP 503`);
    expect(error.message).toContain(`${closed.url}/${NAME}.gz: ECONNREFUSED`);
    expect(error.message).toContain('not an address');
    expect(error.message).toMatch(/set MEANFIELD_DATA to a folder that has small\/train-images\.gz/);
  });

  it('asks no mirror when it is switched off', async () => {
    const server = await start(serveFiles);
    const error = await refusalOf(() => load({ mirrors: [server.url], download: false }));
    expect(error.message).toMatch(/downloads are switched off/);
    expect(server.requests).toEqual([]);
  });
});

describe('the cache', () => {
  it('replaces a damaged file by a download, and says so where that fails', async () => {
    await put(`cache/small/${NAME}.gz`, gzipSync(content).subarray(0, -4));
    const error = await refusalOf(() => load());
    expect(error.code).toBe('DATA_UNAVAILABLE');
    expect(error.message).toContain(`${join(root, 'cache', 'small', `${NAME}.gz`)}: a damaged gzip file`);
    const server = await start(serveFiles);
    expect(await load({ mirrors: [server.url] })).toEqual(content);
    expect(gunzipSync(readFileSync(join(root, 'cache', 'small', `${NAME}.gz`)))).toEqual(
      Buffer.from(content),
    );
  });

  it('may be unwritable: the file is used, not kept, and nothing is left half-written', async () => {
    await put('cache', Uint8Array.of(1)); // a file where the folder should be
    const server = await start(serveFiles);
    const events: ProgressEvent[] = [];
    expect(await load({ mirrors: [server.url], report: (event) => void events.push(event) })).toEqual(
      content,
    );
    expect(events.map(({ detail }) => detail).at(-1)).toMatch(/^not kept: /);
    expect(readdirSync(root)).toEqual(['cache']);
  });

  it('is filled once and wholly by loads that run at the same time', async () => {
    const server = await start(serveFiles);
    const loads = await Promise.all(Array.from({ length: 8 }, () => load({ mirrors: [server.url] })));
    for (const loaded of loads) expect(loaded).toEqual(content);
    expect(readdirSync(join(root, 'cache', 'small'))).toEqual([`${NAME}.gz`]);
  });
});
