/**
 * Fashion-MNIST (`xiao2017`, MIT licence): 60,000 + 10,000 grey images of 28 × 28 pixels in 10 classes.
 *
 * SHA-256 of the decompressed files. The second mirror is TensorFlow's copy, served over https.
 */

import type { ImageDataset } from '@meanfield/datasets';

export const fashionMnistFiles: ImageDataset = {
  name: 'fashion-mnist',
  height: 28,
  width: 28,
  classes: 10,
  train: {
    count: 60_000,
    images: {
      name: 'train-images-idx3-ubyte',
      sha256: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    },
    labels: {
      name: 'train-labels-idx1-ubyte',
      sha256: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
  },
  test: {
    count: 10_000,
    images: {
      name: 't10k-images-idx3-ubyte',
      sha256: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte',
      sha256: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  },
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
  ],
};
