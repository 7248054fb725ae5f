/**
 * A report's parts. Headings, paragraphs, captions, column headings and cells are labels: plain text,
 * mathematics between dollar signs (`$σ_w^2$`). Everything is escaped.
 */

/** A value with its standard error, shown as 0.0123 ± 0.0012. */
export interface MeasuredCell {
  readonly value: number;
  readonly stderr: number;
}

/** A label that stands out as good or as bad news, in colour and weight beside its words. */
export interface TonedCell {
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'soft';
}

/** null: there is no value, shown as a dash. */
export type ReportCell = string | number | MeasuredCell | TonedCell | null;

export interface ReportColumn {
  readonly heading: string;
  /** Shown after the heading: 'layers', 's' */
  readonly unit?: string;
  /** Significant digits of its numbers; default 4 */
  readonly digits?: number;
}

export interface ReportTable {
  readonly caption?: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
  /** Remarks under the table: what a dash stands for, where a number comes from */
  readonly notes?: readonly string[];
}

export interface ReportFigure {
  /** What a figure function of this package returned */
  readonly svg: string;
  readonly caption: string;
}

export interface ReportSection {
  readonly heading: string;
  /** Its name in the table of contents; the heading where none is given */
  readonly shortHeading?: string;
  readonly paragraphs?: readonly string[];
  readonly table?: ReportTable;
  readonly figure?: ReportFigure;
  /** Further figures, under the first */
  readonly furtherFigures?: readonly ReportFigure[];
  /** Sections of this section */
  readonly sections?: readonly Omit<ReportSection, 'sections'>[];
}

export interface ReportProvenance {
  /** The command line that made the report */
  readonly command?: string;
  readonly seed?: number | string;
  /** Folder or file with the records behind it */
  readonly recordsPath?: string;
  /** By package or program */
  readonly versions?: Readonly<Record<string, string>>;
  /** Anything else worth keeping, by name: the machine, the time it took */
  readonly further?: Readonly<Record<string, string>>;
}

export interface ReportParts {
  readonly title: string;
  readonly subtitle?: string;
  /** When it was made, as it shall stand there */
  readonly generated?: string;
  /** The findings, before everything else */
  readonly summary?: readonly string[];
  readonly sections: readonly ReportSection[];
  readonly provenance?: ReportProvenance;
  /** BibTeX of what was used, as `lab.cite()` gives it */
  readonly bibtex?: string;
}
