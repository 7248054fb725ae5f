/** What every command shares: the lab, the seed, where results go. */

import type { Json, JsonObject, Lab } from '@meanfield/core';
import type { WorkerSettings } from '@meanfield/lab';
import type { Command } from 'commander';

import { composeLab } from './composition.js';
import { loadConfig, type Config } from './input/config.js';
import { parseCount } from './input/numbers.js';
import { importOrigins, type PluginOrigin } from './input/plugins.js';
import { parseSettings, type Settings } from './input/settings.js';
import { requireWritable, writeWhole } from './output/files.js';
import { createProgress, type Progress, type ProgressStyle } from './output/progress.js';
import { reproducedSources } from './reproductions/sources.js';

/** Values of the options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly seed?: string;
  readonly out?: string;
  readonly set?: readonly string[];
  readonly plugin?: readonly string[];
  readonly config?: string;
  readonly progress?: ProgressStyle;
  readonly data?: string;
}

const LAB_MODULE = new URL('./worker-lab.js', import.meta.url);

const collect = (value: string, previous: readonly string[] = []): string[] => [...previous, value];

/** Adds the options that every command has. */
export function withCommonOptions(
  command: Command,
  { out = 'write the JSON document to FILE too' } = {},
): Command {
  return command
    .option('--json', 'one JSON document on standard output, nothing else there')
    .option('--seed <N>', 'seed of all random numbers (default 0)')
    .option('--out <FILE>', out)
    .option(
      '--set <OWNER.OPTION=VALUE>',
      'an option of a plugin, as in initializer.k=100; repeatable',
      collect,
    )
    .option('--plugin <PACKAGE>', 'a further plugin package or ./file; repeatable', collect)
    .option(
      '--config <FILE>',
      'configuration (default: meanfield.config.yaml or .json here, if there is one)',
    )
    .option('--data <FOLDER>', 'folder with data files (default: MEANFIELD_DATA)')
    .option('--progress <STYLE>', 'auto, bars, json (lines on standard error) or none', 'auto');
}

export class Session {
  readonly lab: Lab;
  readonly settings: Settings;
  readonly seed: number;
  /** Where the plugins beyond the first-party ones came from */
  readonly origins: readonly PluginOrigin[];
  readonly dataFolder: string | undefined;
  readonly #options: CommonOptions;
  readonly #progress: Progress;

  private constructor(options: CommonOptions, config: Config, lab: Lab, origins: readonly PluginOrigin[]) {
    this.lab = lab;
    this.settings = parseSettings(options.set ?? []);
    this.seed =
      options.seed === undefined ? (config.seed ?? 0) : parseCount('--seed', options.seed, { least: 0 });
    this.origins = origins;
    this.dataFolder = options.data ?? config.data ?? process.env['MEANFIELD_DATA'];
    this.#options = options;
    this.#progress = createProgress(options.progress ?? 'auto');
  }

  /** Reads the configuration, imports plugins (`further` ones too), checks the common options. */
  static async open(options: CommonOptions, further: readonly PluginOrigin[] = []): Promise<Session> {
    const config = loadConfig(options.config, process.cwd());
    const given = { folder: process.cwd(), plugins: [...(options.plugin ?? [])] };
    const origins = [{ folder: config.folder, plugins: [...config.plugins] }, given, ...further];
    const lab = composeLab([...reproducedSources, ...(await importOrigins(origins))]);
    return new Session(options, config, lab, origins);
  }

  get report(): Progress['report'] {
    return this.#progress.report;
  }

  /** Worker threads with a lab such as this one. */
  threads(workers: number): WorkerSettings {
    return {
      workers,
      labModule: LAB_MODULE,
      labSettings: { origins: this.origins.map((origin) => ({ ...origin })) },
      dataFolder: this.dataFolder,
    };
  }

  /** Fails before any work when --out cannot be written. */
  requireOutput(): void {
    if (this.#options.out !== undefined) requireWritable(this.#options.out);
  }

  /** Ends progress; shows the result as JSON or for a reader; writes it to --out where that is JSON. */
  finish(result: JsonObject | Record<string, Json>, human: () => string, { writeJson = true } = {}): void {
    this.#progress.stop();
    const text = `${JSON.stringify(result, undefined, 2)}\n`;
    if (writeJson && this.#options.out !== undefined) writeWhole(this.#options.out, text);
    process.stdout.write(this.#options.json === true ? text : `${human()}\n`);
  }

  /** Ends progress when a command fails. */
  abort(): void {
    this.#progress.stop();
  }
}

/** Runs a command's body in a session that is closed whatever happens; `further` are plugins beside the named ones. */
export async function inSession(
  options: CommonOptions,
  body: (session: Session) => Promise<void> | void,
  further: readonly PluginOrigin[] = [],
): Promise<void> {
  const session = await Session.open(options, further);
  try {
    await body(session);
  } finally {
    session.abort();
  }
}
