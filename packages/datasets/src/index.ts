export { defaultCacheFolder, type MachineEnvironment } from './cache.js';
export { defineImageTask, type ImageTaskSpec } from './define-image-task.js';
export type { DownloadLimits } from './download.js';
export { readIdx, type IdxArray, type IdxExpectation } from './idx.js';
export {
  loadImageClassification,
  type ImageDataset,
  type ImageFiles,
  type LabelledImages,
  type NamedHash,
} from './image-dataset.js';
export {
  imageClassificationTask,
  imageTaskOptionDocs,
  imageTaskOptions,
  splitImages,
  type ImageTaskOptions,
  type ImageTaskRequest,
} from './image-task.js';
export { loadVerifiedFile, type DataSources, type FileRequest } from './load-verified-file.js';
export { mnistLayout, type MnistLayoutRequest } from './mnist-layout.js';
export type { DataFile } from './verified-content.js';
