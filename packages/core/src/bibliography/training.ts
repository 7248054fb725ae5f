/** Data, optimisers and engines of training. */

import type { Source } from '../references.js';

export const lecun1998b: Source = {
  key: 'lecun1998b',
  bibtex: `@article{lecun1998b,
  author = {LeCun, Yann and Bottou, L{\\'e}on and Bengio, Yoshua and Haffner, Patrick},
  title = {Gradient-based learning applied to document recognition},
  journal = {Proceedings of the IEEE},
  volume = {86},
  number = {11},
  pages = {2278--2324},
  year = {1998}
}`,
};

export const xiao2017: Source = {
  key: 'xiao2017',
  bibtex: `@misc{xiao2017,
  author = {Xiao, Han and Rasul, Kashif and Vollgraf, Roland},
  title = {{Fashion-MNIST}: a novel image dataset for benchmarking machine learning algorithms},
  year = {2017},
  note = {arXiv:1708.07747}
}`,
};

export const kingma2015: Source = {
  key: 'kingma2015',
  bibtex: `@inproceedings{kingma2015,
  author = {Kingma, Diederik P. and Ba, Jimmy},
  title = {Adam: a method for stochastic optimization},
  booktitle = {International Conference on Learning Representations},
  year = {2015},
  note = {arXiv:1412.6980}
}`,
};

export const smilkov2019: Source = {
  key: 'smilkov2019',
  bibtex: `@inproceedings{smilkov2019,
  author = {Smilkov, Daniel and Thorat, Nikhil and Assogba, Yannick and others},
  title = {{TensorFlow.js}: machine learning for the web and beyond},
  booktitle = {Conference on Machine Learning and Systems},
  year = {2019},
  note = {arXiv:1901.05350}
}`,
};
