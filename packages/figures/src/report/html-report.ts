/** A report as one HTML file that needs nothing else: no scripts, no network, no other files. */

import { escapeMarkup } from '../text/escape.js';
import { labelToHtml, labelToText } from '../text/rich-text.js';
import { figureToHtml } from './figure.js';
import { STYLE } from './style.js';
import { tableToHtml } from './table.js';
import type { ReportParts, ReportProvenance, ReportSection, ReportTable } from './types.js';

/** From so many sections on there is a table of contents. */
const CONTENTS_FROM = 3;

const paragraphsToHtml = (paragraphs: readonly string[]): string =>
  paragraphs.map((paragraph) => `<p>${labelToHtml(paragraph)}</p>`).join('\n');

/** Figures and tables are numbered through the report, in the order of the page. */
class SectionWriter {
  #figures = 0;
  #tables = 0;

  write(section: ReportSection, id: string, level: 2 | 3 = 2): string {
    const { heading, paragraphs = [], table, figure, furtherFigures = [], sections = [] } = section;
    return [
      `<section id="${id}"><h${level}>${labelToHtml(heading)}</h${level}>`,
      paragraphsToHtml(paragraphs),
      ...[...(figure === undefined ? [] : [figure]), ...furtherFigures].map((each) =>
        figureToHtml(each, `Figure ${++this.#figures}`),
      ),
      table === undefined ? '' : this.#table(table),
      ...sections.map((each, index) => this.write(each, `${id}-${index + 1}`, 3)),
      '</section>',
    ]
      .filter((part) => part !== '')
      .join('\n');
  }

  #table(table: ReportTable): string {
    if (table.caption !== undefined) this.#tables++;
    return tableToHtml(table, `Table ${this.#tables}`);
  }
}

function sectionsToHtml(sections: readonly ReportSection[]): string {
  const writer = new SectionWriter();
  return sections.map((section, index) => writer.write(section, `section-${index + 1}`)).join('\n');
}

function contents(sections: readonly ReportSection[]): string {
  if (sections.length < CONTENTS_FROM) return '';
  const link = ({ heading, shortHeading = heading }: ReportSection, id: string): string =>
    `<a href="#${id}">${labelToHtml(shortHeading)}</a>`;
  const items = sections.map((section, index) => {
    const id = `section-${index + 1}`;
    const inner = (section.sections ?? []).map((each, at) => `<li>${link(each, `${id}-${at + 1}`)}</li>`);
    if (inner.length === 0) return `<li>${link(section, id)}</li>`;
    return `<li class="chapter">${link(section, id)}<ol>${inner.join('')}</ol></li>`;
  });
  return `<nav aria-label="Contents"><ol>${items.join('')}</ol></nav>`;
}

function provenanceToHtml({
  command,
  seed,
  recordsPath,
  versions = {},
  further = {},
}: ReportProvenance): string {
  const code = (value: string): string => `<code>${escapeMarkup(value)}</code>`;
  const rows: (readonly [string, string])[] = [
    ...(command === undefined ? [] : [['Command', code(command)] as const]),
    ...(seed === undefined ? [] : [['Seed', code(String(seed))] as const]),
    ...(recordsPath === undefined ? [] : [['Records', code(recordsPath)] as const]),
    ...Object.entries(further).map(([name, value]) => [name, escapeMarkup(value)] as const),
    ...(Object.keys(versions).length === 0
      ? []
      : [
          [
            'Versions',
            Object.entries(versions)
              .map(([name, version]) => code(`${name} ${version}`))
              .join(' '),
          ] as const,
        ]),
  ];
  const list = rows.map(([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${value}</dd>`).join('\n');
  return `<section id="provenance"><h2>How this was made</h2>\n<dl>\n${list}\n</dl></section>`;
}

const citationsToHtml = (bibtex: string): string =>
  `<section id="citations"><h2>Sources</h2>\n<details><summary>BibTeX of what was used</summary>\n<pre>${escapeMarkup(bibtex.trim())}</pre></details></section>`;

/** The HTML of a report. Throws INVALID_ARGUMENT on rows of the wrong length and on SVG that runs or fetches something. */
export function htmlReport(parts: ReportParts): string {
  const { title, subtitle, generated, summary = [], sections, provenance, bibtex } = parts;
  const body = [
    `<header><h1>${labelToHtml(title)}</h1>`,
    subtitle === undefined ? '' : `<p class="subtitle">${labelToHtml(subtitle)}</p>`,
    generated === undefined ? '' : `<p class="generated">${escapeMarkup(generated)}</p>`,
    '</header>',
    summary.length === 0 ? '' : `<div class="summary">\n${paragraphsToHtml(summary)}\n</div>`,
    contents(sections),
    sectionsToHtml(sections),
    provenance === undefined ? '' : provenanceToHtml(provenance),
    bibtex === undefined || bibtex.trim() === '' ? '' : citationsToHtml(bibtex),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(labelToText(title))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}
