/**
 * The state of a run as bytes: the length of a header, the header in JSON (steps done, curves so far, outcomes), then each
 * network's snapshot as its backend gave it. A step's number fixes the rows that it takes, so that nothing of the batches
 * need be kept.
 */

import { z } from 'zod';

import type { RecordedCurves } from './curves.js';

export interface RunState {
  /** What the run is and what it runs on: only the same can go on */
  readonly identity: string;
  /** Done by every network */
  readonly step: number;
  readonly recorded: RecordedCurves;
  readonly snapshots: readonly Uint8Array[];
}

const FORMAT = 1;
const LENGTH_BYTES = 4;

const series = z.array(z.array(z.number().nullable()));
const outcome = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('trained') }),
  z.strictObject({ status: z.literal('diverged'), step: z.int().nonnegative() }),
]);
const header = z.strictObject({
  format: z.literal(FORMAT),
  identity: z.string(),
  step: z.int().nonnegative(),
  recorded: z.strictObject({
    outcomes: z.array(outcome),
    points: z.int().nonnegative(),
    series: z.record(z.string(), series),
  }),
  snapshotBytes: z.array(z.int().nonnegative()),
});

export function encodeState({ identity, step, recorded, snapshots }: RunState): readonly Uint8Array[] {
  const content: z.infer<typeof header> = {
    format: FORMAT,
    identity,
    step,
    recorded: recorded as z.infer<typeof header>['recorded'],
    snapshotBytes: snapshots.map(({ byteLength }) => byteLength),
  };
  const text = new TextEncoder().encode(JSON.stringify(content));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return [length, text, ...snapshots];
}

/** Null for bytes that are no state of this format. Snapshots are copies. */
export function decodeState(bytes: Uint8Array): RunState | null {
  if (bytes.length < LENGTH_BYTES) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  let at = LENGTH_BYTES + length;
  let content: z.infer<typeof header>;
  try {
    content = header.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, at))));
  } catch {
    return null;
  }
  const { identity, step, recorded, snapshotBytes } = content;
  const snapshots = snapshotBytes.map((size) => bytes.slice(at, (at += size)));
  return at === bytes.length ? { identity, step, recorded, snapshots } : null;
}
