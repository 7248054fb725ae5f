/** A report as one HTML file that needs nothing else: no scripts, no network, no other files. */

import { escapeMarkup } from '../text/escape.js';
import { labelToHtml, labelToText } from '../text/rich-text.js';
import { figureToHtml } from './figure.js';
import { STYLE } from './style.js';
import { tableToHtml } from './table.js';
import type { ReportParts, ReportProvenance, ReportSection } from './types.js';

/** From so many sections on there is a table of contents. */
const CONTENTS_FROM = 3;

const paragraphsToHtml = (paragraphs: readonly string[]): string =>
  paragraphs.map((paragraph) => `<p>${labelToHtml(paragraph)}</p>`).join('\n');

/** Sections with their figures and tables numbered through the report. */
function sectionsToHtml(sections: readonly ReportSection[]): string {
  let [figures, tables] = [0, 0];
  return sections
    .map(({ heading, paragraphs = [], table, figure }, index) =>
      [
        `<section id="section-${index + 1}"><h2>${labelToHtml(heading)}</h2>`,
        paragraphsToHtml(paragraphs),
        figure === undefined ? '' : figureToHtml(figure, `Figure ${++figures}`),
        table === undefined
          ? ''
          : tableToHtml(table, `Table ${table.caption === undefined ? tables : ++tables}`),
        '</section>',
      ]
        .filter((part) => part !== '')
        .join('\n'),
    )
    .join('\n');
}

function contents(sections: readonly ReportSection[]): string {
  if (sections.length < CONTENTS_FROM) return '';
  const links = sections.map(
    ({ heading }, index) => `<li><a href="#section-${index + 1}">${labelToHtml(heading)}</a></li>`,
  );
  return `<nav aria-label="Contents"><ol>${links.join('')}</ol></nav>`;
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
