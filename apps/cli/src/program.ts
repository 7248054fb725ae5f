/** The command line's commands, put together. */

import { Command, type AddHelpTextContext } from 'commander';

import { addAudit } from './commands/audit.js';
import { addBound } from './commands/bound.js';
import { addBoundary } from './commands/boundary.js';
import { addDoctor } from './commands/doctor.js';
import { addKernel } from './commands/kernel.js';
import { addList } from './commands/list.js';
import { addPhaseDiagram } from './commands/phase-diagram.js';
import { addReport } from './commands/report.js';
import { addReproduce } from './commands/reproduce.js';
import { addRun } from './commands/run.js';
import { addSample } from './commands/sample.js';
import { addSimulate } from './commands/simulate.js';
import { addTheory } from './commands/theory.js';
import { addTrain } from './commands/train.js';
import { addTrajectory } from './commands/trajectory.js';
import { VERSION } from './version.js';

const COMMANDS = [
  addList,
  addTheory,
  addBoundary,
  addTrajectory,
  addKernel,
  addBound,
  addPhaseDiagram,
  addSimulate,
  addSample,
  addTrain,
  addAudit,
  addReproduce,
  addRun,
  addReport,
  addDoctor,
];

/** Errors of usage are thrown as CommanderError, after one sentence on standard error. */
export function createProgram(): Command {
  const program = new Command('meanfield')
    .description(
      'Signal propagation and weight initialisation in deep networks: theory, simulation, training.',
    )
    .version(VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) =>
        write(
          `meanfield: ${text
            .replace(/^error: /, '')
            .trim()
            .replaceAll(/\s*\n\s*/g, ' ')}; see --help.\n`,
        ),
    })
    .addHelpText('after', ({ command }: AddHelpTextContext) =>
      command.parent === null
        ? '\nExit codes: 0 done, 1 failed, 2 bad input. Sources of every formula: meanfield list --bibtex.'
        : '',
    );
  for (const add of COMMANDS) add(program);
  // Subcommands are created with the program's settings only where commander copies them.
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
