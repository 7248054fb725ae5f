/** Fashion-MNIST (`xiao2017`, MIT licence): 60,000 + 10,000 grey images of 28 × 28 pixels in 10 classes. */

import { cite, xiao2017, type PluginDefinition } from '@meanfield/core';
import { defineImageTask, mnistLayout, type ImageTaskOptions } from '@meanfield/datasets';

/** Defaults: scaling 'unit', validation 0 (on the test images), all training images, downloads allowed */
export type FashionMnistOptions = Partial<ImageTaskOptions>;

const fashionMnist: PluginDefinition<'task', FashionMnistOptions> = defineImageTask({
  dataset: mnistLayout({
    name: 'fashion-mnist',
    sha256: {
      trainImages: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      trainLabels: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
      testImages: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      testLabels: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
    // The second is TensorFlow's copy, served over https.
    mirrors: [
      'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
      'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
    ],
  }),
  package: '@meanfield/task-fashion-mnist',
  version: '0.1.0',
  summary: 'classify the 28 × 28 images of Fashion-MNIST into 10 kinds of clothing',
  references: [cite(xiao2017)],
});

export default fashionMnist;
