import { type ScaleKind } from '../draw/scale.js';

export type Phase = 'ordered' | 'critical' | 'chaotic';

/** What holds at one grid point; null where it is not known. */
export interface PhaseCell {
  /** 'ordered' when c = 1 is stable, 'chaotic' when it is not */
  readonly phase: Phase | null;
  /** Whether lengths stay finite */
  readonly bounded: boolean | null;
  /** ξ in layers, for the heat map; Infinity where it diverges, null where there is none */
  readonly depthScale?: number | null;
}

export interface PhaseGrid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** [y][x] */
  readonly cells: readonly (readonly PhaseCell[])[];
}

export interface DiagramAxis {
  /** A label: plain text, mathematics between dollar signs */
  readonly label: string;
  /** Default linear */
  readonly scale?: ScaleKind;
  /** Default: the grid's ends */
  readonly domain?: readonly [number, number];
}

export interface PhaseBoundary {
  /** A label written along the curve, such as `$χ_1$ = 1` */
  readonly label: string;
  /** Points in order along the curve; a null coordinate breaks it */
  readonly points: readonly { readonly x: number | null; readonly y: number | null }[];
}

export interface DiagramPoint {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export interface PhaseDiagramData {
  /** A label; no title is drawn without it */
  readonly title?: string;
  /** Pixels of 1/96 inch; default 326, a paper's column of 3.4 in */
  readonly width?: number;
  /** Default: weight variance σ_w² */
  readonly x?: DiagramAxis;
  /** Default: bias variance σ_b² */
  readonly y?: DiagramAxis;
  readonly grid: PhaseGrid;
  readonly boundaries?: readonly PhaseBoundary[];
  /** Initialisations worth marking */
  readonly points?: readonly DiagramPoint[];
  /** Colours the diagram by the cells' depthScale, on a log scale, instead of by phase */
  readonly depthScale?: {
    /** A label; default `depth scale $ξ_c$ (layers)` */
    readonly label?: string;
    /** Ends of the colour scale; default whole decades about the values, up to 10³ layers */
    readonly domain?: readonly [number, number];
  };
}
