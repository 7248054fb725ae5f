/** Panels of lines side by side under one legend, with a letter each. */

import { requireDrawable, requireDomain } from '../checks.js';
import { BOTTOM_MARGIN, drawFrame, drawGrid, leftMargin } from '../draw/frame.js';
import { type LegendItem, layOutLegend } from '../draw/legend.js';
import { createScale, domainOf, isDrawable, type Scale, type ScaleKind } from '../draw/scale.js';
import { type Box, clipped, element, LABEL_SIZE, svgDocument, text, TITLE_SIZE } from '../draw/svg.js';
import { labelWidth, wrapLabel } from '../text/rich-text.js';
import { drawTraces, markerStride, type MeasuredPoint, type Trace } from './traces.js';

interface PanelAxis {
  /** A label (see rich-text.ts) */
  readonly label: string;
  readonly kind: ScaleKind;
  readonly whole?: boolean;
  readonly domain?: readonly [number, number] | undefined;
}

/** A line from foot to head of a panel; left out where x is not on the axis. */
export interface Vertical {
  readonly x: number;
  readonly dash: string;
  readonly colour: string;
}

export interface Panel {
  /** A label over the panel */
  readonly title: string | undefined;
  readonly x: PanelAxis;
  readonly y: PanelAxis;
  readonly traces: readonly Trace[];
  readonly verticals?: readonly Vertical[];
}

export interface SmallMultiples {
  readonly width: number;
  /** A label over the figure; none is drawn when undefined */
  readonly title: string | undefined;
  /** What the figure is called where no title is drawn */
  readonly name: string;
  readonly description: string;
  /** Rows of the legend, given that panels show the markers of every n-th position */
  legend(markerStride: number): readonly (readonly LegendItem[])[];
  readonly panels: readonly Panel[];
  /** Draws all markers, even where they run into each other */
  readonly everyMarker?: boolean;
}

/** Narrowest panel in px where there is little room, and where there is more. */
const [NARROW_PANEL, WIDE_PANEL, WIDE_FROM] = [150, 205, 480];
const MARGIN = 4;
const RIGHT_MARGIN = 9;
const ROW_GAP = 8;
const ASPECT = 0.78;
const HEADING_LINE = LABEL_SIZE + 2.6;
const [LOWEST_PLOT, HIGHEST_PLOT] = [88, 230];
/** px between tick labels along x and along y */
const [X_TICK_ROOM, Y_TICK_ROOM] = [34, 24];

/** As many columns as are wide enough, evened out so that the last row is not nearly empty. */
function columnsFor(panels: number, width: number): number {
  const most = Math.max(
    1,
    Math.min(panels, Math.floor(width / (width < WIDE_FROM ? NARROW_PANEL : WIDE_PANEL))),
  );
  return Math.ceil(panels / Math.ceil(panels / most));
}

type Domain = readonly [number, number];

/** Only points that are drawn count: one without a place on one axis must not widen the other. */
function domainsOf({ x, y, traces }: Panel): Cell['domains'] {
  const drawn = traces
    .flatMap(({ line, band, markers, dots = [] }) => [
      ...[...line, ...dots].map((point) => ({ ...point, low: null, high: null })),
      ...band,
      ...markers,
    ])
    .filter((point) => isDrawable(point.x, x.kind) && isDrawable(point.y, y.kind));
  requireDrawable(
    drawn,
    `point on the axes ${[x, y].map(({ kind, label }) => `"${label}" (${kind})`).join(' and ')}`,
  );
  return {
    x:
      x.domain ??
      xDomain(
        drawn.map((point) => point.x),
        x.kind,
      ),
    y: y.domain ?? yDomain(drawn, y.kind),
  };
}

function xDomain(values: readonly number[], kind: ScaleKind): Domain {
  const domain = domainOf(values, kind);
  if (kind === 'log') return domain;
  // A small margin left of the first layer, not the way down to 0.
  return [Math.max(domain[0], Math.min(...values) - (domain[1] - Math.min(...values)) * 0.04), domain[1]];
}

/** On a log axis a lower end may be anywhere down to 0: the points say how far down the axis goes. */
const yDomain = (points: readonly MeasuredPoint[], kind: ScaleKind): Domain =>
  domainOf(
    points
      .flatMap(({ y, low, high }) => (kind === 'log' ? [y, high] : [y, low, high]))
      .filter((value) => isDrawable(value, kind)),
    kind,
  );

interface Heading {
  readonly letter: string;
  /** Where the title starts, right of the letter */
  readonly indent: number;
  readonly lines: readonly string[];
}

interface Cell {
  readonly panel: Panel;
  readonly domains: { readonly x: Domain; readonly y: Domain };
  readonly margin: number;
  /** About how many labels the y axis has */
  readonly ticks: number;
  readonly heading: Heading;
}

interface Layout {
  readonly columns: number;
  readonly cellWidth: number;
  readonly cells: readonly Cell[];
  /** Room left of every plot */
  readonly margin: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  /** Room over every plot */
  readonly header: number;
  readonly stride: number;
}

const yScale = (
  { panel, domains }: Pick<Cell, 'panel' | 'domains'>,
  top: number,
  height: number,
  count: number,
): Scale =>
  createScale({
    kind: panel.y.kind,
    domain: domains.y,
    range: [top + height, top],
    count,
  });

