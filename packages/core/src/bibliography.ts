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
