/** The four files that MNIST and its drop-in replacements (Fashion-MNIST, Kuzushiji-MNIST) come in. */

import type { ImageDataset } from './image-dataset.js';

export interface MnistLayoutRequest {
  /** Of the data set, and of its folder */
  readonly name: string;
  /** SHA-256 of the decompressed files, in hexadecimal */
  readonly sha256: {
    readonly trainImages: string;
    readonly trainLabels: string;
    readonly testImages: string;
    readonly testLabels: string;
  };
  /** Addresses of folders that have the files, compressed, tried in turn */
  readonly mirrors: readonly string[];
}

/** 60,000 training and 10,000 test images of 28 × 28 grey pixels in 10 classes, in MNIST's file names. */
export function mnistLayout({ name, sha256, mirrors }: MnistLayoutRequest): ImageDataset {
  return {
    name,
    height: 28,
    width: 28,
    classes: 10,
    train: {
      count: 60_000,
      images: { name: 'train-images-idx3-ubyte', sha256: sha256.trainImages },
      labels: { name: 'train-labels-idx1-ubyte', sha256: sha256.trainLabels },
    },
    test: {
      count: 10_000,
      images: { name: 't10k-images-idx3-ubyte', sha256: sha256.testImages },
      labels: { name: 't10k-labels-idx1-ubyte', sha256: sha256.testLabels },
    },
    mirrors,
  };
}
