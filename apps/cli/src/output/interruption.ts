/** A signal that fires on the first SIGINT or SIGTERM; what has been recorded stays. */
export function interruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  return {
    signal: controller.signal,
    release: () => void process.removeListener('SIGINT', abort).removeListener('SIGTERM', abort),
  };
}
