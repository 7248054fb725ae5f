/** Progress on standard error: bars on a terminal, JSON lines when asked for, silence otherwise. */

import { MeanfieldError, show, silent, type ProgressEvent, type ProgressReporter } from '@meanfield/core';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';

const STYLES = ['auto', 'bars', 'json', 'none'] as const;
export type ProgressStyle = (typeof STYLES)[number];

export interface Progress {
  readonly report: ProgressReporter;
  /** Clears the bars; nothing is shown afterwards. */
  readonly stop: () => void;
}

/** Events of one bar closer together than this are not drawn. */
const INTERVAL_MS = 100;
const LABEL_WIDTH = 36;
/** Work that is over sooner shows no bar. */
const PATIENCE_MS = 500;

/** Labels end at one column, so that the bars begin at one. */
function fitted(label: string): string {
  return label.length > LABEL_WIDTH ? `${label.slice(0, LABEL_WIDTH - 1)}…` : label.padEnd(LABEL_WIDTH);
}

function bars(): Progress {
  const started = Date.now();
  const multibar = new MultiBar(
    {
      format: '{label} {bar} {percentage}% | {value}/{total} | {eta_formatted} left | {detail}',
      clearOnComplete: true,
      // Lines are cut to the terminal's width; its own wrapping stays on, should the process be killed.
      linewrap: true,
      stream: process.stderr,
      etaBuffer: 50,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  const shown = new Map<string, SingleBar>();
  let stopped = false;
  let drawn = started;
  // Work that never waits gives the bars' own timer no turn.
  const draw = (): void => {
    if (shown.size === 0 || Date.now() - drawn < INTERVAL_MS) return;
    drawn = Date.now();
    multibar.update();
  };
  const report = ({ label, completed, total, detail = '' }: ProgressEvent): void => {
    if (stopped) return;
    const payload = { label: fitted(label), detail };
    const bar = shown.get(label);
    if (bar !== undefined) {
      bar.setTotal(total);
      bar.update(completed, payload);
      if (completed >= total) {
        multibar.remove(bar);
        shown.delete(label);
      }
    } else if (completed < total && Date.now() - started > PATIENCE_MS) {
      shown.set(label, multibar.create(total, completed, payload));
    }
    draw();
  };
  return {
    report,
    stop: () => {
      stopped = true;
      if (multibar.isActive) multibar.stop();
    },
  };
}

interface Beginning {
  readonly time: number;
  readonly completed: number;
}

/** Seconds left at the pace since the beginning; null before there is one. */
function secondsLeft({ completed, total }: ProgressEvent, beginning: Beginning, now: number): number | null {
  const done = completed - beginning.completed;
  if (done <= 0) return null;
  return Math.round(((now - beginning.time) / 1000) * ((total - completed) / done));
}

function jsonLines(): Progress {
  const last = new Map<string, number>();
  const beginnings = new Map<string, Beginning>();
  return {
    report: (event) => {
      const { label, completed, total } = event;
      const now = Date.now();
      const beginning = beginnings.get(label) ?? { time: now, completed };
      beginnings.set(label, beginning);
      if (completed < total && now - (last.get(label) ?? 0) < INTERVAL_MS) return;
      last.set(label, now);
      const progress = { ...event, secondsLeft: secondsLeft(event, beginning, now) };
      process.stderr.write(`${JSON.stringify({ progress })}\n`);
    },
    stop: () => undefined,
  };
}

/**
 * `auto` draws bars when standard error is a terminal and stays silent when it is not.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for another style
 */
export function createProgress(style: string): Progress {
  if (!(STYLES as readonly string[]).includes(style)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `${STYLES.join(', ')} for --progress`,
      found: show(style),
      remedy: 'choose one of them',
    });
  }
  if (style === 'json') return jsonLines();
  if (style === 'bars' || (style === 'auto' && process.stderr.isTTY)) return bars();
  return { report: silent, stop: () => undefined };
}
