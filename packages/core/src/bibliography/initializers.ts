/** Laws of weights, and how they are drawn. */

import type { Source } from '../references.js';

export const he2015: Source = {
  key: 'he2015',
  bibtex: `@inproceedings{he2015,
  author = {He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian},
  title = {Delving deep into rectifiers: surpassing human-level performance on {ImageNet} classification},
  booktitle = {IEEE International Conference on Computer Vision},
  year = {2015},
  note = {arXiv:1502.01852}
}`,
};

export const glorot2010: Source = {
  key: 'glorot2010',
  bibtex: `@inproceedings{glorot2010,
  author = {Glorot, Xavier and Bengio, Yoshua},
  title = {Understanding the difficulty of training deep feedforward neural networks},
  booktitle = {International Conference on Artificial Intelligence and Statistics},
  volume = {9},
  pages = {249--256},
  year = {2010}
}`,
};

export const lecun1998: Source = {
  key: 'lecun1998',
  bibtex: `@incollection{lecun1998,
  author = {LeCun, Yann and Bottou, L{\\'e}on and Orr, Genevieve B. and M{\\"u}ller, Klaus-Robert},
  title = {Efficient {BackProp}},
  booktitle = {Neural Networks: Tricks of the Trade},
  publisher = {Springer},
  year = {1998}
}`,
};

export const lu2020: Source = {
  key: 'lu2020',
  bibtex: `@article{lu2020,
  author = {Lu, Lu and Shin, Yeonjong and Su, Yanhui and Karniadakis, George Em},
  title = {Dying {ReLU} and initialization: theory and numerical examples},
  journal = {Communications in Computational Physics},
  year = {2020},
  note = {arXiv:1903.06733}
}`,
};

export const mezzadri2007: Source = {
  key: 'mezzadri2007',
  bibtex: `@article{mezzadri2007,
  author = {Mezzadri, Francesco},
  title = {How to generate random matrices from the classical compact groups},
  journal = {Notices of the American Mathematical Society},
  volume = {54},
  number = {5},
  pages = {592--604},
  year = {2007},
  note = {arXiv:math-ph/0609050}
}`,
};
