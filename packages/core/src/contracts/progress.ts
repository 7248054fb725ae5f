/** Progress of work that takes longer than a moment. Whoever runs it decides how, and whether, to show it. */

export interface ProgressEvent {
  /** What is being done, unique within a run: a bar's name */
  readonly label: string;
  readonly completed: number;
  readonly total: number;
  /** A short remark, such as the current loss */
  readonly detail?: string;
}

export type ProgressReporter = (event: ProgressEvent) => void;

export const silent: ProgressReporter = () => undefined;
