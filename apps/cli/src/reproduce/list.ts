/** What can be reproduced, what it claims and costs, and what there is of it. */

import type { Json, JsonObject, Reproduction, Size } from '@meanfield/core';

import { table } from '../output/table.js';
import type { Catalogue } from './catalogue.js';
import { stateOf, type RunState } from './state.js';

const SIZES: readonly Size[] = ['quick', 'full'];

const statesOf = (root: string, reproduction: Reproduction): Record<Size, RunState> => {
  return { quick: stateOf(root, reproduction, 'quick'), full: stateOf(root, reproduction, 'full') };
};

function entryOf(root: string, reproduction: Reproduction): Json {
  const { id, title, source, claims, cost } = reproduction;
  return {
    id,
    title,
    source: { key: source.key, where: source.where ?? null },
    claims: claims.map(({ id: claim, by, statement, where }) => ({ id: claim, by, statement, where })),
    cost: { ...cost },
    runs: statesOf(root, reproduction),
  };
}

/** @param root folder of the run folders of all */
export function catalogueJson({ sources, reproductions }: Catalogue, root: string): JsonObject {
  return {
    reproductions: reproductions.map((each) => entryOf(root, each)),
    unavailable: sources.flatMap(({ unavailable = [] }) => unavailable.map((each): Json => ({ ...each }))),
  };
}

function stateText(root: string, reproduction: Reproduction): string {
  const states = statesOf(root, reproduction);
  return SIZES.flatMap((size) => (states[size] === 'not run' ? [] : `${size} ${states[size]}`)).join(', ');
}

/** The same for a reader. */
export function catalogueText({ sources, reproductions }: Catalogue, root: string): string {
  const rows = reproductions.map((each): string[] => {
    const { id, title, cost } = each;
    return [id, title, stateText(root, each) || 'not run', cost.quick, cost.full];
  });
  const claims = reproductions.flatMap(({ id, claims: all }) => [
    '',
    `${id} claims:`,
    ...all.filter(({ by }) => by === 'source').map(({ statement, where }) => `  ${statement} (${where})`),
  ]);
  const missing = sources.flatMap(({ unavailable = [] }) => unavailable);
  return [
    table(['id', 'what it shows', 'state', 'quick', 'full'], rows),
    ...claims,
    ...(missing.length === 0
      ? []
      : ['', 'Not reproduced:', ...missing.map(({ id, title, reason }) => `  ${id}: ${title}. ${reason}`)]),
  ].join('\n');
}
