/** Where a formula, a law or a data set comes from. */

export interface Source {
  /** Citation key, such as `singh2021`. */
  readonly key: string;
  /** A complete BibTeX entry whose key is `key`. */
  readonly bibtex: string;
}

export interface Reference extends Source {
  /** Where in the source: equation, section, table, figure. */
  readonly where?: string;
}

/** A source with the place in it. */
export function cite(source: Source, where?: string): Reference {
  return where === undefined ? source : { ...source, where };
}

/** BibTeX of every source, each once, sorted by key. */
export function bibliographyOf(references: Iterable<Reference>): string {
  const entries = new Map<string, string>();
  for (const reference of references) entries.set(reference.key, reference.bibtex.trim());
  return [...entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, bibtex]) => bibtex)
    .join('\n\n');
}