const xScale = ({ panel, domains }: Pick<Cell, 'panel' | 'domains'>, left: number, width: number): Scale =>
  createScale({
    kind: panel.x.kind,
    domain: domains.x,
    range: [left, left + width],
    count: Math.floor(width / X_TICK_ROOM),
    whole: panel.x.whole ?? false,
  });

function drawPanel({ panel, domains, margin, ticks, heading }: Cell, box: Box, stride: number): string {
  const [x, y] = [
    xScale({ panel, domains }, box.x, box.width),
    yScale({ panel, domains }, box.y, box.height, ticks),
  ];
  const baseline = (line: number): number => box.y - 5 - (heading.lines.length - 1 - line) * HEADING_LINE;
  return [
    heading.letter === '' ? '' : text(heading.letter, box.x, baseline(0), { bold: true }),
    ...heading.lines.map((line, index) => text(line, box.x + heading.indent, baseline(index))),
    drawGrid(box, y),
    clipped(
      box,
      drawVerticals(panel.verticals ?? [], x, box),
      drawTraces(panel.traces, { x, y }, box, stride),
    ),
    drawFrame({ box, x: { scale: x, label: panel.x.label }, y: { scale: y, label: panel.y.label, margin } }),
  ].join('');
}

function drawVerticals(verticals: readonly Vertical[], scale: Scale, box: Box): string {
  return verticals
    .map(({ x, dash, colour }) => {
      const at = scale.at(x);
      if (at === null) return '';
      const d = `M${at.toFixed(2)} ${box.y.toFixed(2)}v${box.height.toFixed(2)}`;
      return element('path', { d, stroke: colour, 'stroke-width': 1.1, 'stroke-dasharray': dash });
    })
    .join('');
}

function headingOf(panel: Panel, index: number, panels: number, width: number): Heading {
  const letter = panels > 1 ? `(${String.fromCharCode(97 + (index % 26))})` : '';
  const indent = letter === '' ? 0 : labelWidth(letter, LABEL_SIZE, true) + 5;
  const title = panel.title ?? '';
  return {
    letter,
    indent,
    lines: title === '' && letter === '' ? [] : wrapLabel(title, LABEL_SIZE, width - indent),
  };
}

function layOut({ width, panels, everyMarker = false }: SmallMultiples): Layout {
  const columns = columnsFor(panels.length, width);
  const cellWidth = (width - 2 * MARGIN) / columns;
  const scaled = panels.map((panel) => ({ panel, domains: domainsOf(panel) }));
  // As many ticks on any height, so that the room for their labels can be known before it
  const ticks = Math.min(6, Math.max(4, Math.floor((cellWidth * 0.75 * ASPECT) / Y_TICK_ROOM)));
  const margin = Math.max(...scaled.map((each) => leftMargin(yScale(each, 0, 1, ticks), each.panel.y.label)));
  const plotWidth = cellWidth - margin - RIGHT_MARGIN;
  const cells = scaled.map((each, index) => ({
    ...each,
    margin,
    ticks,
    heading: headingOf(each.panel, index, panels.length, plotWidth),
  }));
  const longestLabel = Math.max(...panels.map(({ y }) => labelWidth(y.label, LABEL_SIZE)));
  return {
    columns,
    cellWidth,
    cells,
    margin,
    plotWidth,
    plotHeight: Math.min(HIGHEST_PLOT, Math.max(LOWEST_PLOT, longestLabel + 6, plotWidth * ASPECT)),
    header: 5 + HEADING_LINE * Math.max(...cells.map(({ heading }) => heading.lines.length)),
    stride: everyMarker
      ? 1
      : Math.max(
          ...scaled.flatMap((each) =>
            each.panel.traces.map((trace) => markerStride(trace.markers, xScale(each, 0, plotWidth))),
          ),
        ),
  };
}

/** The whole figure as SVG. */
export function smallMultiples(figure: SmallMultiples): string {
  const { width, panels } = figure;
  for (const { x, y } of panels) {
    if (x.domain) requireDomain(x.domain, x.kind, x.label);
    if (y.domain) requireDomain(y.domain, y.kind, y.label);
  }
  const { columns, cellWidth, cells, margin, plotWidth, plotHeight, header, stride } = layOut(figure);
  const content: string[] = [];
  let top = MARGIN;
  for (const line of figure.title === undefined
    ? []
    : wrapLabel(figure.title, TITLE_SIZE, width - 4 * MARGIN, true)) {
    content.push(text(line, MARGIN + 2, top + TITLE_SIZE, { size: TITLE_SIZE, bold: true }));
    top += TITLE_SIZE + 4;
  }
  const legend = layOutLegend(figure.legend(stride), MARGIN + 2, top + 2, width - 2 * MARGIN - 4);
  content.push(legend.svg);
  top += legend.height + 4;

  const rowHeight = header + plotHeight + BOTTOM_MARGIN;
  cells.forEach((cell, index) => {
    const x = MARGIN + (index % columns) * cellWidth + margin;
    const y = top + Math.floor(index / columns) * (rowHeight + ROW_GAP) + header;
    content.push(drawPanel(cell, { x, y, width: plotWidth, height: plotHeight }, stride));
  });
  const rows = Math.ceil(panels.length / columns);
  const height = Math.ceil(top + rows * rowHeight + (rows - 1) * ROW_GAP + MARGIN);
  return svgDocument({
    width,
    height,
    title: figure.title ?? figure.name,
    description: figure.description,
    content,
  });
}
