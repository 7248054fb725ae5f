import { auditNetwork } from '@meanfield/audit';
import type { Command } from 'commander';

import { parseNumber } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { auditJson, auditText } from '../output/audit.js';
import { denseLayersOf } from '../request/dense-layers.js';
import { readSavedModel } from '../request/saved-model.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface AuditOptions extends CommonOptions {
  readonly q: string;
}

function audit(session: Session, path: string, options: AuditOptions): void {
  requireOwners(session.settings, []);
  const inputMeanSquare = parseNumber('--q', options.q, { above: 0 });
  session.requireOutput();
  const { lab } = session;
  const { layers, notRead } = denseLayersOf(readSavedModel(path), lab);
  const found = auditNetwork({
    layers,
    inputMeanSquare,
    modelOf: (statistics, activation) => lab.meanFieldModel(statistics, activation),
  });
  session.finish({ model: path, ...auditJson(found), notRead: notRead.map((each) => ({ ...each })) }, () =>
    auditText(
      found,
      notRead.map(({ name, className }) => `${name}: not audited, of class ${className}`),
    ),
  );
}

export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .argument('<MODEL>', 'model.json of a saved tfjs-layers model, or its folder')
    .summary('the phase that the weights of a saved model are in')
    .description(
      'Measures the dense layers of a saved tfjs-layers model: σ_w², σ_b², correlation and asymmetry of rows, each with its ' +
        'standard error. Says the law that they allow, phase, depth scales, dead units and gradients by layer, and what to change.',
    )
    .option('--q <Q>', 'mean square of an input’s entries', '1');
  withCommonOptions(command)
    .addHelpText(
      'after',
      `
Theory is of random weights: of a network at its start the numbers say what training will meet, of a trained one
what a random network of the same moments would do. Asymmetry is the mean over neurons of the sum of cubed weights: 0
for symmetric laws, 0.4 where one entry a row is replaced, as by RAI and RAAI. ‖∂h‖ and ‖∂W‖ are norms of
gradients relative to the last layer’s. Ranges are three standard errors of σ_w² wide on either side; one network of
finite width strays from these averages further, by a share of the order of √(depth/width).

Examples:
  $ meanfield audit model/model.json
  $ meanfield sample --network 64-100-100-100-10 -i raai --out model/ && meanfield audit model --json`,
    )
    .action((path: string, options: AuditOptions) =>
      inSession(options, (session) => {
        audit(session, path, options);
      }),
    );
}
