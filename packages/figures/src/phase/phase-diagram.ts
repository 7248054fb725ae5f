/** Phase diagram: order and chaos, bounded and unbounded lengths, and their boundaries (`singh2021` fig. 2.1, 3.1). */

import {
  requireDomain,
  requireIncreasing,
  requireNoNaN,
  requireSameLength,
  requireWidth,
} from '../checks.js';
import { BOTTOM_MARGIN, drawFrame, leftMargin } from '../draw/frame.js';
import { layOutLegend, type LegendItem, SAMPLE_WIDTH } from '../draw/legend.js';
import { createScale, type Scale } from '../draw/scale.js';
import { type Box, clipped, element, INK, svgDocument, text, TITLE_SIZE } from '../draw/svg.js';
import { DEFAULT_WIDTH } from '../lines/series.js';
import { wrapLabel } from '../text/rich-text.js';
import { type Axes, curveDash, drawCurves, type DrawnCurve, insideFrame, piecesOf } from './curves.js';
import { colourBarMargin, type DepthColours, depthColours, drawColourBar } from './depth-colours.js';
import { type DrawnRegion, type PlacedLabels, placeLabels } from './labels.js';
import { pathsByKey, type Raster, rasterise } from './raster.js';
import { type Region, regionOf } from './regions.js';
import { type DiagramAxis, type PhaseCell, type PhaseDiagramData, type PhaseGrid } from './types.js';

const MARGIN = 4;
const ASPECT = 0.82;
/** A region smaller than this share of the plot is a sliver, and gets no label. */
const LEAST_SHARE = 0.004;
/** As many on any height, so that the room for their labels can be known before it. */
const Y_TICKS = 5;
const NO_VALUE = '#ececec';

const DEFAULT_X: DiagramAxis = { label: 'weight variance $σ_w^2$' };
const DEFAULT_Y: DiagramAxis = { label: 'bias variance $σ_b^2$' };

function check({ grid, boundaries = [], points = [] }: PhaseDiagramData): void {
  requireIncreasing(grid.x, "positions of the grid's columns");
  requireIncreasing(grid.y, "positions of the grid's rows");
  requireSameLength(grid.cells.length, grid.y.length, 'cells along y');
  for (const row of grid.cells) {
    requireSameLength(row.length, grid.x.length, 'cells along x');
    requireNoNaN(
      row.map(({ depthScale }) => depthScale),
      'the depth scale',
    );
  }
  for (const boundary of boundaries) {
    requireNoNaN(
      boundary.points.flatMap(({ x, y }) => [x, y]),
      `boundary ${boundary.label}`,
    );
  }
  requireNoNaN(
    points.flatMap(({ x, y }) => [x, y]),
    'points',
  );
}

const endsOf = (values: readonly number[]): readonly [number, number] => [values[0] ?? 0, values.at(-1) ?? 1];

function domainOfAxis(axis: DiagramAxis, values: readonly number[]): readonly [number, number] {
  const domain = axis.domain ?? endsOf(values);
  requireDomain(domain, axis.scale ?? 'linear', axis.label);
  return domain;
}

const scaleFor = (
  axis: DiagramAxis,
  values: readonly number[],
  range: readonly [number, number],
  count: number,
): Scale =>
  createScale({
    kind: axis.scale ?? 'linear',
    domain: domainOfAxis(axis, values),
    range,
    count,
  });

function rasterOf(grid: PhaseGrid, axes: Axes, curves: readonly DrawnCurve[]): Raster {
  const at = (scale: Scale, values: readonly number[], beyond: number): number[] =>
    values.map((value) => scale.at(value) ?? beyond);
  return rasterise(
    axes.box,
    { columns: at(axes.x, grid.x, -1e6), rows: at(axes.y, grid.y, 1e6) },
    curves.map(({ pieces }) => pieces),
  );
}

const cellAt = (grid: PhaseGrid, [row, column]: readonly [number, number]): PhaseCell =>
  grid.cells[row]?.[column] ?? { phase: null, bounded: null };

function drawFills(
  grid: PhaseGrid,
  box: Box,
  raster: Raster,
  colourOf: (cell: PhaseCell) => string | null,
): string {
  const paths = pathsByKey(box, raster, (at) => colourOf(cellAt(grid, at)));
  return element(
    'g',
    { 'shape-rendering': 'crispEdges' },
    ...Array.from(paths, ([fill, d]) => element('path', { d, fill })),
  );
}

function regionsOf(grid: PhaseGrid, box: Box, raster: Raster): DrawnRegion[] {
  const nameLengths = grid.cells.some((row) => row.some(({ bounded }) => bounded === false));
  const regionAt = raster.nearest.map((at) => regionOf(cellAt(grid, at), nameLengths));
  const counts = new Map<string, { region: Region; pixels: number }>();
  for (const region of regionAt) {
    if (region === null || region.lines.length === 0) continue;
    const count = counts.get(region.key) ?? { region, pixels: 0 };
    counts.set(region.key, { region, pixels: count.pixels + 1 });
  }
  const contains = (key: string, x: number, y: number): boolean => {
    const index = Math.floor(y - box.y) * raster.width + Math.floor(x - box.x);
    return regionAt[index]?.key === key;
  };
  return [...counts.values()]
    .filter(({ pixels }) => pixels > LEAST_SHARE * regionAt.length)
    .map(({ region }) => ({ region, contains: (x, y) => contains(region.key, x, y) }));
}

