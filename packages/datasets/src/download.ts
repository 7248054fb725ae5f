/** One file over HTTP, within limits of size, time and redirects. Failures are answers, not exceptions. */

export interface DownloadLimits {
  /** Most bytes of the body */
  readonly maximumBytes: number;
  /** Milliseconds until the headers are there; without a network this is how long a refusal takes at most */
  readonly connectTimeout: number;
  /** Milliseconds between two pieces of the body */
  readonly stallTimeout: number;
  /** Milliseconds for all of it */
  readonly totalTimeout: number;
  readonly maximumRedirects: number;
}

export const DEFAULT_LIMITS: Omit<DownloadLimits, 'maximumBytes'> = {
  connectTimeout: 5_000,
  stallTimeout: 15_000,
  totalTimeout: 600_000,
  maximumRedirects: 5,
};

export type Download =
  | { readonly done: true; readonly content: Uint8Array }
  /** `reason` is a short clause, such as "HTTP 404". */
  | { readonly done: false; readonly reason: string };

/** Bytes received, and of how many: the stated length, or the limit where the server states none. */
export type DownloadProgress = (received: number, total: number) => void;

const REDIRECTS = [301, 302, 303, 307, 308];

export async function download(
  url: string,
  limits: DownloadLimits,
  progress: DownloadProgress,
): Promise<Download> {
  const watchdog = new Watchdog();
  watchdog.expectEnd(limits.totalTimeout);
  try {
    watchdog.expectNext('no answer', limits.connectTimeout);
    const response = await follow(url, limits.maximumRedirects, watchdog.signal);
    if (typeof response === 'string') return { done: false, reason: response };
    return await receive(response, limits, watchdog, progress);
  } catch (error) {
    return { done: false, reason: watchdog.complaint ?? reasonOf(error) };
  } finally {
    watchdog.release();
  }
}

/** The first answer that is no redirect, or why there is none. */
async function follow(url: string, redirects: number, signal: AbortSignal): Promise<Response | string> {
  let target = new URL(url);
  for (let hop = 0; hop <= redirects; hop++) {
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return `an address of ${target.protocol}`;
    const response = await fetch(target, { signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (REDIRECTS.includes(response.status) && location !== null) {
      await response.body?.cancel();
      target = new URL(location, target);
    } else if (response.status === 200) {
      return response;
    } else {
      await response.body?.cancel();
      return `HTTP ${response.status}`;
    }
  }
  return `more than ${redirects} redirects`;
}

async function receive(
  response: Response,
  { maximumBytes, stallTimeout }: DownloadLimits,
  watchdog: Watchdog,
  progress: DownloadProgress,
): Promise<Download> {
  // The stated length is of the body before fetch decodes it: no measure of progress when it is encoded.
  const stated = response.headers.has('content-encoding')
    ? NaN
    : Number(response.headers.get('content-length') ?? NaN);
  const tooLarge: Download = { done: false, reason: `more than ${maximumBytes} bytes` };
  if (stated > maximumBytes) {
    await response.body?.cancel();
    return tooLarge;
  }
  if (response.body === null) return { done: false, reason: 'an empty answer' };
  const total = Number.isNaN(stated) ? maximumBytes : stated;
  const pieces: Uint8Array[] = [];
  let received = 0;
  watchdog.expectNext('no data', stallTimeout);
  for await (const piece of response.body as AsyncIterable<Uint8Array>) {
    received += piece.length;
    if (received > maximumBytes) return tooLarge;
    pieces.push(piece);
    progress(received, total);
    watchdog.expectNext('no data', stallTimeout);
  }
  progress(received, received);
  return { done: true, content: new Uint8Array(Buffer.concat(pieces)) };
}

/** Aborts when what is expected does not come in time, and remembers what it was. */
class Watchdog {
  readonly #controller = new AbortController();
  #next: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;
  complaint: string | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  expectNext(otherwise: string, milliseconds: number): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#abort(`${otherwise} within ${milliseconds / 1000} s`), milliseconds);
  }

  expectEnd(milliseconds: number): void {
    this.#end = setTimeout(() => this.#abort(`not done within ${milliseconds / 1000} s`), milliseconds);
  }

  release(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#end);
  }

  #abort(complaint: string): void {
    this.complaint = complaint;
    this.#controller.abort();
  }
}

/** fetch hides the system's code (ENOTFOUND, ECONNREFUSED) in the cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
