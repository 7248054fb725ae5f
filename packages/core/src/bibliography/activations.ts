/** Activations. */

import type { Source } from '../references.js';

export const hendrycks2016: Source = {
  key: 'hendrycks2016',
  bibtex: `@misc{hendrycks2016,
  author = {Hendrycks, Dan and Gimpel, Kevin},
  title = {Gaussian error linear units ({GELUs})},
  year = {2016},
  note = {arXiv:1606.08415}
}`,
};

export const ramachandran2017: Source = {
  key: 'ramachandran2017',
  bibtex: `@misc{ramachandran2017,
  author = {Ramachandran, Prajit and Zoph, Barret and Le, Quoc V.},
  title = {Searching for activation functions},
  year = {2017},
  note = {arXiv:1710.05941}
}`,
};

export const elfwing2018: Source = {
  key: 'elfwing2018',
  bibtex: `@article{elfwing2018,
  author = {Elfwing, Stefan and Uchibe, Eiji and Doya, Kenji},
  title = {Sigmoid-weighted linear units for neural network function approximation in reinforcement learning},
  journal = {Neural Networks},
  volume = {107},
  year = {2018},
  note = {arXiv:1702.03118}
}`,
};

export const clevert2016: Source = {
  key: 'clevert2016',
  bibtex: `@inproceedings{clevert2016,
  author = {Clevert, Djork-Arn{\\'e} and Unterthiner, Thomas and Hochreiter, Sepp},
  title = {Fast and accurate deep network learning by exponential linear units ({ELUs})},
  booktitle = {International Conference on Learning Representations},
  year = {2016},
  note = {arXiv:1511.07289}
}`,
};

export const klambauer2017: Source = {
  key: 'klambauer2017',
  bibtex: `@inproceedings{klambauer2017,
  author = {Klambauer, G{\\"u}nter and Unterthiner, Thomas and Mayr, Andreas and Hochreiter, Sepp},
  title = {Self-normalizing neural networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {30},
  year = {2017},
  note = {arXiv:1706.02515}
}`,
};

export const maas2013: Source = {
  key: 'maas2013',
  bibtex: `@inproceedings{maas2013,
  author = {Maas, Andrew L. and Hannun, Awni Y. and Ng, Andrew Y.},
  title = {Rectifier nonlinearities improve neural network acoustic models},
  booktitle = {ICML Workshop on Deep Learning for Audio, Speech and Language Processing},
  year = {2013}
}`,
};

export const dugas2001: Source = {
  key: 'dugas2001',
  bibtex: `@inproceedings{dugas2001,
  author = {Dugas, Charles and Bengio, Yoshua and B{\\'e}lisle, Fran{\\c{c}}ois and Nadeau, Claude and Garcia, Ren{\\'e}},
  title = {Incorporating second-order functional knowledge for better option pricing},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {13},
  year = {2001}
}`,
};

export const collobert2004: Source = {
  key: 'collobert2004',
  bibtex: `@phdthesis{collobert2004,
  author = {Collobert, Ronan},
  title = {Large scale machine learning},
  school = {Universit{\\'e} Paris VI},
  year = {2004}
}`,
};

export const sitzmann2020: Source = {
  key: 'sitzmann2020',
  bibtex: `@inproceedings{sitzmann2020,
  author = {Sitzmann, Vincent and Martel, Julien N. P. and Bergman, Alexander W. and Lindell, David B. and Wetzstein, Gordon},
  title = {Implicit neural representations with periodic activation functions},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {33},
  year = {2020},
  note = {arXiv:2006.09661}
}`,
};
