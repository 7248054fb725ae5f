/** Results in records, parsed: a run folder may come from elsewhere, or from another version. */

import { MeanfieldError } from '@meanfield/core';
import type { CellRecord } from '@meanfield/lab';
import { z } from 'zod';

const value = z.union([z.number(), z.literal('Infinity').transform(() => Infinity)]);
const perhaps = z.union([z.number(), z.null(), z.enum(['Infinity', '-Infinity']).transform(() => null)]);
const outcome = z.union([z.number(), z.looseObject({ status: z.string() })]);

const layer = z.looseObject({ q: perhaps, c: perhaps, gap: perhaps, deadFraction: perhaps });
const simulatedLayer = z.looseObject({
  q: perhaps,
  qStderr: perhaps,
  c: perhaps,
  cStderr: perhaps,
  gap: perhaps,
  gapStderr: perhaps,
  deadFraction: perhaps,
  deadFractionStderr: perhaps,
});
const curve = z.looseObject({
  mean: z.array(perhaps),
  stderr: z.array(perhaps),
  networks: z.array(z.array(perhaps)).optional(),
});
const final = z.looseObject({ mean: perhaps, stderr: perhaps });

const curveOfBoundary = z.looseObject({
  weightVariance: z.array(z.number().nullable()),
  vertical: z.array(z.number()),
});

export const theoryResult = z.looseObject({
  qStar: outcome,
  cStar: outcome,
  chi1: value,
  xiQ: value,
  xiC: value,
  phase: z.string(),
  bounded: z.boolean(),
  method: z.string(),
});
export const boundaryResult = z.looseObject({
  length: z.number().nullable(),
  correlation: z.number().nullable(),
  reason: z.record(z.string(), z.string()).optional(),
  method: z.string(),
});
export const propagationResult = z.looseObject({
  layers: z.array(simulatedLayer),
  theory: z.looseObject({ method: z.string(), layers: z.array(layer) }).nullable(),
  reason: z.string().optional(),
});
export const trainingResult = z.looseObject({
  curves: z.looseObject({
    step: z.array(z.number()),
    epoch: z.array(z.number()),
    validationLoss: curve,
    accuracy: curve.optional(),
  }),
  final: z.looseObject({ validationLoss: final, accuracy: final.optional() }),
  steps: z.number(),
  networks: z.number(),
  backend: z.string(),
  task: z.looseObject({ name: z.string(), remarks: z.array(z.string()) }),
});
export const phaseDiagramResult = z.looseObject({
  weightVariance: z.array(z.number()),
  vertical: z.looseObject({ option: z.string(), values: z.array(z.number()) }),
  phase: z.array(z.array(z.string())),
  bounded: z.array(z.array(z.boolean())),
  xiQ: z.array(z.array(value)),
  xiC: z.array(z.array(value.nullable())),
  boundaries: z.looseObject({ length: curveOfBoundary, correlation: curveOfBoundary }),
  method: z.string(),
});

const scannedLayer = simulatedLayer.extend({
  pairs: z.array(z.looseObject({ gap: perhaps, gapStderr: perhaps })).optional(),
});
const crossing = z.looseObject({
  weightVariance: z.number().nullable(),
  stderr: z.number().nullable(),
  reason: z.string().optional(),
  layers: z.array(z.number()),
});
export const scanResult = z.looseObject({
  method: z.string(),
  weightVariance: z.array(z.number()),
  layers: z.array(z.array(scannedLayer)),
  crossings: z.looseObject({ length: crossing, difference: crossing.nullable() }),
  theory: z
    .array(
      z.looseObject({
        method: z.string(),
        layers: z.array(z.looseObject({ q: perhaps, c: perhaps, gap: perhaps })),
        qStar: z.number().nullable(),
      }),
    )
    .nullable(),
  boundaries: boundaryResult.nullable(),
  reason: z.string().optional(),
});
const estimate = z.looseObject({ mean: z.number(), stderr: z.number() });
export const growthResult = z.looseObject({
  growth: z.array(z.looseObject({ length: estimate, difference: estimate, logGap: estimate })),
  unitGrowth: z.looseObject({ length: estimate.nullable(), difference: estimate.nullable() }),
  theory: z.array(z.looseObject({ length: z.number(), difference: z.number() })).nullable(),
  boundaries: boundaryResult.nullable(),
});
export const nodeActivityResult = z.looseObject({
  layers: z.array(
    z.looseObject({
      layer: z.number(),
      mean: z.array(z.number()),
      deviation: z.array(z.number()),
      relation: perhaps,
      relationStderr: perhaps,
    }),
  ),
});

/** The result of a complete record. Throws INVALID_FILE when it is of another form. */
export function resultOf<T>(schema: z.ZodType<T>, record: CellRecord): T | undefined {
  if (record.status !== 'complete') return undefined;
  const parsed = schema.safeParse(record.result);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `a record of experiment ${record.experiment} as this version writes it`,
    found: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'another form'} in cell ${record.cell}`,
    remedy: 'run the pipeline again with this version, into another folder',
  });
}
