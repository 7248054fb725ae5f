/** A page in headless Chromium, served on loopback: its program is bundled as users' programs are. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const TIME_LIMIT = 40_000;

/** The program that MEANFIELD_CHROMIUM names, or one on the PATH. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  return process.env['MEANFIELD_CHROMIUM'] ?? found;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** Files by their path on the server; the first is the page's program. */
export type PageFiles = ReadonlyMap<string, string | Uint8Array>;

export async function bundlePage(): Promise<PageFiles> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: path('.'),
    resolve: { alias: { '@meanfield/backend-simd': path('../../dist/index.js') } },
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: path('page.ts') },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  return new Map(
    outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  );
}

/** Pages with these may share memory with their threads, whose programs must say so too. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
// Chromium's sandbox needs privileges, and its default much shared memory, that containers withhold; the page is our own.
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A server on loopback that emits 'answer' with what a page posts, and its address. */
async function serve(files: PageFiles, isolated: boolean): Promise<{ server: Server; url: string }> {
  const [program] = files.keys();
  const page = `<!doctype html><script type="module" src="${program!}"></script>`;
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      response.end();
      void bodyOf(request).then((body) => server.emit('answer', JSON.parse(body)));
      return;
    }
    const file = files.get(request.url ?? '');
    const type = { 'content-type': file === undefined ? 'text/html' : 'text/javascript' };
    response.writeHead(200, isolated ? { ...type, ...ISOLATION } : type);
    response.end(file ?? page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/**
 * What the page posts.
 *
 * @param isolated whether the page may share memory with threads
 * @throws Error with what Chromium printed, where nothing comes within the time limit
 */
export async function inChromium(chromium: string, files: PageFiles, isolated: boolean): Promise<unknown> {
  const { server, url } = await serve(files, isolated);
  const profile = mkdtempSync(join(tmpdir(), 'meanfield-chromium-'));
  const browser = spawn(chromium, [...FLAGS, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  browser.stderr.on('data', (text: Buffer) => (printed += text.toString()));
  browser.on('error', (error) => server.emit('error', error));
  const ended = once(browser, 'close');
  try {
    const [answer] = (await once(server, 'answer', { signal: AbortSignal.timeout(TIME_LIMIT) })) as unknown[];
    return answer;
  } catch (cause) {
    throw new Error(`${chromium} does not answer; ${printed}`, { cause });
  } finally {
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
