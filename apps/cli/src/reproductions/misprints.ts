/** Misprints found in the sources, by source. Mathematics stands between dollar signs. */

import type { Misprint } from '@meanfield/core';

export const MISPRINTS: Readonly<Record<string, readonly Misprint[]>> = {
  singh2021: [
    {
      where: 'eq. B.1 and C.1, second term',
      printed: '$σ_w$ E[$φ$′$φ$]',
      correct: 'E[$u$ $φ$′$φ$]',
      evidence:
        'Stein’s lemma gives $σ_w$ E[$z$ $φ$′$φ$] = $σ_w^2$ E[$φ$′²] and leaves the term in $u$. $ζ$ = 1 then lies at 0.56622, ' +
        'which table C.1 rounds to 0.57; with the printed term it lies at 0.55012.',
    },
    {
      where: 'app. B.1, boundary of lengths of RAI',
      printed: '$σ_w^2$ = 0.56',
      correct: '0.57, as in table C.1',
      evidence: 'The root of $ζ$ = 1 is 0.56622: the text cuts off what the table rounds.',
    },
    {
      where: 'app. C.1 and table C.1, boundary of lengths of RAAI in the RMS approximation',
      printed: '$σ_w^2$ = 1.75',
      correct: '0.82679',
      evidence:
        'By app. C.1 RAI’s boundary 0.56622 holds for $σ_w^2$ (1 − $κ$/π), so that RAAI’s is 0.56622 / (1 − $κ$/π) with $κ$ = 100/101.',
    },
    {
      where: 'app. C.2 and table C.1, boundary of correlations of RAAI in the RMS approximation',
      printed: '“again given by eq. B.2”: $σ_w^2$ = 1.41',
      correct: '1.3311, if $φ$′ has the argument $σ̃z$ + $u$ of app. C.1',
      evidence:
        'Eq. B.2 leaves the correlations of weights out. With them the signals’ variance in $φ$′ is $σ̃^2$ = $σ_w^2$ (1 − $κ$/π) ' +
        'and $χ_1$ = 1 has its root at 1.3311.',
    },
    {
      where: 'table C.1, mean approximation',
      printed: '0.85, 1.46, 1.89',
      correct: '1.17325, 1.6248, 1.71317 in this project’s reading',
      evidence:
        'The equations of this approximation are not printed. With the mean √($q$/π) for the special signal, in place of √$q$ in ' +
        'B.1, B.2 and C.1, other numbers follow.',
    },
  ],
  shrinkage2021: [
    {
      where: 'app. A.3, definition of the excess convexity',
      printed: '$e$($g$) = 1/4 − 2',
      correct: '$e$($g$) = 1/$t$ − 2 with $g$(1 − $t$) = $t$',
      evidence: 'Its properties hold with 1/$t$, and $e$ would be a constant otherwise.',
    },
    {
      where: 'theorem 2, denominators of the terms',
      printed: '1 + $σ_l^2$ ‖$φ_l$‖²',
      correct: '1 + $σ_l^2$ ‖$φ_l$′‖²',
      evidence: 'Its proof in app. A derives the norm of the derivative.',
    },
  ],
  tsuchida2018: [
    {
      where: 'normalised kernel of $j$ layers, last term',
      printed: 'cos $θ_0$',
      correct: 'cos $θ_{j−1}$',
      evidence:
        'The proof that follows has the map T($z$) of $z$ = cos $θ_{j−1}$ alone, and a layer’s kernel depends on the layer below alone.',
    },
  ],
  yarotsky: [
    {
      where: 'spurious minima, the objective above the tables',
      printed: 'E(…)²',
      correct: 'E(…)²/2, for the average objectives and eigenvalues of the tables',
      evidence:
        'Minima found for $n$ = $k$ = 10 have E(…)² = 0.040 and a smallest eigenvalue of 0.061 on average; the table has 0.022 and 0.03.',
    },
  ],
};
