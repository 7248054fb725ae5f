import type { Backend, Json, JsonObject } from '@meanfield/core';
import type { Command } from 'commander';
import { availableParallelism, cpus, totalmem } from 'node:os';

import { requireOwners } from '../input/settings.js';
import { properties, table } from '../output/table.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface Examined extends JsonObject {
  readonly name: string;
  readonly options: Json;
  readonly available: boolean;
  /** Of what it runs on; none when it does not start */
  readonly versions: Readonly<Record<string, string>>;
  /** Why it does not start */
  readonly reason: string | null;
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
    .addHelpText('after', '\nExamples:\n  $ meanfield doctor\n  $ meanfield doctor --json')
    .action((options: CommonOptions) =>
      inSession(options, async (session) => {
        requireOwners(session.settings, []);
        session.requireOutput();
        const backends: Examined[] = [];
        for (const { name, variants = [{}] } of session.lab.list('backend')) {
          for (const variant of variants) {
            backends.push(await examine(session.lab.get('backend', name, variant), variant));
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
              ['backend', 'options', 'starts', 'versions, or why not'],
              backends.map(({ name, options: given, available, versions, reason }) => [
                name,
                JSON.stringify(given),
                available ? 'yes' : 'no',
                reason ?? Object.entries(versions).flat().join(' '),
              ]),
            ),
          ].join('\n'),
        );
      }),
    );
}
