/**
 * The reproduction of figures and tables of one source, as data: which experiments, what the source claims, how to read the
 * same from the experiments, how to draw it. Whoever has a lab with those experiments can run it.
 */

import type { Source, Reference } from '../references.js';
import type { Json, JsonObject } from './experiment.js';

/** 'full' is the source's own size; 'quick' takes half a minute on two cores. */
export type Size = 'quick' | 'full';

/** What became of a cell that ran to its end. */
export interface CompleteRecord {
  /** Id of the cell */
  readonly cell: string;
  readonly experiment: string;
  readonly status: 'complete';
  readonly result: JsonObject;
  /** What may differ from run to run; the only part of a record that does */
  readonly timing: JsonObject;
}

/** A complete cell of a step. */
export interface Outcome {
  /** By option that the step goes through: how its value is called */
  readonly labels: Readonly<Record<string, string>>;
  readonly options: JsonObject;
  readonly record: CompleteRecord;
}

/** The complete cells of the step with this id, in its order. */
export type Outcomes = (step: string) => readonly Outcome[];

/** A value, with half the width of what its reading leaves open, or a bound. */
export type Expectation =
  | { readonly kind: 'value'; readonly value: number; readonly precision: number }
  | { readonly kind: 'below' | 'above'; readonly bound: number };

/** What an experiment gave. */
export interface Reading {
  readonly value: number | null;
  /** 0 for what is exact */
  readonly stderr: number | null;
  /** Why there is none, or what to know of it */
  readonly remark?: string;
}

export interface Claim {
  /** Lower-case words joined by '-', unique in the reproduction */
  readonly id: string;
  /** 'source': what the source says; 'theory': what this laboratory predicts */
  readonly by: 'source' | 'theory';
  /** What is claimed, in words without its number */
  readonly statement: string;
  /** Where in the source, or by which method; how a number was read */
  readonly where: string;
  /** Null where theory has no prediction */
  readonly expected: (outcomes: Outcomes) => Expectation | null;
  /** The same quantity from the experiments */
  readonly obtain: (outcomes: Outcomes) => Reading;
}

export interface ReproducedFigure {
  /** Of its files, lower-case words joined by '-' */
  readonly name: string;
  readonly svg: string;
  readonly caption: string;
}

/** An experiment, run once for every combination of the values of `over`. */
export interface ReproductionStep {
  /** Lower-case words joined by '-', unique in the reproduction */
  readonly id: string;
  readonly title: string;
  readonly experiment: string;
  readonly options: JsonObject;
  /** By path into the options, such as `initializer` or `inputs.count`: the values to go through */
  readonly over?: Readonly<Record<string, readonly Json[]>>;
  /** By a path of `over`: what its values are called, in the same order */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** Data or a backend that is not available skips the step's cells instead of failing them */
  readonly optional?: boolean;
}

export interface Reproduction {
  /** KEY/PLACE, such as `singh2021/fig-3.6` */
  readonly id: string;
  readonly title: string;
  readonly source: Reference;
  /** What it takes, in words: measured seconds, cores, networks */
  readonly cost: Readonly<Record<Size, string>>;
  readonly steps: (size: Size) => readonly ReproductionStep[];
  readonly claims: readonly Claim[];
  readonly figures: (outcomes: Outcomes) => readonly ReproducedFigure[];
}

/** A figure or table of the source that is not reproduced. */
export interface UnavailableReproduction {
  /** As a reproduction's */
  readonly id: string;
  readonly title: string;
  /** A sentence */
  readonly reason: string;
}

/** What a source prints and what it should have printed. */
export interface Misprint {
  /** Page, equation, figure or table of the source */
  readonly where: string;
  /** What it prints, and what it should: labels, mathematics between dollar signs */
  readonly printed: string;
  readonly correct: string;
  /** How that is known, or can be checked; a sentence */
  readonly evidence: string;
}

/** Reproductions of one source: what a plugin of kind `reproduction` makes. */
export interface ReproducedSource {
  /** Ids begin with its key */
  readonly source: Source;
  /** Of its chapter in a report */
  readonly title: string;
  /** In the order of the source */
  readonly reproductions: readonly Reproduction[];
  readonly unavailable?: readonly UnavailableReproduction[];
  readonly misprints?: readonly Misprint[];
}
