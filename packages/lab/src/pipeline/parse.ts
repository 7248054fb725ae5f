/** A pipeline file, YAML or JSON (which YAML contains), to a pipeline: one sentence with the line when it is wrong. */

import { MeanfieldError, show, type Json, type JsonObject } from '@meanfield/core';
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';

import { readBoundedText } from '../bounded-text.js';
import { systemReason } from '../records/files.js';
import type { Pipeline } from './pipeline.js';

/** Far above any pipeline that a person writes */
const MAX_BYTES = 1 << 20;
const MAX_ALIASES = 100;

const name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by "-"');
const seed = z.int().nonnegative();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());

const stepSchema = z.strictObject({
  id: name,
  title: z.string().optional(),
  description: z.string().default(''),
  experiment: name,
  options: jsonObject.default({}),
  over: z.record(z.string().min(1), z.array(z.json() as z.ZodType<Json>).min(1)).default({}),
  labels: z.record(z.string(), z.array(z.string())).default({}),
  seeds: z.array(seed).default([]),
  optional: z.boolean().default(false),
  figure: jsonObject.default({}),
});

const schema = z.strictObject({
  name,
  title: z.string().optional(),
  description: z.string().default(''),
  seed: seed.default(0),
  plugins: z.array(z.string().min(1)).default([]),
  steps: z.array(stepSchema).min(1),
});

type Path = readonly PropertyKey[];

class PipelineSource {
  readonly #origin: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(text: string, origin: string) {
    this.#origin = origin;
    try {
      this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    } catch (error) {
      // Nesting deeper than the parser's stack.
      throw this.error('YAML or JSON', systemReason(error), 'correct it', undefined);
    }
    // A warning is an unknown tag, whose value would be taken for plain text.
    const problem = this.#document.errors[0] ?? this.#document.warnings[0];
    if (problem !== undefined) {
      const reason = problem.message.split('\n', 1)[0] ?? problem.code;
      throw this.error('YAML or JSON', reason, 'correct it', problem.pos[0]);
    }
  }

  value(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (error) {
      const found = systemReason(error);
      throw this.error(`at most ${MAX_ALIASES} uses of aliases`, found, 'write it out', undefined);
    }
  }

  error(expected: string, found: string, remedy: string, offset: number | undefined): MeanfieldError {
    const line = offset === undefined ? '' : ` (line ${this.#lines.linePos(offset).line})`;
    return new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `${expected} in ${this.#origin}${line}`,
      found,
      remedy,
    });
  }

  at(path: Path, expected: string, found: string, remedy: string): MeanfieldError {
    return this.error(`${expected} at ${path.join('.') || 'the top'}`, found, remedy, this.#offsetOf(path));
  }

  /** Of the key where the path ends in one, of the nearest node above where there is none. */
  #offsetOf(path: Path): number | undefined {
    const parent = this.#document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0];
    }
    const node = this.#document.getIn(path, true) ?? parent;
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
    return Array.isArray(range) ? Number(range[0]) : undefined;
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

function schemaError(
  source: PipelineSource,
  value: unknown,
  issue: z.core.$ZodIssue | undefined,
): MeanfieldError {
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    return source.at(path, 'a known key', show(issue.keys[0]), 'remove it, or correct its spelling');
  }
  const path = issue?.path ?? [];
  return source.at(
    path,
    'a valid value',
    `${show(valueAt(value, path))} (${issue?.message ?? 'not valid'})`,
    'correct it',
  );
}

/** What the schema of a single value cannot say. */
function requireConsistent(source: PipelineSource, { steps }: Pipeline): void {
  steps.forEach(({ id, over, labels }, index) => {
    if (steps.findIndex((other) => other.id === id) !== index) {
      throw source.at(
        ['steps', index, 'id'],
        'an id of its own for each step',
        `${show(id)} again`,
        'rename one',
      );
    }
    for (const [path, texts] of Object.entries(labels)) {
      const values = over[path]?.length ?? 0;
      if (texts.length === values) continue;
      const expected = `one label for each of the ${values} values of over.${path}`;
      throw source.at(['steps', index, 'labels', path], expected, `${texts.length}`, 'make them as many');
    }
  });
}

/**
 * A pipeline from the text of its file.
 *
 * @param origin the file's name, for sentences
 * @throws MeanfieldError INVALID_FILE, with the key's path and line
 */
export function parsePipeline(text: string, origin: string): Pipeline {
  const source = new PipelineSource(text, origin);
  const value = source.value();
  const outcome = schema.safeParse(value);
  if (!outcome.success) throw schemaError(source, value, outcome.error.issues[0]);
  const { title, steps, ...rest } = outcome.data;
  const pipeline = {
    ...rest,
    title: title ?? rest.name,
    steps: steps.map((step) => ({ ...step, title: step.title ?? step.id })),
  };
  requireConsistent(source, pipeline);
  return pipeline;
}

/**
 * A pipeline from its file.
 *
 * @throws MeanfieldError INVALID_FILE
 */
export function readPipeline(path: string): Pipeline {
  let text: string;
  try {
    text = readBoundedText(path, MAX_BYTES);
  } catch (cause) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `a pipeline in ${path}`,
      found: systemReason(cause),
      remedy: `give the path of a YAML or JSON file of at most ${MAX_BYTES} bytes`,
      cause,
    });
  }
  return parsePipeline(text, path);
}
