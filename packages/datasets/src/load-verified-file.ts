/** A data file from the user's folder, the cache or a mirror, in this order, never unverified. */

import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { isMeanfieldError, MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';

import { defaultCacheFolder, writeAtomically } from './cache.js';
import { DEFAULT_LIMITS, download, type DownloadLimits } from './download.js';
import { isGzip, maximumStoredBytes, verifiedContent, type DataFile } from './verified-content.js';

export interface DataSources {
  /** The user's own folder (`MEANFIELD_DATA`), where there is one */
  readonly dataFolder?: string | undefined;
  /** Where downloads are kept; default `defaultCacheFolder()` */
  readonly cacheFolder?: string | undefined;
  /** Whether mirrors may be asked; default true */
  readonly download?: boolean | undefined;
  readonly limits?: Partial<Omit<DownloadLimits, 'maximumBytes'>> | undefined;
}

export interface FileRequest extends DataSources {
  /** Name of the data set: the folder's name in the data folder and in the cache */
  readonly dataset: string;
  readonly file: DataFile;
  /** Addresses of folders that have `<file>.gz`, tried in turn */
  readonly mirrors: readonly string[];
  readonly report?: ProgressReporter;
}

/** A place without the file, and why. */
interface Miss {
  readonly place: string;
  readonly reason: string;
}

/**
 * The decompressed, verified bytes of a data file.
 *
 * In the data folder `<dataset>/<file>.gz`, `<dataset>/<file>`, `<file>.gz` and `<file>` are looked for. What is
 * there must be right: a damaged file of the user's is reported, not worked around. A damaged file in the cache
 * is downloaded again. A cache that cannot be written costs the next run a download, nothing else.
 *
 * @throws MeanfieldError INVALID_FILE for a damaged file in the data folder; DATA_UNAVAILABLE, naming every
 *   place tried, when no place has the file
 */
export async function loadVerifiedFile(request: FileRequest): Promise<Uint8Array> {
  const cacheFolder = resolve(request.cacheFolder ?? defaultCacheFolder());
  const misses: Miss[] = [];
  const content =
    (await fromDataFolder(request, misses)) ??
    (await fromCache(request, cacheFolder, misses)) ??
    (await fromMirrors(request, cacheFolder, misses));
  if (content === undefined) throw unavailable(request, misses);
  return content;
}

async function fromDataFolder(
  { dataFolder, dataset, file }: FileRequest,
  misses: Miss[],
): Promise<Uint8Array | undefined> {
  if (dataFolder === undefined || dataFolder === '') return undefined;
  const folder = resolve(dataFolder);
  for (const path of [...pathsIn(join(folder, dataset), file), ...pathsIn(folder, file)]) {
    const content = await readStored(path, file);
    if (content !== undefined) return verifiedContent(file, content, path);
  }
  misses.push({ place: folder, reason: 'no such file' });
  return undefined;
}

async function fromCache(
  { dataset, file }: FileRequest,
  cacheFolder: string,
  misses: Miss[],
): Promise<Uint8Array | undefined> {
  const folder = join(cacheFolder, dataset);
  const damaged: Miss[] = [];
  for (const path of pathsIn(folder, file)) {
    const outcome = await attempt(path, async () => {
      const content = await readStored(path, file);
      return content === undefined ? undefined : verifiedContent(file, content, path);
    });
    if (outcome instanceof Uint8Array) return outcome;
    if (outcome !== undefined) damaged.push(outcome);
  }
  misses.push(...(damaged.length > 0 ? damaged : [{ place: folder, reason: 'no such file' }]));
  return undefined;
}

async function fromMirrors(
  request: FileRequest,
  cacheFolder: string,
  misses: Miss[],
): Promise<Uint8Array | undefined> {
  if (request.download === false) {
    misses.push({ place: 'mirrors', reason: 'downloads are switched off' });
    return undefined;
  }
  for (const mirror of request.mirrors) {
    const url = `${mirror.replace(/\/$/, '')}/${request.file.name}.gz`;
    const outcome = await fromMirror(url, request, cacheFolder);
    if (outcome instanceof Uint8Array) return outcome;
    misses.push(outcome);
  }
  return undefined;
}

function pathsIn(folder: string, { name }: DataFile): string[] {
  return [join(folder, `${name}.gz`), join(folder, name)];
}

/** What is stored at a path; undefined when nothing is. */
async function readStored(path: string, file: DataFile): Promise<Uint8Array | undefined> {
  const refuse = (found: string, cause?: unknown): never => {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `${file.name} of ${file.bytes} bytes in ${path}`,
      found,
      remedy: 'replace it by an intact, readable copy, or remove it',
      cause,
    });
  };
  try {
    const { size, ...status } = await stat(path).then((found) => ({
      size: found.size,
      isFile: found.isFile(),
    }));
    // Before reading: a pipe would never end, and a huge file would fill the memory.
    if (!status.isFile) return refuse('something that is not a plain file');
    if (size > maximumStoredBytes(file)) return refuse(`${size} bytes`);
    return await readFile(path);
  } catch (error) {
    if (isMeanfieldError(error)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return refuse(`a file that cannot be read (${code})`, error);
  }
}

/** What `read` gives, or the sentence's "found" when it refuses. */
async function attempt<T>(place: string, read: () => Promise<T>): Promise<T | Miss> {
  try {
    return await read();
  } catch (error) {
    if (isMeanfieldError(error)) return { place, reason: error.found };
    throw error;
  }
}

async function fromMirror(
  url: string,
  request: FileRequest,
  cacheFolder: string,
): Promise<Uint8Array | Miss> {
  const { dataset, file, report = silent } = request;
  const label = `download ${dataset} ${file.name}`;
  const limits = { ...DEFAULT_LIMITS, ...request.limits, maximumBytes: maximumStoredBytes(file) };
  const answer = await download(url, limits, (completed, total) => report({ label, completed, total }));
  if (!answer.done) return { place: url, reason: answer.reason };
  const { content } = answer;
  const outcome = await attempt(url, () => verifiedContent(file, content, url));
  if (!(outcome instanceof Uint8Array)) return outcome;
  const path = join(cacheFolder, dataset, isGzip(content) ? `${file.name}.gz` : file.name);
  try {
    await writeAtomically(path, content);
  } catch (error) {
    const detail = `not kept: ${error instanceof Error ? error.message : String(error)}`;
    report({ label, completed: content.length, total: content.length, detail });
  }
  return outcome;
}

function unavailable(
  { dataset, file, download: allowed }: FileRequest,
  misses: readonly Miss[],
): MeanfieldError {
  const network = allowed === false ? 'allow downloads' : 'connect to the internet';
  return new MeanfieldError({
    code: 'DATA_UNAVAILABLE',
    expected: `${file.name} of ${dataset} (SHA-256 ${file.sha256}) in one of the places tried`,
    found: misses.map(({ place, reason }) => `${place}: ${reason}`).join(', '),
    remedy: `set MEANFIELD_DATA to a folder that has ${dataset}/${file.name}.gz, or ${network}`,
  });
}
