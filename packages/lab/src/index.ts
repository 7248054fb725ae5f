export { BackendSettler, type Settled, type SettleSettings } from './backends/settle.js';
export { readBoundedText } from './bounded-text.js';
export { canonicalJson, requireJson } from './canonical-json.js';
export { cellId, type Cell, type CellContent, type PluginUse } from './cell.js';
export { createInProcessExecutor, type InProcessSettings } from './executors/in-process.js';
export type { CellKeeping, Executor } from './executors/executor.js';
export type { WorkerLabModule } from './executors/messages.js';
export { runInParallel, type ParallelSettings } from './executors/run-in-parallel.js';
export { withThreads } from './executors/thread-share.js';
export { createWorkerExecutor, type WorkerSettings } from './executors/worker-executor.js';
export { analysisToJson } from './experiments/analysis-json.js';
export { boundariesToJson } from './experiments/boundary.js';
export { experiments } from './experiments/all.js';
export { crossingPoint } from './experiments/crossing.js';
export { fromJsonNumber, jsonNumber, type JsonNumber } from './json-number.js';
export { expandStep, type Combination } from './pipeline/expand.js';
export { parsePipeline, readPipeline } from './pipeline/parse.js';
export type { Pipeline, PipelineStep } from './pipeline/pipeline.js';
export { planPipeline } from './pipeline/plan.js';
export { runPipeline, type RunRequest } from './pipeline/run.js';
export type { RunSummary } from './pipeline/summary.js';
export { isSpecial, removeWritten, systemReason, unwritable, writeAtomically } from './records/files.js';
export type { Manifest, ManifestStep, StepCell } from './records/manifest.js';
export type { FoundParts } from './records/found-parts.js';
export type { CellRecord, UnfinishedRecord } from './records/record.js';
export { openRun, type Run } from './records/run-folder.js';
export { resolveCell, type CellRequest, type ResolvedCell } from './resolve.js';
export type { RunCellSettings, WholeSettings } from './open-cell.js';
export { CHECKPOINT_SECONDS, checkpointFile, type CheckpointPlace } from './records/checkpoint-file.js';
export { runCell, type CellError, type CellOutcome } from './run-cell.js';
export {
  judgeClaims,
  outcomesOf,
  reproductionPipeline,
  type JudgedClaim,
} from './reproductions/reproduction.js';
export { judge, type Verdict } from './reproductions/verdict.js';
export { stepToCsv } from './tables/csv.js';