/** Samples for labels that found no room in the plot. */
function legendItems(
  { unplaced }: PlacedLabels,
  curves: readonly DrawnCurve[],
  regions: readonly DrawnRegion[],
): LegendItem[] {
  return unplaced.flatMap((label): LegendItem[] => {
    const curve = curves.findIndex((each) => each.label === label);
    const region = regions.find((each) => each.region.lines.join(', ') === label)?.region;
    if (curve < 0 && region === undefined) return [];
    const sample = (x: number, y: number): string =>
      region === undefined
        ? element('path', {
            d: `M${x.toFixed(2)} ${y.toFixed(2)}h${SAMPLE_WIDTH}`,
            stroke: INK,
            'stroke-width': 1.5,
            'stroke-dasharray': curveDash(curve),
          })
        : element('rect', {
            x,
            y: y - 4.5,
            width: SAMPLE_WIDTH,
            height: 9,
            fill: region.fill,
            stroke: '#999',
            'stroke-width': 0.5,
          });
    return [{ label, sample }];
  });
}

function layOut(
  data: PhaseDiagramData,
  width: number,
  top: number,
  colours: DepthColours | undefined,
): Axes & { readonly margin: number } {
  const [xAxis, yAxis] = [data.x ?? DEFAULT_X, data.y ?? DEFAULT_Y];
  const margin = leftMargin(scaleFor(yAxis, data.grid.y, [width, 0], Y_TICKS), yAxis.label);
  const right = colours === undefined ? 10 : colourBarMargin(colours.domain);
  const plotWidth = Math.round(width - 2 * MARGIN - margin - right);
  const plotHeight = Math.round(Math.min(420, plotWidth * (colours === undefined ? ASPECT : ASPECT + 0.1)));
  const box = { x: MARGIN + margin, y: top, width: plotWidth, height: plotHeight };
  return {
    box,
    margin,
    x: scaleFor(xAxis, data.grid.x, [box.x, box.x + box.width], Math.min(8, Math.floor(plotWidth / 46))),
    y: scaleFor(yAxis, data.grid.y, [box.y + box.height, box.y], Y_TICKS),
  };
}

function describe(data: PhaseDiagramData, regions: readonly DrawnRegion[]): string {
  const names = regions.map(({ region }) => region.lines.join(', ')).join('; ');
  const curves = (data.boundaries ?? []).map(({ label }) => label).join('; ');
  return [
    `${(data.y ?? DEFAULT_Y).label} against ${(data.x ?? DEFAULT_X).label}.`,
    ...(names === '' ? [] : [`Phases: ${names}.`]),
    ...(curves === '' ? [] : [`Boundaries: ${curves}.`]),
  ].join(' ');
}

/**
 * SVG of a phase diagram: fills by phase, or a heat map of a depth scale; boundary curves and regions
 * labelled directly, or in a legend underneath where there is no room.
 *
 * The grid says which phase a region is, the boundaries where it ends. Throws INVALID_ARGUMENT when the
 * grid has fewer than two columns or rows or is not rectangular, on NaN, on an empty or reversed domain,
 * and when a heat map is asked for without a depth scale.
 */
export function phaseDiagramFigure(data: PhaseDiagramData): string {
  check(data);
  const width = requireWidth(data.width ?? DEFAULT_WIDTH);
  const { grid } = data;
  const colours =
    data.depthScale === undefined
      ? undefined
      : depthColours(
          grid.cells.flatMap((row) => row.map((cell) => cell.depthScale)),
          data.depthScale.domain,
        );
  const title = data.title === undefined ? [] : wrapLabel(data.title, TITLE_SIZE, width - 4 * MARGIN, true);
  const axes = layOut(
    data,
    width,
    MARGIN + 4 + (title.length === 0 ? 0 : 4) + title.length * (TITLE_SIZE + 4),
    colours,
  );
  const { box, margin } = axes;

  const curves = (data.boundaries ?? []).map((each) => ({ label: each.label, pieces: piecesOf(each, axes) }));
  const raster = rasterOf(grid, axes, curves);
  const regions = regionsOf(grid, box, raster);
  const labels = placeLabels({
    haloes: colours !== undefined,
    frame: box,
    regions,
    curves: curves
      .map((curve) => ({ ...curve, pieces: insideFrame(curve.pieces, box) }))
      .filter((curve) => curve.pieces.length > 0),
    points: (data.points ?? []).flatMap(({ label, x, y }) => {
      const [px, py] = [axes.x.at(x), axes.y.at(y)];
      return px === null || py === null ? [] : [{ label, at: [px, py] as const }];
    }),
  });
  const fill = (cell: PhaseCell): string | null =>
    colours === undefined
      ? (regionOf(cell, true)?.fill ?? null)
      : (colours.colour(cell.depthScale) ?? NO_VALUE);
  const legendTop = box.y + box.height + BOTTOM_MARGIN + 2;
  const legend = layOutLegend(
    [legendItems(labels, curves, regions)],
    box.x,
    legendTop,
    width - box.x - MARGIN,
  );
  return svgDocument({
    width,
    height: Math.ceil(legendTop + legend.height + MARGIN),
    title: data.title ?? 'Phase diagram',
    description: describe(data, regions),
    content: [
      ...title.map((line, index) =>
        text(line, MARGIN + 2, MARGIN + TITLE_SIZE + index * (TITLE_SIZE + 4), {
          size: TITLE_SIZE,
          bold: true,
        }),
      ),
      clipped(box, drawFills(grid, box, raster, fill), drawCurves(curves)),
      drawFrame({
        box,
        x: { scale: axes.x, label: (data.x ?? DEFAULT_X).label },
        y: { scale: axes.y, label: (data.y ?? DEFAULT_Y).label, margin },
      }),
      labels.svg,
      colours === undefined
        ? ''
        : drawColourBar(box, data.depthScale?.label ?? 'depth scale $ξ_c$ (layers)', colours.domain),
      legend.svg,
    ],
  });
}
