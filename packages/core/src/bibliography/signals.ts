/** How signals and gradients pass through random networks, and their kernels at infinite width. */

import type { Source } from '../references.js';

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

export const shrinkage2021: Source = {
  key: 'shrinkage2021',
  bibtex: `@misc{shrinkage2021,
  title = {Gradient explosion and representation shrinkage in infinite networks},
  year = {2021},
  note = {Anonymous submission}
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
