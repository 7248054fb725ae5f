/** Labelled images in four IDX files, as MNIST and Fashion-MNIST come. */

import { MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';

import { readIdx } from './idx.js';
import { loadVerifiedFile, type DataSources } from './load-verified-file.js';

const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

export interface NamedHash {
  /** Name of the file without `.gz` */
  readonly name: string;
  /** Of the decompressed file, in hexadecimal */
  readonly sha256: string;
}

export interface ImageFiles {
  readonly count: number;
  readonly images: NamedHash;
  readonly labels: NamedHash;
}

export interface ImageDataset {
  /** Also the name of its folder, as in `$MEANFIELD_DATA/fashion-mnist` */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly classes: number;
  readonly train: ImageFiles;
  readonly test: ImageFiles;
  /** Addresses of folders that have the files, compressed */
  readonly mirrors: readonly string[];
}

export interface LabelledImages {
  readonly count: number;
  /** Grey values 0 … 255, row-major [count, height·width] */
  readonly pixels: Uint8Array;
  /** Class of each image, below the number of classes */
  readonly labels: Uint8Array;
}

/**
 * Both splits of a data set, verified by SHA-256.
 *
 * @throws MeanfieldError INVALID_FILE for a file that is not what it should be; DATA_UNAVAILABLE, naming every
 *   place tried
 */
export async function loadImageClassification(
  dataset: ImageDataset,
  sources: DataSources,
  report: ProgressReporter = silent,
): Promise<{ readonly train: LabelledImages; readonly test: LabelledImages }> {
  const label = `read ${dataset.name}`;
  report({ label, completed: 0, total: 2 });
  const train = await loadSplit(dataset, dataset.train, sources, report);
  report({ label, completed: 1, total: 2 });
  const test = await loadSplit(dataset, dataset.test, sources, report);
  report({ label, completed: 2, total: 2 });
  return { train, test };
}

async function loadSplit(
  { name: dataset, height, width, classes, mirrors }: ImageDataset,
  { count, images, labels }: ImageFiles,
  sources: DataSources,
  report: ProgressReporter,
): Promise<LabelledImages> {
  // Labels first: where nothing can be had, the small file says so soonest.
  const load = (file: NamedHash, bytes: number): Promise<Uint8Array> =>
    loadVerifiedFile({ ...sources, dataset, file: { ...file, bytes }, mirrors, report });
  const labelBytes = await load(labels, LABEL_HEADER_BYTES + count);
  const imageBytes = await load(images, IMAGE_HEADER_BYTES + count * height * width);
  const labelValues = readIdx(labelBytes, { name: labels.name, dimensions: [count] }).values;
  const stray = labelValues.findIndex((label) => label >= classes);
  if (stray !== -1) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `labels below ${classes} in ${labels.name}`,
      found: `${labelValues[stray]} at ${stray}`,
      remedy: 'state the number of classes that the file has',
    });
  }
  const pixels = readIdx(imageBytes, { name: images.name, dimensions: [count, height, width] }).values;
  return { count, pixels, labels: labelValues };
}
