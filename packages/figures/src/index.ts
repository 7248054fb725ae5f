export { type Dash, type Marker } from './draw/palette.js';
export { type ScaleKind } from './draw/scale.js';
export {
  propagationFigure,
  type PropagationData,
  type PropagationSeries,
  type SimulatedLayer,
  type TheoryLayer,
} from './lines/propagation.js';
export type { MeasuredSignals, PropagationQuantity, Signals } from './lines/quantities.js';
export {
  nodeActivityFigure,
  type NodeActivityData,
  type NodeActivityPanel,
  type NodeGroup,
} from './lines/node-activity.js';
export {
  scanFigure,
  type ScanBoundary,
  type ScanData,
  type ScanPoint,
  type ScanSeries,
} from './lines/scan.js';
export {
  curvesFigure,
  type CurveAxis,
  type CurvesData,
  type CurveSeries,
  type CurvesPanel,
} from './lines/curves.js';
export { scalingFigure, type ScalingData, type ScalingSeries } from './lines/scaling.js';
export { type ErrorMultiple } from './lines/series.js';
export {
  trainingFigure,
  type TrainingData,
  type TrainingPanel,
  type TrainingSeries,
} from './lines/training.js';
export { phaseDiagramFigure } from './phase/phase-diagram.js';
export {
  type DiagramAxis,
  type DiagramPoint,
  type Phase,
  type PhaseBoundary,
  type PhaseCell,
  type PhaseDiagramData,
  type PhaseGrid,
} from './phase/types.js';
export { svgToPng, type PngOptions } from './png.js';
export { htmlReport } from './report/html-report.js';
export type {
  MeasuredCell,
  ReportCell,
  ReportColumn,
  ReportFigure,
  ReportParts,
  ReportProvenance,
  ReportSection,
  ReportTable,
  TonedCell,
} from './report/types.js';
