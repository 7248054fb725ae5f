import { isMeanfieldError, MeanfieldError, type Json, type JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { properties, showEntry } from '../output/table.js';
import { theoryOptions, withTheoryOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface BoundaryOptions extends CommonOptions, NetworkFlags {
  readonly method?: string;
}

const ABSENT = 'none';

/** The model's option that --method gives. Throws INVALID_ARGUMENT when --set gives it too. */
function chosenMethod({ settings }: Session, { method }: BoundaryOptions): JsonObject {
  if (method === undefined) return {};
  if (!('method' in settings['mean-field'])) return { method };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'either --method or --set mean-field.method',
    found: 'both',
    remedy: 'leave one out',
  });
}

/** Both boundaries with one choice of the model's options, or why that choice has none. */
async function boundariesWith(
  session: Session,
  options: BoundaryOptions,
  variant: JsonObject,
): Promise<JsonObject> {
  try {
    const request = theoryOptions(session, options, variant);
    const { result } = await runExperiment(session, 'boundary', request);
    return { length: result['length'] ?? null, correlation: result['correlation'] ?? null };
  } catch (error) {
    if (isMeanfieldError(error) && error.code === 'UNSUPPORTED') return { reason: error.message };
    throw error;
  }
}

/** What the model's other methods say, for a model that has several. */
async function otherMethods(
  session: Session,
  options: BoundaryOptions,
  model: Json | undefined,
): Promise<Readonly<Record<string, JsonObject>>> {
  if (typeof model !== 'string') return {};
  const variants = session.lab.definition('mean-field', model).variants ?? [];
  const methods = variants.flatMap(({ method }) => (typeof method === 'string' ? [method] : []));
  const set = session.settings['mean-field']['method'];
  const chosen = options.method ?? (typeof set === 'string' ? set : methods[0]);
  const found: Record<string, JsonObject> = {};
  for (const method of methods) {
    if (method !== chosen) found[method] = await boundariesWith(session, options, { method });
  }
  return found;
}

const shown = (value: Json | undefined): string => showEntry(value ?? ABSENT);

function besideRow(method: string, { length, correlation, reason }: JsonObject): readonly [string, string] {
  const text =
    typeof reason === 'string'
      ? 'does not describe this activation'
      : `length ${shown(length)}, correlation ${shown(correlation)}`;
  return [`beside it, by method ${method}`, text];
}

export function addBoundary(program: Command): void {
  withCommonOptions(withTheoryOptions(program.command('boundary'), { weightVariance: false }))
    .summary('the weight variances at which lengths diverge and correlations turn chaotic')
    .description('Boundaries in σ_w²: of bounded lengths, and of the stability of c = 1 (χ₁ = 1).')
    .option(
      '--method <NAME>',
      'for RAI and RAAI: exact, or one of the approximations rms and mean of singh2021 (default: exact)',
    )
    .addHelpText(
      'after',
      `
A boundary that does not exist is null, with the reason. Where a model has several methods, what the others say
is reported beside it.

Examples:
  $ meanfield boundary -a relu -i aci --set initializer.k=100 --bias-variance 0.1
  $ meanfield boundary -a tanh -i he --bias-variance 0.05 --json
  $ meanfield boundary -a relu -i raai
  $ meanfield boundary -a leaky-relu -i rai --method rms`,
    )
    .action((options: BoundaryOptions) =>
      inSession(options, async (session) => {
        const method = chosenMethod(session, options);
        const request = theoryOptions(session, options, method);
        const { result } = await runExperiment(session, 'boundary', request);
        const beside = await otherMethods(session, options, result['model']);
        const document = Object.keys(beside).length === 0 ? result : { ...result, beside };
        session.finish(document, () =>
          properties([
            ['length: bounded below σ_w² =', shown(result['length'])],
            ['correlation: c = 1 stable below σ_w² =', shown(result['correlation'])],
            ['method', shown(result['method'])],
            ['tolerance', shown(result['tolerance'])],
            ...Object.entries((result['reason'] ?? {}) as Record<string, string>).map(
              ([name, reason]) => [`no ${name} boundary`, reason] as const,
            ),
            ...Object.entries(beside).map(([name, found]) => besideRow(name, found)),
          ]),
        );
      }),
    );
}
