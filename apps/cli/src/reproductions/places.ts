/** Every figure and table of the sources that shows a result, by source. */

export interface Place {
  /** The part of its id behind the source's key */
  readonly place: string;
  readonly title: string;
  /** Why it cannot be had, where that is known */
  readonly reason?: string;
}

export const PLACES: Readonly<Record<string, readonly Place[]>> = {
  singh2021: [
    { place: 'fig-2.1', title: 'Phase diagrams of tanh and ReLU networks' },
    { place: 'fig-2.2', title: 'Length and correlation of ReLU networks against σ_w²' },
    { place: 'fig-3.1', title: 'Phase diagrams of ReLU networks with correlated weights' },
    { place: 'fig-3.2', title: 'Length and correlation with anti-correlated weights against σ_w²' },
    { place: 'fig-3.3', title: 'Training with correlated weights, standard teacher' },
    { place: 'fig-3.4', title: 'Training with correlated weights, simple teacher' },
    { place: 'fig-3.5', title: 'Training with correlated weights, complex teacher' },
    { place: 'fig-3.6', title: 'Length and correlation of RAI against σ_w²' },
    { place: 'fig-3.7', title: 'Length and correlation of RAAI against σ_w²' },
    { place: 'fig-3.8', title: 'Training of four schemes, standard teacher' },
    { place: 'fig-3.9', title: 'Training of four schemes, simple teacher' },
    { place: 'fig-3.10', title: 'Training of four schemes, complex teacher' },
    { place: 'fig-3.11', title: 'Training of four schemes, MNIST' },
    { place: 'fig-3.12', title: 'Training of four schemes, Fashion-MNIST' },
    { place: 'table-3.1', title: 'Dead nodes and chaotic phases of four schemes' },
    { place: 'table-C.1', title: 'Boundaries of the RMS and mean approximations' },
    { place: 'fig-E.1', title: 'Mean against deviation of each node’s pre-activation' },
  ],
  shrinkage2021: [
    { place: 'fig-1', title: 'Composed correlations and their bound' },
    { place: 'fig-2a', title: 'Smallest correlation that gradient descent reaches, first panel' },
    { place: 'fig-2b', title: 'Smallest correlation that gradient descent reaches, second panel' },
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((panel) => {
      return { place: `fig-3${panel}`, title: `Jacobians and gradients by layer, panel ${panel}` };
    }),
    ...['a', 'b', 'c'].map((panel) => {
      return { place: `fig-4${panel}`, title: `Layers replaced by one linear map, panel ${panel}` };
    }),
  ],
  tsuchida2018: [
    { place: 'fig-2', title: 'Kernels of weight laws against the angle' },
    ...['a', 'b', 'c', 'd'].map((panel) => {
      return { place: `fig-4${panel}`, title: `Kernels of deep networks, panel ${panel}` };
    }),
    { place: 'fig-5', title: 'Norm-preserving initialisation of deep networks' },
    { place: 'fig-6', title: 'Hypothesis 5 on data' },
  ],
  yarotsky: [
    { place: 'spurious-minima', title: 'Share of runs that end in a spurious minimum' },
    { place: 'paths', title: 'Accuracy along an arc and a segment between trained networks' },
    { place: 'signal-magnitude', title: 'Magnitude of signals through layers' },
    { place: 'correlation-map', title: 'Correlation of signals through layers' },
  ],
};
