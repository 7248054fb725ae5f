import {
  bibliographyOf,
  MeanfieldError,
  PLUGIN_KINDS,
  show,
  type PluginDefinition,
  type PluginKind,
} from '@meanfield/core';
import type { Command } from 'commander';

import { requireOwners } from '../input/settings.js';
import { table } from '../output/table.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

function parseKind(text: string | undefined): PluginKind | undefined {
  if (text === undefined) return undefined;
  const kind = PLUGIN_KINDS.find((each) => each === text || `${each}s` === text);
  if (kind !== undefined) return kind;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a kind of plugin (${PLUGIN_KINDS.join(', ')})`,
    found: show(text),
    remedy: 'name one of these, or none for all',
  });
}

const entryOf = ({
  kind,
  name,
  package: from,
  version,
  summary,
  optionDocs,
  references,
}: PluginDefinition) => ({
  kind,
  name,
  package: from,
  version,
  summary,
  options: { ...optionDocs },
  references: references.map(({ key, where }) => (where === undefined ? { key } : { key, where })),
});

const citation = ({ key, where }: { readonly key: string; readonly where?: string }): string =>
  where === undefined ? key : `${key} ${where}`;

export function addList(program: Command): void {
  withCommonOptions(program.command('list').argument('[kind]', `one of ${PLUGIN_KINDS.join(', ')}`))
    .summary('plugins that this installation and the ones you name provide')
    .description('Lists plugins with what they take and where their formulas come from.')
    .option('--bibtex', 'print BibTeX of the sources instead')
    .addHelpText(
      'after',
      `
Examples:
  $ meanfield list
  $ meanfield list initializer --json
  $ meanfield list initializer --plugin ./my-initializer.js
  $ meanfield list --bibtex > sources.bib`,
    )
    .action((kind: string | undefined, options: CommonOptions & { readonly bibtex?: boolean }) =>
      inSession(options, (session) => {
        requireOwners(session.settings, []);
        session.requireOutput();
        const definitions = session.lab.list(parseKind(kind));
        const plugins = definitions.map(entryOf);
        session.finish({ plugins }, () =>
          options.bibtex === true
            ? bibliographyOf(definitions.flatMap(({ references }) => references))
            : table(
                ['kind', 'name', 'package', 'summary', 'options', 'sources'],
                plugins.map((each) => [
                  each.kind,
                  each.name,
                  `${each.package} ${each.version}`,
                  each.summary,
                  Object.keys(each.options).join(', '),
                  each.references.map(citation).join('; '),
                ]),
              ),
        );
      }),
    );
}
