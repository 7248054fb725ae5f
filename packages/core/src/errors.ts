/**
 * The one error class of the laboratory.
 *
 * Every error is one sentence: what was expected, what was found, what to do. Codes are stable and may be
 * matched on; sentences may change.
 */

/** What an error is about: codes that mean that the input was wrong (exit code 2). */
const INPUT_CODES = [
  'INVALID_ARGUMENT',
  'INVALID_OPTION',
  'INVALID_FILE',
  'INVALID_PLUGIN',
  'UNKNOWN_PLUGIN',
  'DUPLICATE_PLUGIN',
  'UNSUPPORTED',
  'OUTPUT_UNWRITABLE',
] as const;
/** Codes that mean that the work failed (exit code 1). */
type FailureCode = 'BACKEND_UNAVAILABLE' | 'DATA_UNAVAILABLE' | 'NOT_CONVERGED' | 'CELL_FAILED' | 'INTERNAL';

export type ErrorCode = (typeof INPUT_CODES)[number] | FailureCode;

export interface ErrorParts {
  readonly code: ErrorCode;
  /** Completes "Expected …". */
  readonly expected: string;
  /** Completes "found …". */
  readonly found: string;
  /** An imperative that completes the sentence, such as "choose a value above −1". */
  readonly remedy: string;
  readonly cause?: unknown;
}

const BRAND: unique symbol = Symbol.for('@meanfield/error') as never;

export class MeanfieldError extends Error {
  override readonly name = 'MeanfieldError';
  readonly code: ErrorCode;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;

  constructor(parts: ErrorParts) {
    const sentence = `Expected ${parts.expected}, found ${parts.found}; ${parts.remedy}.`;
    super(sentence, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = parts.code;
    this.expected = parts.expected;
    this.found = parts.found;
    this.remedy = parts.remedy;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** 2 when the input was wrong, 1 when the work failed. */
  get exitCode(): 1 | 2 {
    return (INPUT_CODES as readonly string[]).includes(this.code) ? 2 : 1;
  }
}

/** True also for an error of another copy of this package. */
export function isMeanfieldError(value: unknown): value is MeanfieldError {
  return value instanceof Error && BRAND in value;
}

const SHOWN_LENGTH = 80;

/** A value as it may stand in a sentence: short, on one line, strings in quotes. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return value.toString();
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    return 'an object that JSON cannot express';
  }
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}
