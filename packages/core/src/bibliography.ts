/** The sources that first-party plugins cite, by the keys that the docs use. A plugin may bring its own. */

import type { Source } from './references.js';

export const singh2021: Source = {
  key: 'singh2021',
  bibtex: `@mastersthesis{singh2021,
  author = {Singh, Dayal},
  title = {Signal propagation and initialization in deep neural networks},
  school = {Indian Institute of Science Education and Research Pune},
  year = {2021},
  note = {Paper version: arXiv:2103.12499}
}`,
};

export const poole2016: Source = {
  key: 'poole2016',
  bibtex: `@inproceedings{poole2016,
  author = {Poole, Ben and Lahiri, Subhaneil and Raghu, Maithra and Sohl-Dickstein, Jascha and Ganguli, Surya},
  title = {Exponential expressivity in deep neural networks through transient chaos},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {29},
  year = {2016},
  note = {arXiv:1606.05340}
}`,
};

export const schoenholz2017: Source = {
  key: 'schoenholz2017',
  bibtex: `@inproceedings{schoenholz2017,
  author = {Schoenholz, Samuel S. and Gilmer, Justin and Ganguli, Surya and Sohl-Dickstein, Jascha},
  title = {Deep information propagation},
  booktitle = {International Conference on Learning Representations},
  year = {2017},
  note = {arXiv:1611.01232}
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

export const tsuchida2018: Source = {
  key: 'tsuchida2018',
  bibtex: `@inproceedings{tsuchida2018,
  author = {Tsuchida, Russell and Roosta-Khorasani, Farbod and Gallagher, Marcus},
  title = {Invariance of weight distributions in rectified {MLPs}},
  booktitle = {International Conference on Machine Learning},
  year = {2018},
  note = {arXiv:1711.09090}
}`,
};

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

export const cho2009: Source = {
  key: 'cho2009',
  bibtex: `@inproceedings{cho2009,
  author = {Cho, Youngmin and Saul, Lawrence K.},
  title = {Kernel methods for deep learning},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {22},
  year = {2009}
}`,
};

export const yarotsky: Source = {
  key: 'yarotsky',
  bibtex: `@misc{yarotsky,
  author = {Yarotsky, Dmitry},
  title = {Optimization of neural networks},
  howpublished = {Lecture slides}
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

export const shrinkage2021: Source = {
  key: 'shrinkage2021',
  bibtex: `@misc{shrinkage2021,
  title = {Gradient explosion and representation shrinkage in infinite networks},
  year = {2021},
  note = {Anonymous submission}
}`,
};

export const williams1997: Source = {
  key: 'williams1997',
  bibtex: `@inproceedings{williams1997,
  author = {Williams, Christopher K. I.},
  title = {Computing with infinite networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {9},
  year = {1997}
}`,
};

export const tsuchida2021: Source = {
  key: 'tsuchida2021',
  bibtex: `@inproceedings{tsuchida2021,
  author = {Tsuchida, Russell and Pearce, Tim and van der Heide, Chris and Roosta, Fred and Gallagher, Marcus},
  title = {Avoiding kernel fixed points: computing with {ELU} and {GELU} infinite networks},
  booktitle = {AAAI Conference on Artificial Intelligence},
  year = {2021},
  note = {arXiv:2002.08517}
}`,
};

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

export const saxe2014: Source = {
  key: 'saxe2014',
  bibtex: `@inproceedings{saxe2014,
  author = {Saxe, Andrew M. and McClelland, James L. and Ganguli, Surya},
  title = {Exact solutions to the nonlinear dynamics of learning in deep linear neural networks},
  booktitle = {International Conference on Learning Representations},
  year = {2014},
  note = {arXiv:1312.6120}
}`,
};

export const lee2018: Source = {
  key: 'lee2018',
  bibtex: `@inproceedings{lee2018,
  author = {Lee, Jaehoon and Bahri, Yasaman and Novak, Roman and Schoenholz, Samuel S. and Pennington, Jeffrey and Sohl-Dickstein, Jascha},
  title = {Deep neural networks as {Gaussian} processes},
  booktitle = {International Conference on Learning Representations},
  year = {2018},
  note = {arXiv:1711.00165}
}`,
};

export const jacot2018: Source = {
  key: 'jacot2018',
  bibtex: `@inproceedings{jacot2018,
  author = {Jacot, Arthur and Gabriel, Franck and Hongler, Cl{\\'e}ment},
  title = {Neural tangent kernel: convergence and generalization in neural networks},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {31},
  year = {2018},
  note = {arXiv:1806.07572}
}`,
};

export const pennington2017: Source = {
  key: 'pennington2017',
  bibtex: `@inproceedings{pennington2017,
  author = {Pennington, Jeffrey and Schoenholz, Samuel S. and Ganguli, Surya},
  title = {Resurrecting the sigmoid in deep learning through dynamical isometry: theory and practice},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {30},
  year = {2017},
  note = {arXiv:1711.04735}
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
