/** The program of a worker: the networks that it was given, on an engine of its own. */

import { isMeanfieldError, type EnsembleSpec, type Examples, type Json } from '@meanfield/core';

import type { Engine } from '../engine.js';
import { TfjsEnsemble } from '../ensemble.js';
import { tensorFormOf } from './activation-program.js';
import type { Calls, PlainSpec, Reply, Request } from './messages.js';
import { pickRows } from './pick-rows.js';

type Handlers = { readonly [Name in keyof Calls]: (...values: Parameters<Calls[Name]>) => unknown };

/** Of an activation the ensemble uses its tensor form alone. */
const revive = ({ network, ...rest }: PlainSpec): EnsembleSpec => ({
  ...rest,
  network: {
    ...network,
    activation: { tensorForm: tensorFormOf(network.activation) } as EnsembleSpec['network']['activation'],
  },
});

async function stepsOf(
  ensemble: TfjsEnsemble,
  examples: Examples,
  batchSize: number,
  rows: readonly Uint32Array[],
): Promise<readonly Float64Array[]> {
  const steps = Math.ceil((rows[0]?.length ?? 0) / batchSize);
  const losses = rows.map(() => new Float64Array(steps));
  for (let step = 0; step < steps; step++) {
    const batches = rows.map((own) =>
      pickRows(examples, own.subarray(step * batchSize, (step + 1) * batchSize)),
    );
    const found = await ensemble.step(batches);
    losses.forEach((own, network) => (own[step] = found[network]!));
  }
  return losses;
}

function handlersOf(
  startEngine: (engine: Json) => Engine | Promise<Engine>,
): Handlers & { buffers(): number } {
  let ensemble: TfjsEnsemble | undefined;
  let kept: Examples | undefined;
  return {
    async start(engine, spec) {
      ensemble = new TfjsEnsemble(await startEngine(engine), revive(spec));
    },
    keep: (examples) => void (kept = examples),
    step: (batches) => ensemble!.step(batches),
    steps: (batchSize, rows) => stepsOf(ensemble!, kept!, batchSize, rows),
    evaluate: (examples) => ensemble!.evaluate(examples),
    forward: (network, inputs, count) => ensemble!.forward(network, inputs, count),
    gradients: (network, batch) => ensemble!.gradients(network, batch),
    parameters: (network) => ensemble!.parameters(network),
    snapshot: (network) => ensemble!.snapshot(network),
    buffers: () => ensemble!.liveBuffers(),
  };
}

const errorOf = (cause: unknown): Extract<Reply, { error: unknown }>['error'] =>
  isMeanfieldError(cause)
    ? { code: cause.code, expected: cause.expected, found: cause.found, remedy: cause.remedy }
    : {
        code: 'BACKEND_UNAVAILABLE',
        expected: 'a worker of TensorFlow.js to do its work',
        found: cause instanceof Error ? cause.message : String(cause),
        remedy: 'work without further threads or processes',
      };

/**
 * Answers requests, one after another, in their order.
 *
 * @param startEngine of the settings that the first request brings
 * @param reply sends an answer back
 */
export function createServer(
  startEngine: (engine: Json) => Engine | Promise<Engine>,
  reply: (reply: Reply) => void,
): (request: Request) => void {
  const handlers = handlersOf(startEngine);
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ name, values }: Request): Promise<void> => {
    try {
      const handle = handlers[name] as (...values: readonly unknown[]) => unknown;
      const value = await handle(...values);
      reply({ value, buffers: handlers.buffers() });
    } catch (cause) {
      reply({ error: errorOf(cause) });
    }
  };
  return (request) => {
    last = last.then(() => answer(request));
  };
}
