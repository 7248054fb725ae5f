/** Every reproduction that the lab's plugins bring, by id. */

import { MeanfieldError, show, type Lab, type ReproducedSource, type Reproduction } from '@meanfield/core';

export interface Catalogue {
  /** In the order in which their plugins were registered */
  readonly sources: readonly ReproducedSource[];
  readonly reproductions: readonly Reproduction[];
}

const PLACE = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** Ids name folders and stand in commands: they must be KEY/PLACE, each once. */
function requireIds(sources: readonly ReproducedSource[]): void {
  const seen = new Set<string>();
  for (const { source, reproductions, unavailable = [] } of sources) {
    for (const { id } of [...reproductions, ...unavailable]) {
      const place = id.startsWith(`${source.key}/`) ? id.slice(source.key.length + 1) : '';
      if (PLACE.test(place) && !seen.has(id.toLowerCase())) {
        seen.add(id.toLowerCase());
        continue;
      }
      throw new MeanfieldError({
        code: 'INVALID_PLUGIN',
        expected: `reproductions with ids such as ${source.key}/fig-1, each once`,
        found: show(id),
        remedy: 'correct the plugin that brings it, or leave it out',
      });
    }
  }
}

const catalogue = (sources: readonly ReproducedSource[]): Catalogue => {
  return { sources, reproductions: sources.flatMap(({ reproductions }) => reproductions) };
};

/** @throws MeanfieldError INVALID_PLUGIN when ids are not KEY/PLACE, each once */
export function catalogueOf(lab: Lab): Catalogue {
  const sources = lab.list('reproduction').map(({ name }) => lab.get('reproduction', name));
  requireIds(sources);
  return catalogue(sources);
}

/** What is there of the sources whose key is `key`, or of all. Throws MeanfieldError INVALID_ARGUMENT where there is none. */
export function ofSource({ sources }: Catalogue, key: string | undefined): Catalogue {
  const chosen = sources.filter(({ source }) => key === undefined || source.key === key);
  if (chosen.length > 0) return catalogue(chosen);
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `one of the sources ${sources.map(({ source }) => source.key).join(', ')}, with --all`,
    found: show(key),
    remedy: 'choose one of them, or leave --all or the ID out',
  });
}

/** By id, in any case of letters. Throws MeanfieldError INVALID_ARGUMENT, UNSUPPORTED for what cannot be had. */
export function findReproduction({ sources, reproductions }: Catalogue, id: string): Reproduction {
  const isIt = (each: { readonly id: string }): boolean => each.id.toLowerCase() === id.toLowerCase();
  const found = reproductions.find(isIt);
  if (found !== undefined) return found;
  const unavailable = sources.flatMap((source) => source.unavailable ?? []).find(isIt);
  const others = reproductions.map((each) => each.id).join(', ');
  throw new MeanfieldError(
    unavailable === undefined
      ? {
          code: 'INVALID_ARGUMENT',
          expected: `one of ${others}`,
          found: show(id),
          remedy: 'choose one of them',
        }
      : {
          code: 'UNSUPPORTED',
          expected: `one of ${others}`,
          found: `${unavailable.id}, which is not reproduced: ${unavailable.reason}`,
          remedy: 'choose one of them',
        },
  );
}
