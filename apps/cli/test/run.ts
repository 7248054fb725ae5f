/** Runs the command line in this process and returns what a shell would see. */

import { vi } from 'vitest';

import { runCommandLine } from '../src/command-line.js';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function meanfield(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const capture = (name: 'stdout' | 'stderr') =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      written[name] += String(chunk);
      return true;
    });
  const spies = [capture('stdout'), capture('stderr')];
  try {
    const code = await runCommandLine(args);
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The JSON document of a command that must succeed. */
export async function meanfieldJson(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await meanfield(...args, '--json');
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
