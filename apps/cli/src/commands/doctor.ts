import type { Backend, Json, JsonObject } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { parseOptimizer, probeBackends, sampleNetworks, type ProbeRequest } from '@meanfield/training';
import type { Command } from 'commander';
import { availableParallelism, cpus, totalmem } from 'node:os';

import { requireOwners } from '../input/settings.js';
import { properties, table } from '../output/table.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface Examined extends JsonObject {
  readonly name: string;
  readonly options: Json;
  readonly available: boolean;
  /** Of what it runs on; none when it does not start */
  readonly versions: Readonly<Record<string, string>>;
  /** Why it does not start */
  readonly reason: string | null;
  /** Where that was asked for; null where it was not measured */
  readonly stepsPerSecond?: number | null;
}

interface DoctorOptions extends CommonOptions {
  readonly probe?: boolean;
}

/** Seconds of measuring for each backend */
const PROBE_SECONDS = 1.5;

/** The student of singh2021 §2.3 under Adam, as many networks as the backend has threads. */
function standardProbe({ lab }: Session, { capabilities }: Backend): ProbeRequest {
  const sizes = new Array<number>(12).fill(100);
  const stream = createStream(0, 'probe');
  const initial = sampleNetworks(lab.get('initializer', 'he'), sizes, capabilities.threads, stream);
  return {
    spec: {
      network: { sizes, activation: lab.get('activation', 'relu'), activateOutput: false },
      loss: 'mse',
      optimizer: parseOptimizer('adam'),
      initial,
    },
    batchSize: 1000,
    stream: stream.child('examples'),
  };
}

/** Network-steps in a second; null where it has not what the probe needs. */
async function speedOf(session: Session, backend: Backend): Promise<number | null> {
  const settings = { seconds: PROBE_SECONDS, always: true };
  const [found] = await probeBackends([backend], standardProbe(session, backend), settings);
  return found?.status === 'measured' ? found.stepsPerSecond : null;
}

async function examine(backend: Backend, options: Json): Promise<Examined> {
  const { activations, losses, optimizers, dtype, threads, device, tolerance } = backend.capabilities;
  const answer = await backend.availability();
  return {
    name: backend.name,
    options,
    available: answer.available,
    versions: answer.available ? answer.versions : {},
    reason: answer.available ? null : answer.reason,
    capabilities: { activations, losses, optimizers, dtype, threads, device, tolerance },
  };
}

function machine(): JsonObject {
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    threads: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}

export function addDoctor(program: Command): void {
  withCommonOptions(program.command('doctor'))
    .summary('what starts on this machine, and why the rest does not')
    .description(
      'Starts every backend and reports versions, threads, device, and where data files are looked for.',
    )
    .option(
      '--probe',
      'measure backends too: network-steps per second of 10 hidden layers of 100, Adam, batch 1000',
    )
    .addHelpText(
      'after',
      `
The backend auto of train and of pipelines is the fastest with the network, loss and optimiser in question, measured the
same way, among those of single precision with their default options.

Examples:
  $ meanfield doctor
  $ meanfield doctor --probe --json`,
    )
    .action((options: DoctorOptions) =>
      inSession(options, async (session) => {
        requireOwners(session.settings, []);
        session.requireOutput();
        const backends: Examined[] = [];
        for (const { name, variants = [{}] } of session.lab.list('backend')) {
          for (const variant of variants) {
            const backend = session.lab.get('backend', name, variant);
            const examined = await examine(backend, variant);
            const measured = options.probe === true && examined.available;
            const stepsPerSecond = measured ? await speedOf(session, backend) : null;
            backends.push({ ...examined, ...(options.probe === true && { stepsPerSecond }) });
          }
        }
        const host = machine();
        const result = { ...host, dataFolder: session.dataFolder ?? null, backends };
        session.finish(result, () =>
          [
            properties(Object.entries(host).map(([name, value]) => [name, value as string | number])),
            `data folder  ${session.dataFolder ?? 'not set (MEANFIELD_DATA)'}`,
            '',
            table(
              [
                'backend',
                'options',
                'starts',
                ...(options.probe === true ? ['network-steps/s'] : []),
                'versions, or why not',
              ],
              backends.map(({ name, options: given, available, versions, reason, stepsPerSecond }) => [
                name,
                JSON.stringify(given),
                available ? 'yes' : 'no',
                ...(options.probe === true ? [stepsPerSecond] : []),
                reason ?? Object.entries(versions).flat().join(' '),
              ]),
            ),
          ].join('\n'),
        );
      }),
    );
}
