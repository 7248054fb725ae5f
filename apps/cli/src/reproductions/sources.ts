/** The first-party plugins of kind `reproduction`: a source each, with every figure and table that is to be had of it. */

import {
  cite,
  definePlugin,
  shrinkage2021,
  singh2021,
  tsuchida2018,
  yarotsky,
  type PluginDefinition,
  type Source,
  type UnavailableReproduction,
} from '@meanfield/core';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { reproductions } from './all.js';
import { MISPRINTS } from './misprints.js';
import { meanfield } from './own/source.js';
import { PLACES, type Place } from './places.js';

const SOURCES: readonly (readonly [source: Source, title: string])[] = [
  [singh2021, 'Signal propagation and initialization in deep neural networks'],
  [shrinkage2021, 'Gradient explosion and representation shrinkage in infinite networks'],
  [tsuchida2018, 'Invariance of weight distributions in rectified MLPs'],
  [yarotsky, 'Optimization of neural networks'],
  [meanfield, 'Results that none of the sources has'],
];

/** A reproduction stands for its place and the panels of it: `fig-3` for `fig-3a`. */
const isCovered = (id: string): boolean =>
  reproductions.some(
    (each) => id === each.id || (id.startsWith(each.id) && /^[a-z]$/.test(id.slice(each.id.length))),
  );

function unavailableOf(source: Source, places: readonly Place[]): UnavailableReproduction[] {
  return places.flatMap(({ place, title, reason }) => {
    const id = `${source.key}/${place}`;
    return isCovered(id)
      ? []
      : [{ id, title, reason: reason ?? 'No experiment has been written for it yet.' }];
  });
}

function pluginOf([source, title]: (typeof SOURCES)[number]): PluginDefinition {
  return definePlugin({
    kind: 'reproduction',
    name: source.key,
    package: PACKAGE,
    version: VERSION,
    summary: `figures and tables of “${title}”`,
    options: z.strictObject({}),
    optionDocs: {},
    references: [cite(source)],
    create: () => ({
      source,
      title,
      reproductions: reproductions.filter(({ id }) => id.startsWith(`${source.key}/`)),
      unavailable: unavailableOf(source, PLACES[source.key] ?? []),
      misprints: MISPRINTS[source.key] ?? [],
    }),
  });
}

export const reproducedSources: readonly PluginDefinition[] = SOURCES.map(pluginOf);
